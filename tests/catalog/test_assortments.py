"""The text facets count by: equal offers make equal texts, and reading one gives what filters would find."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from shop.catalog.assortments import Chosen, Fulfilled, assortment, fulfilled, ids_in, joined, parsed, set_of
from shop.lib.money import Money

Offer = tuple[int, int, Money, bool]
PAIRS = st.tuples(st.integers(1, 4), st.integers(1, 90))
OFFERS = st.dictionaries(PAIRS, st.tuples(st.sampled_from([49900, 50000, 99900, 300000]), st.booleans()), min_size=1)
SOME = st.none() | st.frozensets(st.integers(1, 90), max_size=30).map(set_of)
CHOSEN = st.builds(
    Chosen, SOME, SOME, st.sampled_from([0, 50000]), st.none() | st.sampled_from([50000, 100000]), st.booleans(), SOME
)


def test_a_text_names_colours_prices_and_sizes_left_and_gone():
    offers = [(7, 5, Money(149900), False), (7, 2, Money(149900), True), (3, 4, Money(99900), True)]
    assert assortment(offers) == "3.99900.4. 7.149900.2.5"
    assert assortment(reversed(offers)) == assortment(offers)


def slowly(offers: Sequence[Offer], chosen: Chosen) -> Fulfilled:
    """The same, offer by offer, as the words of the rule say it."""
    sizes, colours, presets, in_stock, is_match = set(), set(), set(), False, False
    for colour, size, price, left in offers:
        if chosen.mine is not None and (not left or size not in ids_in(chosen.mine)):
            continue
        fits_size = chosen.sizes is None or (size in ids_in(chosen.sizes) and left)
        is_there = left or not chosen.in_stock
        fits_colour = chosen.colours is None or colour in ids_in(chosen.colours)
        fits_price = chosen.low <= price.minor and (chosen.high is None or price.minor < chosen.high)
        sizes |= {size} if left and fits_colour and fits_price else set()
        colours |= {colour} if fits_size and fits_price and is_there else set()
        starts = (0, 50000, 100000, 200000, 300000)
        presets |= (
            {sum(price.minor >= start for start in starts) - 1} if fits_size and fits_colour and is_there else set()
        )
        in_stock |= left and fits_size and fits_colour and fits_price
        is_match |= is_there and fits_size and fits_colour and fits_price
    return Fulfilled(set_of(sizes), set_of(colours), set_of(presets), in_stock, is_match)


@given(offers=OFFERS, chosen=CHOSEN)
def test_reading_a_text_is_reading_its_offers(offers, chosen):
    pieces = [(colour, size, Money(price), left) for (colour, size), (price, left) in offers.items()]
    parts = [parsed(part) for part in assortment(pieces).split(" ")]
    assert joined([fulfilled(part, chosen) for part in parts]) == slowly(pieces, chosen)


@given(ids=st.frozensets(st.integers(0, 500)))
def test_a_set_holds_the_ids_it_was_made_of(ids):
    assert list(ids_in(set_of(ids))) == sorted(ids)
