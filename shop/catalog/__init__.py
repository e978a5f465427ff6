"""Owns brands, categories, types, products, variants, pictures, listing rows and search."""
