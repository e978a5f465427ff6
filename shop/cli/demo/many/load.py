"""Writes many products in units of some thousand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import text

from shop.catalog.models import ListingAssortment, ListingOffer, ListingRow, Picture, Product, ProductAttribute, Variant
from shop.catalog.search import vocabulary
from shop.catalog.search.index import POSTGRESQL_WRITE, SQLITE_WRITE
from shop.catalog.search.words import indexed_words
from shop.cli.demo.bulk import next_id, settle_sequences
from shop.cli.demo.lookups import Lookups
from shop.cli.demo.many import rows
from shop.cli.demo.many.copying import allow_long_statements, copy_rows, count_again, is_postgresql
from shop.cli.demo.many.patterns import COLOURS, SIZES, Pattern, patterns
from shop.cli.demo.many.rows import Made
from shop.cli.demo.source import Row
from shop.extensions import db
from shop.lib import stamp
from shop.lib.clock import now
from shop.lib.unit_of_work import unit_of_work
from shop.stock.models import LedgerEntry, StockLevel

CHUNK = 5000
VARIANTS = COLOURS * SIZES


def load_many(count: int, lookups: Lookups, tell: Callable[[str], None]) -> None:
    """Write `count` products, each with variants, pictures, stock, its opening entries, and its place in the listing.

    Opens its own units, one for each chunk; every chunk leaves the books balanced.
    """
    brands = [{**brand, "words": indexed_words(brand["name"])} for brand in lookups.brands.values()]
    known, moment, begun = patterns(lookups), now().replace(microsecond=0), time.monotonic()
    for done in range(0, count, CHUNK):
        size = min(CHUNK, count - done)
        with unit_of_work():
            allow_long_statements()
            _write(list(_made(size, known, brands, moment)))
        tell(f"{done + size:,} of {count:,} products after {time.monotonic() - begun:.0f} s")
    with unit_of_work():
        allow_long_statements()
        settle_sequences()
        count_again()
        vocabulary.count_again()


def _made(count: int, known: list[list[Pattern]], brands: list[Row], moment: datetime) -> Iterator[Made]:
    first_id, first_variant = next_id(Product), next_id(Variant)
    for place in range(count):
        number = first_id + place
        of_style = known[number % len(known)]
        pattern, brand = of_style[number // len(known) % len(of_style)], brands[number // 7 % len(brands)]
        yield rows.make(number, number, first_variant + place * VARIANTS, pattern, brand, moment)


def _write(made: list[Made]) -> None:
    copy_rows(Product, map(rows.product, made))
    copy_rows(Variant, (row for one in made for row in rows.variants(one)))
    first = next_id(Picture)
    shown = (row for one in made for row in rows.pictures(one))
    copy_rows(Picture, ({"id": first + place, **row} for place, row in enumerate(shown)))
    copy_rows(StockLevel, (row for one in made for row in rows.levels(one)))
    first_entry = next_id(LedgerEntry)
    entered = (row for one in made for row in rows.entries(one))
    copy_rows(LedgerEntry, ({"id": first_entry + place, **row} for place, row in enumerate(entered)))
    copy_rows(ListingRow, map(rows.listing, made))
    copy_rows(ListingOffer, (row for one in made for row in rows.offers(one)))
    copy_rows(ListingAssortment, map(rows.assorted, made))
    copy_rows(ProductAttribute, (row for one in made for row in rows.attributes(one)))
    words = POSTGRESQL_WRITE if is_postgresql() else SQLITE_WRITE
    db.session.execute(text(words), [rows.words(one) for one in made])
    stamp.touch()
