"""`bin/bench prices`: how long the price engine takes for a bag of 20 lines under 50 active rules, trace included.

In this process and in memory, as the bag's page asks it: rules and rates are kept, so nothing is read.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from shop.delivery.queries import Method
from shop.lib.money import Money
from shop.pricing.combining import Combining
from shop.pricing.queries import Rate
from shop.pricing.quoting import Terms, work_out
from shop.pricing.values import Buyer, Goods, Quote
from shop.promotions.rules import Kind, Rule
from shop.store.countries import country_of

LINES, RULES = 20, 50
WARMING = 50
MOST_MS = 3.0
MOMENT = datetime(2026, 11, 21, 12, tzinfo=UTC)
STANDARD = Method(1, "standard", "Standard", Money(7900), Money(0), Money(149900), 2, 4)
KINDS = ((Kind.PERCENT, 500), (Kind.FIXED, 15000), (Kind.BUY_GET, 5000), (Kind.FREE_DELIVERY, 0))
WAYS = {"the best of each line": Combining(), "one after another": Combining(one_after_another=True)}


@dataclass(frozen=True)
class Times:
    """A way to combine discounts, and its median and 95th percentile in milliseconds."""

    way: str
    median: float
    p95: float

    def __str__(self) -> str:
        return f"| {LINES} lines, {RULES} rules, {self.way} | {self.median:.2f} | {self.p95:.2f} | < {MOST_MS:g} |"


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a median is above what it may be."""
    parser = argparse.ArgumentParser(prog="bin/bench prices", description=__doc__)
    parser.add_argument("--quotes", type=int, default=2000, help="how many of each way (%(default)s)")
    options = parser.parse_args(arguments)
    measured = [measure(way, options.quotes) for way in WAYS]
    print("\n| a bag | median ms | p95 ms | target |\n| --- | --- | --- | --- |", *measured, sep="\n")
    return 0 if all(times.median < MOST_MS for times in measured) else 1


def measure(way: str, quotes: int) -> Times:
    """So many quotes of one bag; the first few only warm the process."""
    goods, rules = a_bag(), some_rules()
    took = [_milliseconds(goods, rules, WAYS[way]) for _ in range(quotes + WARMING)][WARMING:]
    return Times(way, statistics.median(took), statistics.quantiles(took, n=20)[-1])


def a_bag() -> list[Goods]:
    """Twenty variants of seven categories and five brands, one to four of each."""
    return [
        Goods(number, 1 + number % 4, Money(49900 + number * 1799), weight_grams=220, product_id=number,
              brand_id=1 + number % 5, category_id=1 + number % 7, name=f"Thing {number}")
        for number in range(LINES)
    ]  # fmt: skip


def some_rules() -> list[Rule]:
    """Rules of every kind: for all goods, for categories, for brands, capped, and from an amount nobody reaches."""
    return [_rule(number) for number in range(1, RULES + 1)]


def quote(goods: Sequence[Goods], rules: Sequence[Rule], combining: Combining) -> Quote:
    """The price of the bag with everything that is written about it."""
    india = country_of("IN")
    rates = {"apparel": Rate("apparel", date(2025, 9, 22), Money(250000), 500, 1800)}
    terms = Terms(rates, india.taxes, MOMENT, combining, lambda amount: f"{india.sign}{amount.plain}", str)
    return work_out(goods, Buyer("IN"), terms, rules).quote(STANDARD)


def _rule(number: int) -> Rule:
    kind, value = KINDS[number % len(KINDS)]
    return Rule(
        number, f"Rule {number}", None, kind, value, buy=2, get=1, priority=number % 3, is_public=True,
        most=Money(50000) if number % 3 == 0 else None,
        minimum=Money(10**8) if number % 6 == 0 else None,
        category_ids=frozenset({1 + number % 7, 3}) if number % 2 else frozenset(),
        brand_ids=frozenset({2}) if number % 5 == 0 else frozenset(),
    )  # fmt: skip


def _milliseconds(goods: Sequence[Goods], rules: Sequence[Rule], combining: Combining) -> float:
    began = time.perf_counter()
    quote(goods, rules, combining)
    return (time.perf_counter() - began) * 1000
