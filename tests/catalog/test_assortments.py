"""The text facets count by: equal offers make equal texts, and reading one gives what filters would find."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from shop.catalog.assortments import Chosen, Fulfilled, assortment, fulfilled
from shop.lib.money import Money

Offer = tuple[int, int, Money, bool]
PAIRS = st.tuples(st.integers(1, 4), st.integers(1, 12))
OFFERS = st.dictionaries(PAIRS, st.tuples(st.sampled_from([49900, 50000, 99900, 300000]), st.booleans()), min_size=1)
SOME = st.none() | st.frozensets(st.integers(1, 12).map(str), max_size=3)
CHOSEN = st.builds(Chosen, SOME, SOME, st.sampled_from([0, 50000]), st.none() | st.sampled_from([50000, 100000]))


def test_a_text_names_colours_prices_and_sizes_left_and_gone():
    offers = [(7, 5, Money(149900), False), (7, 2, Money(149900), True), (3, 4, Money(99900), True)]
    assert assortment(offers) == "3.99900.4. 7.149900.2.5"
    assert assortment(reversed(offers)) == assortment(offers)


def slowly(offers: Sequence[Offer], chosen: Chosen) -> Fulfilled:
    """The same, offer by offer, as the words of the rule say it."""
    found = Fulfilled()
    for colour, size, price, left in offers:
        fits_size = chosen.sizes is None or (str(size) in chosen.sizes and left)
        fits_colour = chosen.colours is None or str(colour) in chosen.colours
        fits_price = chosen.low <= price.minor and (chosen.high is None or price.minor < chosen.high)
        preset = [price.minor >= start for start in (0, 50000, 100000, 200000, 300000)].count(True) - 1
        note(found.sizes, str(size), left and fits_colour and fits_price)
        note(found.colours, str(colour), fits_size and fits_price)
        note(found.presets, preset, fits_size and fits_colour)
        found.is_match |= fits_size and fits_colour and fits_price
    return found


def note(found, value, is_so):
    found[value] = found.get(value, False) or is_so


@given(offers=OFFERS, chosen=CHOSEN)
def test_reading_a_text_is_reading_its_offers(offers, chosen):
    pieces = [(colour, size, Money(price), left) for (colour, size), (price, left) in offers.items()]
    assert fulfilled(assortment(pieces), chosen) == slowly(pieces, chosen)
