"""Products, variants and stock as CSV."""
