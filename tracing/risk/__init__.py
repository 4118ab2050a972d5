"""How likely each listed person is infected and not yet found."""
