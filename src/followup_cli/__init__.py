"""Follow up a government plan that is kept as plain text."""

__version__ = "0.1.0"
