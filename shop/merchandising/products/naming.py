"""Colours and sizes of new variants, as apps say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shop.merchandising.csv.names import Names
from shop.merchandising.products.defaults import one_colour, one_size
from shop.merchandising.products.errors import BadVariants
from shop.merchandising.products.wanted import NewVariant


def named_variants(said: Sequence[Mapping[str, Any]]) -> list[NewVariant]:
    """Variants whose `color` and `size` are names or slugs; without one they come in one colour, or in one size.

    Raises BadVariants for a name nothing, or several things, have.
    """
    names = Names()
    return [_named(names, dict(one)) for one in said]


def _named(names: Names, said: dict[str, Any]) -> NewVariant:
    colour, size = said.pop("color", None), said.pop("size", None)
    try:
        colour_id = names.id_of("colour", colour) if colour else one_colour()
        size_id = names.id_of("size", size) if size else one_size()
    except ValueError as error:
        raise BadVariants(str(error)) from error
    return NewVariant(colour_id=colour_id, size_id=size_id, **said)
