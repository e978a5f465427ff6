"""What a product's page offers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shop.catalog.pictures import ShownPicture, picture_of_row
from shop.lib.money import Money
from shop.merchandising.product_page.shown import ColourChoice, Piece, ShownProduct, SizeChoice
from shop.store.formats import money
from shop.store.settings import FEW_LEFT, value_of


def colours_of(product: ShownProduct, pieces: Sequence[Piece]) -> list[ColourChoice]:
    """The colours in the order in which they were made."""
    found = {piece.colour_id: piece for piece in pieces}
    page = f"/p/{product.slug}?colour="
    return [
        ColourChoice(one.colour_id, one.colour_slug, one.colour_name, one.colour_hex, page + one.colour_slug)
        for one in found.values()
    ]


def chosen_colour(colours: Sequence[ColourChoice], pieces: Sequence[Piece], slug: str | None) -> ColourChoice:
    """The colour that was asked for, else the first that has something left, else the first."""
    buyable = {piece.colour_id for piece in pieces if piece.left > 0}
    asked = next((colour for colour in colours if colour.slug == slug), None)
    return asked or next((colour for colour in colours if colour.id in buyable), colours[0])


def sizes_of(pieces: Sequence[Piece], price: Money) -> list[SizeChoice]:
    """The sizes of one colour, small to large, with what is left in words."""
    in_order = sorted(pieces, key=lambda piece: (piece.size_position, piece.size_label))
    return [_size(piece, price) for piece in in_order]


def gallery_of(pictures: Sequence[Any], colour_id: int) -> list[ShownPicture]:
    """Pictures of the colour, then those of all; without either, whatever there is."""
    chosen = [kept for kept in pictures if kept.colour_id == colour_id]
    chosen += [kept for kept in pictures if kept.colour_id is None]
    shown = (picture_of_row(kept) for kept in chosen or pictures)
    return [picture for picture in shown if picture]


def _size(piece: Piece, price: Money) -> SizeChoice:
    """A size that costs more than the price shown says so."""
    state = "out" if piece.left <= 0 else "low" if piece.left < value_of(FEW_LEFT) else "in"
    words = {"out": ["Sold out"], "low": [f"{piece.left} left"], "in": []}[state]
    dearer = [money(piece.current_price)] if piece.current_price != price else []
    return SizeChoice(piece.id, piece.size_slug, piece.size_label, ", ".join([*dearer, *words]), state)
