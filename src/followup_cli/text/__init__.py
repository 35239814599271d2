"""YAML text with positions."""
