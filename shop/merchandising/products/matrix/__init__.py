"""The variants of a product as a grid, colours by sizes: one value of each at a time, saved together."""
