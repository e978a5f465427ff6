"""Reads of stock: what is for sale, and the owner's stock desk."""

from shop.stock.queries.levels import for_sale, for_sale_of_products, names_of

__all__ = ["for_sale", "for_sale_of_products", "names_of"]
