"""What a rule takes off each line, in whole minor units; never more than is left of the line."""

from __future__ import annotations

from collections.abc import Sequence

from shop.lib.money import Money, allocate, divide_half_up
from shop.promotions.rules import Kind, Rule

WHOLE = 10_000


def amounts_off(rule: Rule, left: Sequence[int], units: Sequence[int], scope: Sequence[int]) -> list[int]:
    """What a rule takes off every line, given what is left of each, its units, and the places it is for."""
    off = [0] * len(left)
    if rule.kind == Kind.PERCENT:
        for place in scope:
            off[place] = divide_half_up(left[place] * rule.value, WHOLE)
    elif rule.kind == Kind.FIXED:
        return _split(rule.value, left, scope, off)
    elif rule.kind == Kind.BUY_GET:
        _give(rule, left, units, scope, off)
    if rule.most is not None and sum(off) > rule.most.minor:
        return _split(rule.most.minor, off, range(len(off)), [0] * len(off))
    return off


def _split(amount: int, weights: Sequence[int], scope: Sequence[int], off: list[int]) -> list[int]:
    """An amount by what each line weighs, and no more than they weigh together."""
    whole = sum(weights[place] for place in scope)
    if whole:
        parts = allocate(Money(min(amount, whole)), [weights[place] for place in scope])
        for place, part in zip(scope, parts, strict=True):
            off[place] = part.minor
    return off


def _give(rule: Rule, left: Sequence[int], units: Sequence[int], scope: Sequence[int], off: list[int]) -> None:
    """Of every `buy + get` units in a row, the dearest first, the last `get` cost less or nothing."""
    dearest_first = sorted(scope, key=lambda place: -left[place] / units[place])
    whole_rows = sum(units[place] for place in scope) // (rule.buy + rule.get) * (rule.buy + rule.get)
    passed = 0
    for place in dearest_first:
        until = min(passed + units[place], whole_rows)
        given = _given_among(until, rule) - _given_among(min(passed, whole_rows), rule)
        off[place] = divide_half_up(left[place] * given * rule.value, units[place] * WHOLE)
        passed += units[place]


def _given_among(first: int, rule: Rule) -> int:
    """How many of so many units are at a place where `get` units are given."""
    rows, rest = divmod(first, rule.buy + rule.get)
    return rows * rule.get + max(0, rest - rule.buy)
