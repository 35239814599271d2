"""What changed, and how to change it."""
