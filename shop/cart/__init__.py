"""Owns carts and wishlists."""
