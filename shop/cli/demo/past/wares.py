"""What could be bought: each variant with everything an order line keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.cli.demo.lookups import Lookups
from shop.cli.demo.source import Row, styles
from shop.cli.demo.styles import front
from shop.lib.money import Money
from shop.pricing.values import Goods


@dataclass(frozen=True)
class Ware:
    """A variant; `kept` are the columns of an order line that describe it."""

    variant_id: int
    product_id: int
    published_at: datetime
    price: Money
    weight_grams: int
    kept: Row

    def units(self, quantity: int) -> Goods:
        """So many of it, as pricing takes them."""
        return Goods(self.variant_id, quantity, self.price, weight_grams=self.weight_grams)


def wares(products: Sequence[Row], variants: Sequence[Row], lookups: Lookups) -> list[Ware]:
    """Every variant, in the order they were written."""
    rest = iter(variants)
    pairs = zip(styles(), products, strict=True)
    return [ware for style, product in pairs for ware in _of_style(style, product, rest, lookups)]


def _of_style(style: Row, product: Row, rest: Iterator[Row], lookups: Lookups) -> Iterator[Ware]:
    brand = lookups.brands[style["brand"]]["name"]
    for colour in style["colours"]:
        shown = front(style, lookups.colours[colour])
        picture = {key: shown[key] for key in ("stem", "widths", "alt")}
        for size in style["sizes"]:
            named = (brand, lookups.colours[colour]["name"], lookups.sizes[size]["label"])
            yield _ware(style, product, next(rest), named, picture)


def _ware(style: Row, product: Row, variant: Row, named: tuple[str, str, str], picture: Row) -> Ware:
    brand, colour, size = named
    kept = {key: style[key] for key in ("slug", "name", "hsn", "weight_grams")}
    kept |= {"product_id": product["id"], "variant_id": variant["id"], "sku": variant["sku"]}
    kept |= {"brand": brand, "colour": colour, "size": size, "picture": picture, "regular_price": style["price"]}
    price = Money(style["sale_price"] or style["price"])
    return Ware(variant["id"], product["id"], product["published_at"], price, style["weight_grams"], kept)
