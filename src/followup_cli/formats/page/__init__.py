"""A page for a browser, and the pictures on it."""
