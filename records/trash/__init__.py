"""The trash: what was deleted lies there for a while, out of every list, and comes back, or goes for good."""
