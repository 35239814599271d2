"""The records of a plan."""
