"""That it is a program."""
