"""Owns the audit of the books and health."""
