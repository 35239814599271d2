"""The records of a plan."""

import os

# What a plugin of another program does to models is no part of the plan; and to look for them takes long.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
