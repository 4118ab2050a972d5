"""The truyvet command: parse, call, print."""
