"""Reads across areas, for the owner's overview."""
