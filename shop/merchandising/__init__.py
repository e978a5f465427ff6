"""Conducts the shelf: the product editor's verbs and the composed reads of a product page."""
