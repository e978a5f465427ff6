"""What sizes measure: a product type's size table, in centimetres and inches, and what fits like a garment one owns."""
