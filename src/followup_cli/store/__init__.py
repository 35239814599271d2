"""The one engine between the plan and the questions."""
