"""How many of each variant there are, with a ledger that explains the number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from shop.catalog import listing
from shop.catalog.search import vocabulary
from shop.cli.demo.bulk import put, put_plain
from shop.cli.demo.source import Row, read, styles
from shop.lib.actor import SYSTEM
from shop.stock.models import LedgerEntry, LedgerReason, StockLevel


@dataclass
class Demand:
    """What past orders took, in units by variant: `gone` left the house for good, `held` is kept for live orders."""

    gone: Counter[int] = field(default_factory=Counter)
    held: Counter[int] = field(default_factory=Counter)


def load(products: Sequence[Row], variants: Sequence[Row], demand: Demand, moment: datetime) -> None:
    """Write levels and opening entries so that, after all past orders, each style is stocked as its rule says."""
    left = dict(_left_for_sale(variants))
    published = {product["id"]: product["published_at"] for product in products}
    put_plain(StockLevel, [_level(id, units, demand, moment) for id, units in left.items()])
    put(LedgerEntry, (_opening(variant, left, demand, published) for variant in variants))
    listing.rebuild(published, left)
    vocabulary.count_again()


def _left_for_sale(variants: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Units for sale by variant, drawn from the style's stock rule; variants come in the order of the styles."""
    rest = iter(variants)
    for style in styles():
        rule, draw = read("stock_rules")[style["stock"]], Random(f"stock {style['code']}")  # noqa: S311
        for place in range(1, len(style["colours"]) * len(style["sizes"]) + 1):
            is_empty = rule["empty_every"] and place % rule["empty_every"] == 0
            units = draw.randint(rule["low"], rule["high"])
            yield next(rest)["id"], 0 if is_empty else units


def _level(variant_id: int, left: int, demand: Demand, moment: datetime) -> Row:
    held = demand.held[variant_id]
    counted = {"on_hand": left + held, "reserved": held, "reorder_point": 5}
    return {"variant_id": variant_id, **counted, "restocked_at": moment - timedelta(days=90)}


def _opening(variant: Row, left: Mapping[int, int], demand: Demand, published: Mapping[int, datetime]) -> Row:
    id = variant["id"]
    return {
        "variant_id": id,
        "units": left[id] + demand.held[id] + demand.gone[id],
        "reason": LedgerReason.OPENING,
        "order_id": None,
        "actor": SYSTEM.name,
        "note": "First delivery from the maker",
        "created_at": published[variant["product_id"]] - timedelta(days=1),
    }
