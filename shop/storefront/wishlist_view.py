"""Wished products as the wishlist shows them: a card, and the sizes that can go into the bag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shop.accounts.visitor import Visitor
from shop.cart import queries as cart_queries
from shop.cart.models import WishlistItem, WishlistShare
from shop.catalog.cards import Card, cards
from shop.catalog.models import Variant
from shop.lib.queries import rows
from shop.stock import queries as stock_queries


@dataclass(frozen=True)
class Option:
    """A size of the choice; sold-out ones are shown, too."""

    variant_id: int
    label: str
    is_left: bool


@dataclass(frozen=True)
class Wish:
    """An item; `card` is None when the product is not sold any more, `choices` are (colour, sizes)."""

    id: int
    name: str
    card: Card | None
    choices: tuple[tuple[str, tuple[Option, ...]], ...]

    @property
    def is_left(self) -> bool:
        """Whether any size can be bought."""
        return any(option.is_left for _, options in self.choices for option in options)


def wishes_and_link(here: Visitor) -> tuple[list[Wish], WishlistShare | None]:
    """The visitor's wishlist, newest first, and its link, in four statements whatever its length."""
    if not here.session_id:
        return [], None
    items, share = cart_queries.wishlist_and_share(here)
    return _shown(items), share


def shared_wishes(share: WishlistShare) -> list[Wish]:
    """What a link shows: the same, without what is not sold any more."""
    return [wish for wish in _shown(rows(cart_queries.wishlist_behind(share))) if wish.card]


def _shown(items: Sequence[WishlistItem]) -> list[Wish]:
    if not items:
        return []
    ids = [item.product_id for item in items]
    shown = {row.product_id: row for row in rows(cart_queries.listing_rows(ids))}
    variants = rows(cart_queries.sizes_of(ids))
    left = stock_queries.for_sale(variant.id for variant in variants)
    return [_wish(item, shown.get(item.product_id), variants, left) for item in items]


def _wish(item: WishlistItem, row: object, variants: Sequence[Variant], left: dict[int, int]) -> Wish:
    colours = [item.colour.slug] if item.colour else []
    card = cards([row], colours)[0] if row else None  # type: ignore[list-item]
    mine = [variant for variant in variants if variant.product_id == item.product_id]
    in_colour = [variant for variant in mine if variant.colour_id == item.colour_id] or mine
    return Wish(item.id, item.product.name, card, tuple(_choices(in_colour, left)) if card else ())


def _choices(variants: Sequence[Variant], left: dict[int, int]) -> Iterable[tuple[str, tuple[Option, ...]]]:
    for colour in dict.fromkeys(variant.colour.name for variant in variants):
        sizes = [variant for variant in variants if variant.colour.name == colour]
        yield colour, tuple(Option(variant.id, variant.size.label, left[variant.id] > 0) for variant in sizes)
