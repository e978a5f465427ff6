"""Owns content blocks of the home page and the pages in the footer."""
