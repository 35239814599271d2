"""A picture of a day becomes a table or a page."""
