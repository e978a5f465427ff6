"""The catalogue's tables: what things are called, what is sold, and what the listing reads."""

from shop.catalog.models.listing import ListingAssortment, ListingOffer, ListingRow
from shop.catalog.models.lookups import Brand, Category, Colour, Occasion, ProductType, Size
from shop.catalog.models.products import Picture, Product, Variant

__all__ = [
    "Brand", "Category", "Colour", "ListingAssortment", "ListingOffer", "ListingRow", "Occasion", "Picture",
    "Product", "ProductType", "Size", "Variant",
]  # fmt: skip
