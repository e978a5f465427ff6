"""Any number of products, recycled from the styles: for measuring, and for tests that need a full shelf."""
