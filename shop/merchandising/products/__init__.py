"""Products as their owner makes and changes them."""
