"""Broken size runs for their owner: which styles they are, what is left, and a markdown that clears them."""
