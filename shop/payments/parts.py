"""What a refund consists of, without a database: units of lines and the delivery, spread over the tenders they were
paid with. Every sum is exact to the paisa, so refunds in any order end at exactly what was paid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shop.lib.money import ZERO, Money, allocate, total

DELIVERY, EXCESS = 0, -1
"""Stand where a line's id would stand: for what was paid beside the lines, as delivery and the way to pay, and for what
was paid above all the order costs by now."""


@dataclass(frozen=True)
class Part:
    """Units and money of one order line, of DELIVERY or EXCESS: what is left of it, or what of it goes back."""

    line_id: int
    units: int
    amount: Money


Price = Callable[[int, int], Money]
"""What so many units cost, counted from the first that was not given back: `price(first, units)`."""


def units_of(left: Part, quantity: int, units: int, price: Price) -> Part:
    """Some of the units that are left of a line, for what was paid for them; the last ones take all that is left."""
    if units == left.units:
        return left
    return Part(left.line_id, units, min(price(quantity - left.units, units), left.amount))


def money_off(lefts: Sequence[Part], amount: Money) -> list[Part]:
    """An amount without goods, over what is left in proportion; all that is left takes the units along."""
    if amount == total([left.amount for left in lefts]):
        return [left for left in lefts if left.units or left.amount]
    shares = allocate(amount, [left.amount.minor for left in lefts])
    return [Part(left.line_id, 0, share) for left, share in zip(lefts, shares, strict=True) if share]


def spread(parts: Sequence[Part], tenders: Mapping[int, Money]) -> dict[int, list[Part]]:
    """The parts that go back to each tender, filled up in the order given.

    A part that does not fit goes on in the next one; its units count where it begins. Raises ValueError for more than
    the tenders hold.
    """
    waiting, found = list(reversed(parts)), {}
    for tender, room in tenders.items():
        taken: list[Part] = []
        while waiting and room:
            part = waiting.pop()
            piece = min(part.amount, room)
            taken.append(Part(part.line_id, part.units, piece))
            room -= piece
            if piece < part.amount:
                waiting.append(Part(part.line_id, 0, part.amount - piece))
        if taken:
            found[tender] = taken
    if total([part.amount for part in waiting]):
        raise ValueError("more than the tenders hold")
    _add_what_was_free(waiting, found)
    return found


def _add_what_was_free(parts: Sequence[Part], found: dict[int, list[Part]]) -> None:
    """Units that cost nothing go back with the others."""
    if found:
        next(reversed(found.values())).extend(part for part in parts if part.units and part.amount == ZERO)
