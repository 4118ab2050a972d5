"""Administrative units: what a name, a code or an address meant on a day."""
