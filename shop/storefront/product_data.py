"""A product for those who read its page by machine: schema.org's ProductGroup with an offer for every variant."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from shop.lib.http.answers import absolute, external_url
from shop.lib.http.structured import structured
from shop.merchandising.product_page.choices import gallery_of
from shop.merchandising.product_page.shown import Piece, ProductPage
from shop.store.queries import store

VARIES_BY = ("https://schema.org/color", "https://schema.org/size")
PICTURE_WIDTH = 960


def product_data(shown: ProductPage) -> Markup:
    """The block for a product's page: all its colours and sizes, whichever is shown."""
    product = shown.product
    pictures = {colour.id: _picture(shown, colour.id) for colour in shown.colours}
    return structured(
        {
            "@type": "ProductGroup",
            "productGroupID": str(product.id),
            "name": product.name,
            "description": product.description,
            "url": external_url("product.show", slug=product.slug),
            "brand": {"@type": "Brand", "name": product.brand},
            "variesBy": list(VARIES_BY),
            "hasVariant": [_variant(shown, piece, pictures[piece.colour_id]) for piece in shown.pieces],
        }
    )


def _variant(shown: ProductPage, piece: Piece, picture: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "Product",
        "sku": piece.sku,
        "name": f"{shown.product.name}, {piece.colour_name}, {piece.size_label}",
        "color": piece.colour_name,
        "size": piece.size_label,
        "offers": _offer(shown, piece),
    } | picture


def _offer(shown: ProductPage, piece: Piece) -> dict[str, str]:
    there = "InStock" if piece.left > 0 else "OutOfStock"
    return {
        "@type": "Offer",
        "url": absolute(f"{shown.url_of(piece.colour_slug)}&size={piece.size_slug}"),
        "price": piece.current_price.plain,
        "priceCurrency": store().currency,
        "availability": f"https://schema.org/{there}",
    }


def _picture(shown: ProductPage, colour_id: int) -> dict[str, str]:
    """The colour's first picture; nothing where there is none."""
    gallery = gallery_of(shown.pictures, colour_id)
    return {"image": absolute(gallery[0].url(PICTURE_WIDTH))} if gallery else {}
