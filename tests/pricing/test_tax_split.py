"""Whose tax it is: halves within a state, one tax across states, and never a paisa lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.lib.money import Money
from shop.pricing.tax_split import TaxSplit, part_names, part_of, split_tax
from shop.store.countries import country_of

GST, VAT = country_of("IN").taxes, country_of("BD").taxes
amounts = st.integers(0, 10**9).map(Money)


def names(seller: str, place: str, taxes=GST) -> list[str]:
    return [part.name for part in part_names(seller, place, taxes)]


@pytest.mark.covers("ORD-10")
def test_within_a_state_the_tax_is_halved_and_across_states_it_is_one() -> None:
    assert split_tax(Money(7139), "Karnataka", "Karnataka", GST) == TaxSplit(central=Money(3570), state=Money(3569))
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
@given(amounts, st.sampled_from(["Kerala", "Karnataka"]))
@settings(max_examples=100)
def test_parts_sum_to_the_tax(tax: Money, place: str) -> None:
    split = split_tax(tax, "Karnataka", place, GST)
    assert split.total == tax
    assert split.central.minor - split.state.minor in (0, 1)


@pytest.mark.covers("ORD-10", "PAY-07")
@given(amounts, st.lists(st.integers(0, 100), min_size=1, max_size=8), st.booleans())
@settings(max_examples=100)
def test_a_tax_given_back_bit_by_bit_is_given_back_exactly(tax: Money, bits: list[int], is_shared: bool) -> None:
    left = split_tax(tax, "Karnataka", "Karnataka" if is_shared else "Kerala", GST)
    for bit in [*bits, 100]:
        given_back = part_of(left, left.total.share(bit, 100))
        left -= given_back
        assert min(left.central, left.state, left.whole, given_back.central, given_back.state) >= Money(0)
    assert left == TaxSplit()
