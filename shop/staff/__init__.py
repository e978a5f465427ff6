"""The owner's door, at /staff."""
