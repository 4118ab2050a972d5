"""One night's folder: ten lists by ten hands about one invented outbreak, with the truth about each of their cells."""
