"""The looks in a censored network that somebody else built: `make testbed`."""
