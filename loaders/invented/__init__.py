"""The generator of invented provinces, with their truth."""
