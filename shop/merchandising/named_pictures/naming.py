"""What the name of a file says: `linen-shirt-2.jpg`, `linen-shirt-navy-2.jpg` or a SKU in place of the product."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shop.catalog.models import Colour, Product, Variant
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.http.incoming import stripped

NAME = re.compile(r"(?P<of>.+)-(?P<number>[0-9]{1,3})")
DIGITS = re.compile(r"([0-9]+)")
LONGEST = 100
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
FORM = "Name it after the product or a SKU, with a number at the end: linen-shirt-1.jpg or linen-shirt-navy-1.jpg."


class Unplaced(ShopError):
    """Nobody can tell what a file shows."""


@dataclass(frozen=True)
class Place:
    """What a file shows: a product, in one colour or in all of them."""

    product_id: int
    slug: str
    colour_id: int | None = None
    colour: str = ""

    def __str__(self) -> str:
        return f"{self.slug} in {self.colour}" if self.colour else self.slug


Owners = dict[str, dict[int, Place]]
Colours = dict[tuple[int, str], tuple[int, str]]


def own_name(path: str) -> str:
    """The last part of a path, whatever it was sent from; empty for what systems leave behind in folders."""
    folders, _, name = path.replace("\\", "/").rpartition("/")
    is_left_behind = name.startswith(".") or "__MACOSX" in folders or name.casefold() in {"thumbs.db", "desktop.ini"}
    return "" if is_left_behind else stripped(name)[-LONGEST:]


def in_order(path: str) -> list[tuple[int, str]]:
    """By which names are put in order, as people count: 2 comes before 10."""
    parts = DIGITS.split(stem_of(own_name(path)))
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def stem_of(name: str) -> str:
    """A name without its ending and without regard to case: by this a picture is known again."""
    return _without_ending(name).casefold()


def place_of(name: str) -> Place:
    """What a file shows by its name; of a product and a shorter one with a colour, the first is meant.

    Raises Unplaced.
    """
    named = NAME.fullmatch(_without_ending(name))
    if named is None:
        raise Unplaced(FORM)
    parts = _parts(named["of"])
    owners = _owners({first for first, _ in parts})
    colours = _colours({product_id for places in owners.values() for product_id in places})
    for first, colour in parts:
        found = [place for owner in owners.get(first.casefold(), {}).values() if (place := _in(owner, colour, colours))]
        if len(found) > 1:
            raise Unplaced(f"“{first}” is the name of {' and of '.join(sorted(map(str, found)))}.")
        if found:
            return found[0]
    raise Unplaced(_why_none(parts, owners))


def _without_ending(name: str) -> str:
    ending = next((one for one in ENDINGS if name.casefold().endswith(one)), "")
    return name[: len(name) - len(ending)]


def _parts(of: str) -> list[tuple[str, str]]:
    """Where the product's name may end and a colour begin: the longest one first."""
    hyphens = [place for place, sign in enumerate(of) if sign == "-"]
    return [(of, ""), *((of[:at], of[at + 1 :]) for at in reversed(hyphens))]


def _owners(names: Collection[str]) -> Owners:
    """Products by the SKUs and slugs that are named; a SKU has its colour, unless it is the product's slug as well."""
    found: Owners = {}
    spelt = {spelling for name in names for spelling in (name, name.lower(), name.upper())}
    skus = select(Variant.sku, Product.id, Product.slug, Colour.id.label("colour_id"), Colour.name)
    skus = skus.join(Variant.product).join(Variant.colour).where(Variant.sku.in_(spelt), Product.deleted_at.is_(None))
    for row in db.session.execute(skus):
        found.setdefault(row.sku.casefold(), {})[row.id] = Place(row.id, row.slug, row.colour_id, row.name)
    slugs = select(Product.id, Product.slug).where(Product.slug.in_(spelt), Product.deleted_at.is_(None))
    for product_id, slug in db.session.execute(slugs):
        found.setdefault(slug, {})[product_id] = Place(product_id, slug)
    return found


def _colours(product_ids: Collection[int]) -> Colours:
    """Id and name of the colours that products come in, by product and slug."""
    worn = select(Variant.product_id, Colour.slug, Colour.id, Colour.name).join(Variant.colour)
    found = db.session.execute(worn.where(Variant.product_id.in_(product_ids)).distinct())
    return {(row.product_id, row.slug): (row.id, row.name) for row in found}


def _in(owner: Place, colour: str, colours: Colours) -> Place | None:
    """A product in the colour that is named; None where it does not come in it."""
    if not colour:
        return owner
    known = colours.get((owner.product_id, "-".join(re.split(r"[\s_-]+", colour.casefold()))))
    return Place(owner.product_id, owner.slug, *known) if known else None


def _why_none(parts: Sequence[tuple[str, str]], owners: Owners) -> str:
    for first, colour in parts:
        for owner in owners.get(first.casefold(), {}).values():
            return f"{owner.slug} does not come in the colour “{colour}”."
    return f"No product and no SKU is called “{parts[0][0]}”."
