"""Tools that make committed assets; nothing the running shop imports."""
