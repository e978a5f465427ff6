"""Sales: what a sale price comes to, and sales that begin and end by the clock."""
