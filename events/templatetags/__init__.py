"""Template tags: how recorded events are shown."""
