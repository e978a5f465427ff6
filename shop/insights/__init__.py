"""Owns no tables: what the owner wants to know of sales, people and stock."""
