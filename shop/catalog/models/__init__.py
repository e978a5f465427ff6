"""The catalogue's tables: what things are called, what is sold, and what the listing reads."""

from shop.catalog.models.listing import ListingAssortment, ListingOffer, ListingRow
from shop.catalog.models.lookups import Brand, Category, Colour, Occasion, ProductType, Size
from shop.catalog.models.products import Picture, Product, Variant
from shop.catalog.models.search import EmptySearch, SearchWord, Synonym

__all__ = [
    "Brand", "Category", "Colour", "EmptySearch", "ListingAssortment", "ListingOffer", "ListingRow", "Occasion",
    "Picture", "Product", "ProductType", "SearchWord", "Size", "Synonym", "Variant",
]  # fmt: skip
