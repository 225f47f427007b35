"""Template tags: how what the tracker knows is shown."""
