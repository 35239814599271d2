"""The tests: they read as examples of what the program promises."""
