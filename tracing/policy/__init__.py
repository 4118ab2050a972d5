"""The rules as data: the ones that come with the software (``*.toml``), and a user's own."""
