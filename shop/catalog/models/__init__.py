"""The catalogue's tables: what things are called, what is sold, and what the listing reads."""

from shop.catalog.models.addresses import CategorySlug, ProductSlug
from shop.catalog.models.attributes import Attribute, AttributeValue, ProductAttribute
from shop.catalog.models.listing import ListingAssortment, ListingOffer, ListingRow
from shop.catalog.models.lookups import Brand, Category, Colour, Occasion, ProductType, Size
from shop.catalog.models.products import Picture, Product, Variant
from shop.catalog.models.relations import ProductRelation
from shop.catalog.models.sales import SaleSchedule
from shop.catalog.models.saved_sizes import SavedSize
from shop.catalog.models.search import EmptySearch, SearchWord, Synonym

__all__ = [
    "Attribute", "AttributeValue", "Brand", "Category", "CategorySlug", "Colour", "EmptySearch", "ListingAssortment",
    "ListingOffer", "ListingRow", "Occasion", "Picture", "Product", "ProductAttribute", "ProductRelation",
    "ProductSlug", "ProductType", "SaleSchedule", "SavedSize", "SearchWord", "Size", "Synonym", "Variant",
]  # fmt: skip
