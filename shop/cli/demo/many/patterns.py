"""What all products of one style in two colours share, worked out once and written many times."""

from __future__ import annotations

from dataclasses import dataclass

from shop.catalog.listing import facts_of
from shop.catalog.search.words import indexed_words
from shop.cli.demo.lookups import Lookups, value_ids, values_of
from shop.cli.demo.many.copying import as_json
from shop.cli.demo.source import Row, read, styles
from shop.cli.demo.styles import close_up, front

COLOURS, SIZES = 2, 4
SHARED = ("description", "hsn", "maker", "country_of_origin", "net_quantity")


@dataclass(frozen=True)
class Pattern:
    """Columns that do not change from product to product, ready to be written."""

    style: Row
    product: Row
    pairs: tuple[tuple[int, int], ...]
    pictures: tuple[Row, ...]
    listing: Row
    words: Row
    value_ids: tuple[int, ...]


def patterns(lookups: Lookups) -> list[list[Pattern]]:
    """For each style, a pattern for each pair of neighbouring colours."""
    known = value_ids()
    return [[_pattern(style, place, lookups, known) for place in range(len(style["colours"]))] for style in styles()]


def _pattern(style: Row, place: int, lookups: Lookups, known: dict[tuple[str, str], int]) -> Pattern:
    doubled = style["colours"] * 2
    colours = [lookups.colours[slug] for slug in doubled[place : place + COLOURS]]
    sizes = [lookups.sizes[slug]["id"] for slug in style["sizes"][:SIZES]]
    shown = [front(style, colours[0]), close_up(style, colours[0]), front(style, colours[1])]
    return Pattern(
        style=style,
        product=_product(style, lookups),
        pairs=tuple((colour["id"], size_id) for colour in colours for size_id in sizes),
        pictures=tuple(
            {"position": number, **row, "widths": as_json(row["widths"])} for number, row in enumerate(shown)
        ),
        listing=_listing(style, colours, shown, lookups),
        words=_words(style, colours, lookups),
        value_ids=tuple(values_of(style, known)),
    )


def _product(style: Row, lookups: Lookups) -> Row:
    shared = {key: style[key] for key in SHARED} | {"specifications": as_json(style["specifications"])}
    return shared | {
        "category_id": lookups.categories[style["category"]]["id"],
        "occasion_id": lookups.occasions[style["occasion"]],
        "product_type_id": lookups.types[style["type"]],
        "tax_class": "apparel",
    }


def _listing(style: Row, colours: list[Row], shown: list[Row], lookups: Lookups) -> Row:
    slugs = {colour["id"]: colour["slug"] for colour in colours}
    pictures = [
        {"stem": row["stem"], "widths": row["widths"], "alt": row["alt"], "colour": slugs[row["colour_id"]]}
        for row in shown
    ]
    return {
        "category_path": lookups.categories[style["category"]]["path"],
        "product_type_id": lookups.types[style["type"]],
        "occasion_id": lookups.occasions[style["occasion"]],
        "units_sold": 0,
        "colours": as_json([{key: colour[key] for key in ("slug", "name", "hex")} for colour in colours]),
        "pictures": as_json(pictures),
    }


def _words(style: Row, colours: list[Row], lookups: Lookups) -> Row:
    """The words of the search, but for the product's name and brand."""
    category = lookups.categories[style["category"]]
    kind = f"{_name('product_types', style['type'])} {category['name']} {category['path'].replace('/', ' ')}"
    short, long = facts_of(style["specifications"])
    sizes = [lookups.sizes[slug]["label"] for slug in style["sizes"][:SIZES]]
    names = [*(colour["name"] for colour in colours), *sizes, _name("occasions", style["occasion"]), *short]
    facets, rest = " ".join(names), " ".join([style["description"], *long])
    texts = {"kind": kind, "facets": facets, "rest": rest}
    return {key: indexed_words(value) for key, value in texts.items()}


def _name(table: str, slug: str) -> str:
    return str(next(row["name"] for row in read(table) if row["slug"] == slug))
