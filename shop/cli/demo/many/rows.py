"""The rows of one product among many: all of them follow from its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.catalog.assortments import assortment
from shop.catalog.search.words import indexed_words
from shop.catalog.size_runs import has_core_sizes
from shop.catalog.traits import traits
from shop.cli.demo.many.copying import as_moment
from shop.cli.demo.many.patterns import Pattern
from shop.cli.demo.source import Row
from shop.lib.actor import SYSTEM
from shop.lib.money import Money
from shop.stock.models import LedgerReason

PLACES = (
    "Kaveri", "Malabar", "Nilgiri", "Konkan", "Satpura", "Narmada", "Chilika", "Coorg", "Wayanad", "Kutch", "Marwar",
    "Mewar", "Doab", "Terai", "Spiti", "Zanskar", "Kumaon", "Garhwal", "Sundarban", "Brahmaputra", "Teesta", "Barak",
    "Godavari", "Tungabhadra", "Periyar", "Vembanad", "Palani", "Yercaud", "Araku", "Bastar", "Vidarbha", "Sahyadri",
    "Panna", "Chambal", "Betwa", "Sabarmati", "Saurashtra", "Thar", "Shekhawati", "Hadoti",
)  # fmt: skip
STEP = 5000


@dataclass(frozen=True)
class Made:
    """A product to be written: its number, ids, prices in minor units, and units of each variant."""

    number: int
    id: int
    first_variant: int
    pattern: Pattern
    brand: Row
    name: str
    price: int
    sale_price: int | None
    units: tuple[int, ...]
    published: str
    opened: str

    @property
    def slug(self) -> str:
        return f"{self.pattern.style['slug']}-{self.number}"

    @property
    def current_price(self) -> int:
        return self.sale_price or self.price

    @property
    def discount_percent(self) -> int:
        return (self.price - self.current_price) * 100 // self.price


def make(number: int, id: int, first_variant: int, pattern: Pattern, brand: Row, moment: datetime) -> Made:
    """Work out everything that depends on the number."""
    published = moment - timedelta(days=number % 700, minutes=number % 1440)
    price = pattern.style["price"] + number * 37 % 9 * STEP
    return Made(
        number, id, first_variant, pattern, brand, _name(number, pattern.style["name"]), price,
        _sale(price) if number % 3 == 0 else None,
        tuple(_units(number, place) for place in range(len(pattern.pairs))),
        as_moment(published), as_moment(published - timedelta(days=1)),
    )  # fmt: skip


def product(made: Made) -> Row:
    own = {"id": made.id, "slug": made.slug, "name": made.name, "brand_id": made.brand["id"]}
    mrp = max(made.price, made.pattern.style["mrp"])
    return own | made.pattern.product | {"mrp": mrp, "created_at": made.opened, "published_at": made.published}


def variants(made: Made) -> Iterator[Row]:
    for place, (colour_id, size_id) in enumerate(made.pattern.pairs):
        yield {
            "id": made.first_variant + place, "product_id": made.id, "sku": f"N{made.number:07d}-{place + 1}",
            "colour_id": colour_id, "size_id": size_id, "price": made.price, "sale_price": made.sale_price,
            "weight_grams": made.pattern.style["weight_grams"],
        }  # fmt: skip


def pictures(made: Made) -> Iterator[Row]:
    return ({"product_id": made.id, **row} for row in made.pattern.pictures)


def levels(made: Made) -> Iterator[Row]:
    for place, units in enumerate(made.units):
        level = {"variant_id": made.first_variant + place, "on_hand": units, "reserved": 0, "reorder_point": 5}
        yield level | {"restocked_at": made.opened}


def entries(made: Made) -> Iterator[Row]:
    for place, units in enumerate(made.units):
        entry = {"variant_id": made.first_variant + place, "units": units, "reason": LedgerReason.OPENING.value}
        yield entry | {"actor": SYSTEM.name, "note": "", "created_at": made.opened}


def listing(made: Made) -> Row:
    shown = {"slug": made.slug, "name": made.name, "brand_id": made.brand["id"], "brand": made.brand["name"]}
    prices = {
        "price": made.current_price,
        "was": made.price if made.sale_price else None,
        "discount_percent": made.discount_percent,
    }
    pieces = zip(made.pattern.pairs, made.units, strict=True)
    runs = [(colour_id, place, size_id, units > 0) for place, ((colour_id, size_id), units) in enumerate(pieces)]
    facts = {"product_id": made.id, "in_stock": any(made.units), "published_at": made.published}
    facts |= {"has_core_sizes": has_core_sizes(runs)}
    return facts | shown | prices | made.pattern.listing


def offers(made: Made) -> Iterator[Row]:
    for place, ((colour_id, size_id), units) in enumerate(zip(made.pattern.pairs, made.units, strict=True)):
        offer = {"variant_id": made.first_variant + place, "product_id": made.id, "colour_id": colour_id}
        yield offer | {"size_id": size_id, "price": made.current_price, "in_stock": units > 0}


def assorted(made: Made) -> Row:
    pieces = ((row["colour_id"], row["size_id"], Money(row["price"]), row["in_stock"]) for row in offers(made))
    shared = made.pattern.listing
    own = (made.brand["id"], shared["product_type_id"], shared["occasion_id"], made.discount_percent)
    here = {"category_path": shared["category_path"], "traits": traits(*own, made.pattern.value_ids)}
    return here | {"product_id": made.id, "offers": assortment(pieces)}


def attributes(made: Made) -> Iterator[Row]:
    return ({"product_id": made.id, "value_id": value_id} for value_id in made.pattern.value_ids)


def words(made: Made) -> Row:
    """The product's row of the search."""
    known = made.pattern.words
    kind = f"{made.brand['words']} {known['kind']}"
    return known | {"id": made.id, "name": indexed_words(made.name), "kind": kind}


def _name(number: int, style: str) -> str:
    """Kaveri Sunday Crew Tee, and once all places are used up, Kaveri Sunday Crew Tee 2."""
    rest, place = divmod(number // 120, len(PLACES))
    return f"{PLACES[place]} {style}" + (f" {rest + 1}" if rest else "")


def _units(number: int, place: int) -> int:
    return 0 if (number + place) % 11 == 0 else 1 + (number * 7 + place * 3) % 30


def _sale(price: int) -> int:
    """About a fifth off, ending in 99 rupees."""
    return price * 80 // 100 // 10_000 * 10_000 - 100
