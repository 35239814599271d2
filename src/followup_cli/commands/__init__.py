"""One file per verb: parses options, asks, emits."""
