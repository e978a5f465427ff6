"""Owns what customers say of products: the states of a review and what they are called."""
