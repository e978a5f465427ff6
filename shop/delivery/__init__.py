"""Owns delivery methods, their charges and dates."""
