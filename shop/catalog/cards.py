"""Product cards: a listing row as the templates show it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shop.catalog.pictures import ShownPicture, picture_from
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.stamp import shown_until
from shop.store.settings import NEW_DAYS, value_of

MOST_SWATCHES = 5


@dataclass(frozen=True)
class CardColour:
    """A swatch on a card."""

    slug: str
    name: str
    hex: str


@dataclass(frozen=True)
class Card:
    """What a product card shows to everyone; whether it is wished for is filled in."""

    product_id: int
    url: str
    name: str
    brand: str
    price: Money
    was: Money | None
    discount_percent: int
    picture: ShownPicture | None
    second_picture: ShownPicture | None
    colours: tuple[CardColour, ...]
    new_until: datetime
    is_sold_out: bool

    @property
    def badge(self) -> str | None:
        """What stands on its picture."""
        if self.is_sold_out:
            return "Sold out"
        if self.new_until <= now():
            return None
        shown_until(self.new_until)
        return "New"

    @property
    def page(self) -> str:
        """The product's address without a colour."""
        return self.url.partition("?")[0]

    @property
    def colour_count(self) -> int:
        return len(self.colours)

    @property
    def swatches(self) -> list[tuple[str, str, str]]:
        """Slug, name and colour of the first few, as its template reads them at the least cost."""
        return [(colour.slug, colour.name, colour.hex) for colour in self.colours[:MOST_SWATCHES]]

    @property
    def more_colours(self) -> int:
        """How many there are besides."""
        return max(0, self.colour_count - MOST_SWATCHES)


def cards(rows: Sequence[Any], colours: Collection[str] = ()) -> list[Card]:
    """Cards of listing rows; with `colours` asked for, each shows and links to the first of them it has."""
    return [_card(row, colours) for row in rows]


def _card(row: Any, asked: Collection[str]) -> Card:
    known = tuple(CardColour(colour["slug"], colour["name"], colour["hex"]) for colour in row.colours)
    colour = next((colour.slug for colour in known if colour.slug in asked), None)
    first, second = _two_pictures(row.pictures, colour)
    return Card(
        product_id=row.product_id,
        url=f"/p/{row.slug}" + (f"?colour={colour}" if colour else ""),
        name=row.name,
        brand=row.brand,
        price=row.price,
        was=row.was,
        discount_percent=row.discount_percent,
        picture=first,
        second_picture=second,
        colours=known,
        new_until=row.published_at + timedelta(days=value_of(NEW_DAYS)),
        is_sold_out=not row.in_stock,
    )


def _two_pictures(
    pictures: Sequence[dict[str, Any]], colour: str | None
) -> tuple[ShownPicture | None, ShownPicture | None]:
    """The asked colour's picture (else the first) and the one to show on hover: its next, or what belongs to all."""
    chosen = next((kept for kept in pictures if kept.get("colour") == colour and colour), None)
    chosen = chosen or next(iter(pictures), None)
    fitting = {None, chosen.get("colour")} if chosen else {None}
    other = next((kept for kept in pictures if kept is not chosen and kept.get("colour") in fitting), None)
    return picture_from(chosen), picture_from(other)
