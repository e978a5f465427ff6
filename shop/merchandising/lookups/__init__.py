"""What products are sorted by: brands, occasions, product types and colours, kept and deleted by the owner."""
