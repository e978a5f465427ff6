"""One module for each family of garments."""
