"""One module per command; each has ``command``, imported when it is used. Heavy imports stand inside functions."""
