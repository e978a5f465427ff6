"""The shoppers' door."""
