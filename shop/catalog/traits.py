"""What facets ask of a whole product, in one short text: `b3 t5 o2 d30 a17 a22`.

A trait is a letter and an id: brand, type of garment, occasion, the highest band of its discount, and the values of its
attributes. Products with equal traits are counted together, whatever their number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from shop.catalog.wants import BANDS

LETTERS = {"brand": "b", "type": "t", "occasion": "o", "discount": "d", "attributes": "a"}
FACET_OF = {letter: facet for facet, letter in LETTERS.items()}
MOST_PARSED = 8192
Traits = frozenset[str]
PASSES, FAILS = "", "several"


def traits(
    brand_id: int, product_type_id: int, occasion_id: int | None, discount_percent: int, value_ids: Iterable[int]
) -> str:
    """The text of a product; equal traits make equal texts."""
    found = [f"b{brand_id}", f"t{product_type_id}"]
    found += [f"o{occasion_id}"] if occasion_id else []
    found += [f"d{band}" for band in BANDS[::-1] if discount_percent >= band][:1]
    return " ".join([*found, *(f"a{value_id}" for value_id in sorted(value_ids))])


@lru_cache(maxsize=MOST_PARSED)
def parsed(text: str) -> Traits:
    """The traits in a text; a band brings those below it."""
    found = set(text.split(" "))
    highest = max((int(trait[1:]) for trait in found if trait[0] == "d"), default=0)
    return frozenset(found | {f"d{band}" for band in BANDS if band <= highest})


def product_type_in(text: str) -> int:
    """The type of garment in a text; 0 for one without."""
    return next((int(trait[1:]) for trait in text.split(" ") if trait[0] == "t"), 0)


def failing(here: Traits, asked: Mapping[str, Collection[str]]) -> str:
    """Which one of several questions traits fail; PASSES for none, FAILS for more than one."""
    failed = [name for name, wanted in asked.items() if here.isdisjoint(wanted)]
    return FAILS if len(failed) > 1 else failed[0] if failed else PASSES
