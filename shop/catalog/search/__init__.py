"""Finds products by words: the same on both databases, forgiving of slips, ranked, with the owner's synonyms."""
