"""The fault bench: the shop as real processes, crowds that come at one moment, and hands on every process."""
