"""Files in, clean and checked records out."""
