"""The styles of the demo shop with their variants and pictures."""

from __future__ import annotations

from datetime import datetime, timedelta

from shop.catalog.models import Picture, Product, Variant
from shop.cli.demo.bulk import put
from shop.cli.demo.lookups import Lookups
from shop.cli.demo.source import Row, fabric_of, garments, styles

COPIED = ("slug", "name", "description", "specifications", "hsn", "mrp", "maker", "country_of_origin", "net_quantity")


def load(lookups: Lookups, moment: datetime) -> tuple[list[Row], list[Row]]:
    """Write products, variants and pictures; return the products and variants with their ids."""
    products = put(Product, (_product(style, place, lookups, moment) for place, style in enumerate(styles())))
    pairs = list(zip(styles(), products, strict=True))
    variants = put(Variant, (row for style, product in pairs for row in _variants(style, product["id"], lookups)))
    put(Picture, (row for style, product in pairs for row in pictures(style, product["id"], lookups)))
    return products, variants


def _product(style: Row, place: int, lookups: Lookups, moment: datetime) -> Row:
    published = moment - timedelta(days=style["published_days_ago"], minutes=7 * place)
    return {key: style[key] for key in COPIED} | {
        "brand_id": lookups.brands[style["brand"]]["id"],
        "category_id": lookups.categories[style["category"]]["id"],
        "occasion_id": lookups.occasions[style["occasion"]],
        "product_type_id": lookups.types[style["type"]],
        "created_at": published - timedelta(days=2),
        "published_at": published,
        "featured_at": published if style["featured"] else None,
    }


def _variants(style: Row, product_id: int, lookups: Lookups) -> list[Row]:
    """One for each colour and size, in the order they are shown."""
    return [
        {
            "product_id": product_id,
            "sku": f"{style['code']}-{colour}-{size}".upper(),
            "colour_id": lookups.colours[colour]["id"],
            "size_id": lookups.sizes[size]["id"],
            "price": style["price"],
            "sale_price": style["sale_price"],
            "weight_grams": style["weight_grams"],
        }
        for colour in style["colours"]
        for size in style["sizes"]
    ]


def pictures(style: Row, product_id: int, lookups: Lookups) -> list[Row]:
    """For each colour the front and the back, then its cloth close up."""
    colours = [lookups.colours[slug] for slug in style["colours"]]
    shown = [row for colour in colours for row in (front(style, colour), back(style, colour), close_up(style, colour))]
    return [{"product_id": product_id, "position": place, **row} for place, row in enumerate(shown)]


def front(style: Row, colour: Row) -> Row:
    """The garment laid flat in one colour."""
    return {
        "colour_id": colour["id"],
        "stem": f"garments/{style['variation']}/{colour['slug']}",
        "widths": garments()["widths"],
        "width": 960,
        "height": 1200,
        "alt": f"{style['name']} in {colour['name'].lower()}, front",
    }


def back(style: Row, colour: Row) -> Row:
    """The same from behind."""
    return front(style, colour) | {
        "stem": f"garments/{style['variation']}/{colour['slug']}-back",
        "alt": f"{style['name']} in {colour['name'].lower()}, back",
    }


def close_up(style: Row, colour: Row) -> Row:
    """The cloth from near, in the same colour."""
    fabric = fabric_of(style["variation"])
    return {
        "colour_id": colour["id"],
        "stem": f"garments/{fabric['macros'][colour['slug']].removesuffix('-400.webp')}",
        "widths": [400],
        "width": 400,
        "height": 500,
        "alt": f"{fabric['name']} in {colour['name'].lower()}, close up",
    }
