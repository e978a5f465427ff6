"""What goes back of lines and tenders, in memory: exact to the paisa, in any order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.lib.money import ZERO, Money, allocate, total
from shop.payments.parts import DELIVERY, Part, money_off, spread, units_of

QUANTITIES = st.integers(1, 6)
PAID = st.integers(0, 500_000).map(Money)
LINES = st.lists(st.tuples(QUANTITIES, PAID), min_size=1, max_size=6)


def price_of(paid: Money, quantity: int, first: int, units: int) -> Money:
    """What units cost that were paid for together."""
    return total(allocate(paid, [1] * quantity)[first : first + units])


@pytest.mark.covers("PAY-05")
@given(lines=LINES, delivery=PAID, choices=st.data())
def test_partial_refunds_in_any_order_end_at_exactly_what_was_paid(lines, delivery, choices):
    lefts = {number: Part(number, quantity, paid) for number, (quantity, paid) in enumerate(lines, start=1)}
    lefts[DELIVERY] = Part(DELIVERY, 0, delivery)
    given_back = ZERO
    while any(left.units or left.amount for left in lefts.values()):
        for part in _next_parts(lefts, lines, choices):
            left = lefts[part.line_id]
            assert part.units <= left.units
            assert ZERO <= part.amount <= left.amount
            lefts[part.line_id] = replace(left, units=left.units - part.units, amount=left.amount - part.amount)
            given_back += part.amount
    assert given_back == delivery + total([paid for _, paid in lines])


def _next_parts(lefts, lines, choices):
    """Units of a line, a part of the delivery, money off, or all that is left."""
    whole = total([left.amount for left in lefts.values()])
    line_id = choices.draw(st.sampled_from([id for id, left in lefts.items() if left.units or left.amount]))
    left = lefts[line_id]
    if whole and choices.draw(st.integers(0, 3)) == 0:
        return money_off(list(lefts.values()), Money(choices.draw(st.integers(1, whole.minor))))
    if not left.units:
        return [Part(line_id, 0, left.amount)]
    quantity, paid = lines[line_id - 1]
    units = choices.draw(st.integers(1, left.units))
    return [units_of(left, quantity, units, lambda first, number: price_of(paid, quantity, first, number))]


@given(lines=LINES, tenders=st.lists(PAID, min_size=1, max_size=3))
def test_parts_are_spread_over_tenders_whole(lines, tenders):
    parts = [Part(number, quantity, paid) for number, (quantity, paid) in enumerate(lines, start=1)]
    rooms = dict(enumerate(tenders))
    if total([part.amount for part in parts]) > total(tenders):
        with pytest.raises(ValueError, match="more than"):
            spread(parts, rooms)
        return
    found = spread(parts, rooms)
    assert all(total([part.amount for part in pieces]) <= rooms[tender] for tender, pieces in found.items())
    for part in parts if found else ():
        pieces = [piece for shares in found.values() for piece in shares if piece.line_id == part.line_id]
        assert (sum(piece.units for piece in pieces), total([piece.amount for piece in pieces])) == (
            part.units, part.amount)  # fmt: skip


def test_a_line_that_two_tenders_paid_has_its_units_with_the_first():
    found = spread([Part(1, 2, Money(300))], {7: Money(100), 8: Money(500)})
    assert found == {7: [Part(1, 2, Money(100))], 8: [Part(1, 0, Money(200))]}


def test_money_off_takes_no_units_until_it_takes_everything():
    lefts = [Part(1, 2, Money(200)), Part(DELIVERY, 0, Money(100))]
    assert money_off(lefts, Money(30)) == [Part(1, 0, Money(20)), Part(DELIVERY, 0, Money(10))]
    assert money_off(lefts, Money(300)) == lefts
