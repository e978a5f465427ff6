"""Whose tax it is: halves within a state, one tax across states, and never a paisa lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.lib.money import ZERO, Money, total
from shop.pricing.tax_split import TaxSplit, part_names, part_of, shares, split_over, split_tax
from shop.pricing.taxes import tax_of
from shop.store.countries import country_of

GST, VAT = country_of("IN").taxes, country_of("BD").taxes
prices = (st.integers(0, 200) | st.integers(0, 10**9)).map(Money)
rates = st.sampled_from([0, 300, 500, 750, 1200, 1800, 2800])
places = st.sampled_from(["Kerala", "Karnataka"])


def names(seller: str, place: str, taxes=GST) -> list[str]:
    return [part.name for part in part_names(seller, place, taxes)]


@pytest.mark.covers("ORD-10")
def test_within_a_state_the_tax_is_halved_and_across_states_it_is_one() -> None:
    assert split_tax(Money(7138), "Karnataka", "Karnataka", GST) == TaxSplit(central=Money(3569), state=Money(3569))
    assert split_tax(Money(7139), "Karnataka", "Kerala", GST) == TaxSplit(whole=Money(7139))
    assert split_tax(Money(7139), "Dhaka", "Dhaka", VAT) == TaxSplit(whole=Money(7139))


@pytest.mark.covers("ORD-10")
def test_each_part_is_called_what_the_law_calls_it() -> None:
    assert names("Karnataka", "Karnataka") == ["CGST", "SGST"]
    assert names("Delhi", "Delhi") == ["CGST", "SGST"]
    assert names("Chandigarh", "Chandigarh") == ["CGST", "UTGST"]
    assert names("Karnataka", "Chandigarh") == ["IGST"]
    assert names("Dhaka", "Sylhet", VAT) == ["VAT"]


def test_territories_are_states_of_the_country() -> None:
    assert GST.parts is not None
    assert GST.parts.territories <= set(country_of("IN").states)


@pytest.mark.covers("ORD-10")
def test_an_order_from_before_halves_were_equal_is_invoiced_with_equal_ones() -> None:
    assert split_tax(Money(7139), "Karnataka", "Karnataka", GST) == TaxSplit(central=Money(3570), state=Money(3570))


@pytest.mark.covers("ORD-10")
@given(prices, rates, places)
def test_what_is_in_a_price_is_halved_without_a_rest(price: Money, rate: int, place: str) -> None:
    tax = tax_of(price, rate, GST, shares("Karnataka", place, GST))
    split = split_tax(tax, "Karnataka", place, GST)
    assert split.total == tax
    assert split.central == split.state


def given_back(price: Money, split: TaxSplit, cuts: list[int]) -> list[tuple[Money, TaxSplit]]:
    """A price and its tax given back in parts, each so many hundredths of what is left, the last all of it."""
    parts, left = [], split
    for cut in [*cuts, 100]:
        part = price.share(cut, 100)
        parts.append((part, part_of(left, part, price)))
        price, left = price - part, left - parts[-1][1]
        assert min(left.central, left.state, left.whole) >= ZERO
    return parts


@pytest.mark.covers("ORD-10", "PAY-07")
@given(prices, rates, places, st.lists(st.integers(0, 100), max_size=8))
@settings(max_examples=500)
def test_a_price_given_back_in_parts_is_given_back_exactly(
    price: Money, rate: int, place: str, cuts: list[int]
) -> None:
    whole = split_tax(tax_of(price, rate, GST, shares("Karnataka", place, GST)), "Karnataka", place, GST)
    parts = given_back(price, whole, cuts)
    for part, split in parts:
        assert split.central == split.state
        assert ZERO <= split.total <= part
    if place != "Karnataka" or all(part != Money(1) for part, _split in parts):
        assert sum((split for _part, split in parts), TaxSplit()) == whole


@pytest.mark.covers("PAY-07")
@given(st.integers(10**5, 10**9).map(Money), rates, st.lists(st.integers(1, 50), max_size=6))
def test_an_old_invoice_with_an_odd_paisa_is_given_back_exactly(price: Money, rate: int, cuts: list[int]) -> None:
    half = price.share(rate, 2 * (10_000 + rate))
    whole = TaxSplit(half + Money(1), half)
    parts = given_back(price, whole, cuts)
    assert sum((split for _part, split in parts), TaxSplit()) == whole
    assert all(split.central == split.state for _part, split in parts[:-1])


@pytest.mark.covers("PAY-07")
@given(st.lists(st.integers(1, 3).map(Money), max_size=40), rates)
def test_parts_of_few_paise_never_have_more_tax_than_they_come_to(parts: list[Money], rate: int) -> None:
    rest = total(parts)
    left = split_tax(tax_of(rest, rate, GST, 2), "Goa", "Goa", GST)
    for part in parts:
        split = part_of(left, part, rest)
        left, rest = left - split, rest - part
        assert split.central == split.state
        assert ZERO <= split.total <= part
        assert left.central == left.state >= ZERO
    assert part_of(left, ZERO, ZERO) == TaxSplit()


@pytest.mark.covers("ORD-10")
@given(prices, prices, rates, places)
def test_delivery_and_fee_share_their_tax_exactly(delivery: Money, fee: Money, rate: int, place: str) -> None:
    tax = tax_of(delivery + fee, rate, GST, shares("Karnataka", place, GST))
    first, second = split_over(split_tax(tax, "Karnataka", place, GST), [delivery, fee])
    assert first.total + second.total == tax
    assert (first.central, second.central) == (first.state, second.state)
    assert first.total <= delivery
    assert second.total <= fee
