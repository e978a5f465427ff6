"""Customers as the team sees them: found, kept in groups, with notes, helped under their own name (ACC-14)."""
