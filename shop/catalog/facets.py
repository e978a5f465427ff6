"""The values of each facet and how many products they would show; a facet's counts ignore its own choice.

What one assortment, and one set of traits, fulfils is found out once for all products that are alike (goods.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from shop.catalog import traits
from shop.catalog.assortments import Chosen, Fulfilled, Part, fulfilled, ids_in, joined, set_of
from shop.catalog.goods import Goods, Numbers, goods_of
from shop.catalog.traits import FACET_OF, FAILS, LETTERS, PASSES
from shop.catalog.values import IN_STOCK, all_values, attributes_of, ids_of, saved_sizes
from shop.catalog.wants import FACETS, PRESETS, Facets, FacetValue, PricePreset, Scope, Wants
from shop.lib.kept import kept_by_stamp


@dataclass
class Tally:
    """Numbers of products by what they fulfil: sets first, since many products fulfil the same."""

    size: Numbers = field(default_factory=lambda: defaultdict(int))
    colour: Numbers = field(default_factory=lambda: defaultdict(int))
    preset: Numbers = field(default_factory=lambda: defaultdict(int))
    in_stock: int = 0
    matching: Numbers = field(default_factory=lambda: defaultdict(int))
    """By the place of their traits, products with an offer that is asked for."""

    def add(self, here: Fulfilled, numbers: Mapping[int, int], failing: Sequence[str]) -> None:
        """Count products of one assortment, whose `numbers` are by the place of their traits."""
        number = 0
        for place, of_traits in numbers.items():
            number += of_traits if failing[place] == PASSES else 0
            if here.is_match:
                self.matching[place] += of_traits
        if number:
            self.size[here.sizes] += number
            self.colour[here.colours] += number
            self.preset[here.presets] += number
            self.in_stock += number * here.in_stock


class LookedAt(dict[int, Fulfilled]):
    """What parts fulfil, by their place: found out when it is first asked for."""

    def __init__(self, parts: Sequence[Part], asked: Chosen) -> None:
        super().__init__()
        self.parts, self.asked = parts, asked

    def __missing__(self, place: int) -> Fulfilled:
        found = self[place] = fulfilled(self.parts[place], self.asked)
        return found


def facets(scope: Scope, wants: Wants) -> Facets:
    """Every value there is in this part of the shop with its count, and how many products match everything."""
    return _facets(scope, replace(wants, sort="recommended"))


@kept_by_stamp(most=256)
def _facets(scope: Scope, wants: Wants) -> Facets:
    goods = goods_of(scope)
    failing = _failing(goods, wants)
    tally, counts = _tally(goods, wants, failing), goods.values
    counts["size"] |= _by_id(tally.size)
    counts["colour"] |= _by_id(tally.colour)
    counts["stock"] |= {IN_STOCK: tally.in_stock} if counts["stock"] else {}
    _add_traits(counts, goods, tally, failing)
    presets = _by_id(tally.preset)
    return Facets(
        values={facet: _values(facet, counts[facet], getattr(wants, facet)) for facet in FACETS},
        price=[
            PricePreset(*ends, presets.get(place, 0), ends == (wants.low, wants.high))
            for place, ends in enumerate(PRESETS)
        ],
        total=_total(tally, failing),
    )


def counts_of(scope: Scope, several: Sequence[Wants]) -> list[int]:
    """How many products match each of several wants."""
    goods = goods_of(scope)
    failures = [_failing(goods, wants) for wants in several]
    return [_total(_tally(goods, *one), one[1]) for one in zip(several, failures, strict=True)]


def _failing(goods: Goods, wants: Wants) -> list[str]:
    """For each set of traits there is, the facet it fails."""
    asked = _asked_traits(wants)
    return [traits.failing(here, asked) for here in goods.traits]


def _asked_traits(wants: Wants) -> dict[str, frozenset[str]]:
    """The traits that are asked for, one of each facet; attributes are facets of their own."""
    asked = {facet: ids_of(facet, getattr(wants, facet)) for facet in LETTERS if facet != "attributes"}
    named = {facet: _named(LETTERS[facet], ids) for facet, ids in asked.items() if ids is not None}
    return named | {name: _named(LETTERS["attributes"], ids) for name, ids in _attributes(wants).items()}


def _attributes(wants: Wants) -> dict[str, frozenset[int]]:
    return {f"{name}:": ids for name, ids in attributes_of(wants.attributes).items()}


def _named(letter: str, ids: frozenset[int]) -> frozenset[str]:
    return frozenset(f"{letter}{id_}" for id_ in ids)


def _tally(goods: Goods, wants: Wants, failing: Sequence[str]) -> Tally:
    """Only assortments that can count for some facet are looked at, and each part of them once for each garment."""
    tally, chosen = Tally(), _chosen(wants)
    mine = {garment: set_of(ids) for garment, ids in saved_sizes(wants.mine).items()}
    looked_at: dict[str, LookedAt] = {}
    for alike in goods.alike:
        if all(failing[place] == FAILS for place in alike.traits):
            continue
        parts = looked_at.get(alike.garment)
        if parts is None:
            asked = chosen._replace(mine=mine.get(alike.garment))
            parts = looked_at[alike.garment] = LookedAt(goods.parts, asked)
        tally.add(joined([parts[place] for place in alike.places]), alike.traits, failing)
    return tally


def _chosen(wants: Wants) -> Chosen:
    sizes, colours = ids_of("size", wants.size), ids_of("colour", wants.colour)
    return Chosen(
        None if sizes is None else set_of(sizes),
        None if colours is None else set_of(colours),
        (wants.low or 0) * 100,
        None if wants.high is None else (wants.high + 1) * 100,
        bool(wants.stock),
    )


def _add_traits(counts: dict[str, Numbers], goods: Goods, tally: Tally, failing: Sequence[str]) -> None:
    """Products that fail nothing count for all their traits, those that fail one facet for the traits of that facet."""
    for place, number in tally.matching.items():
        for trait in goods.traits[place]:
            facet, id_ = FACET_OF[trait[0]], int(trait[1:])
            if failing[place] == PASSES or _is_of(failing[place], facet, id_):
                counts[facet][id_] += number


def _is_of(failed: str, facet: str, id_: int) -> bool:
    """Whether a value belongs to the facet that was failed: by its name, or as `fit:` by its attribute."""
    if facet != "attributes":
        return failed == facet
    value = all_values()[facet].get(id_)
    return value is not None and value.slug.startswith(failed)


def _total(tally: Tally, failing: Sequence[str]) -> int:
    return sum(number for place, number in tally.matching.items() if failing[place] == PASSES)


def _by_id(counts: Mapping[int, int]) -> Numbers:
    found: Numbers = defaultdict(int)
    for ids, number in counts.items():
        for id_ in ids_in(ids):
            found[id_] += number
    return found


def _values(facet: str, counts: Mapping[int, int], chosen: Sequence[str]) -> list[FacetValue]:
    """The values in their order. One that went since the rows were written is left out."""
    known = all_values()[facet]
    there = [(known[id_], number) for id_, number in counts.items() if id_ in known]
    titled = facet == "attributes"
    return [
        FacetValue(value.slug, value.label, number, value.slug in chosen, value.hex, value.grouped if titled else "")
        for value, number in sorted(there, key=lambda pair: pair[0].order)
    ]
