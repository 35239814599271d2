"""Read the deadline phrases that government plans write, exactly or not at all."""
