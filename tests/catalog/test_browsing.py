"""Facets: OR inside one, AND across, size and colour of the same variant, counts that ignore their own choice."""

import pytest

from shop.catalog import browsing, facets, listing, values
from shop.catalog.wants import Scope, Wants
from tests.factories import a_product

ALL = Scope()


def names(wants=None, scope=ALL):
    return sorted(row.name for row in browsing.listed(scope, wants or Wants()))


def counts(facet, wants=None, scope=ALL):
    return {value.value: value.count for value in getattr(facets.facets(scope, wants or Wants()), facet)}


@pytest.fixture
def shelf(app):
    tee = a_product("Tee", colours=("Indigo", "Madder"), sizes=("S", "M"), price=79900)
    shirt = a_product("Shirt", colours=("Indigo",), sizes=("M", "L"), price=149900, brand="Rangrekha")
    kurta = a_product("Kurta", colours=("Ecru",), sizes=("L",), price=249900, category="kurtas")
    return tee, shirt, kurta


@pytest.mark.covers("CAT-06")
def test_values_of_one_facet_add_up_and_facets_narrow_each_other(shelf):
    assert names(Wants(colour=("ecru", "indigo"))) == ["Kurta", "Shirt", "Tee"]
    assert names(Wants(colour=("ecru", "indigo"), size=("l",))) == ["Kurta", "Shirt"]
    assert names(Wants(brand=("rangrekha",))) == ["Shirt"]


@pytest.mark.covers("CAT-06")
def test_size_and_colour_mean_the_same_variant_in_stock(shelf):
    tee = shelf[0]
    indigo_m = next(v for v in tee.variants if v.colour.slug == "indigo" and v.size.slug == "m")
    listing.set_in_stock(indigo_m.id, False)
    assert names(Wants(colour=("indigo",), size=("m",))) == ["Shirt"]
    assert names(Wants(colour=("madder",), size=("m",))) == ["Tee"]
    assert names(Wants(size=("m",))) == ["Shirt", "Tee"]


@pytest.mark.covers("CAT-06")
def test_counts_ignore_their_own_facets_choice(shelf):
    wants = Wants(colour=("indigo",), size=("l",))
    assert counts("colour", wants) == {"indigo": 1, "madder": 0, "ecru": 1}
    assert counts("size", wants) == {"s": 1, "m": 2, "l": 1}
    assert facets.facets(ALL, wants).total == 1


def test_a_value_that_is_sold_out_everywhere_stays_with_zero(shelf):
    for variant in shelf[2].variants:
        listing.set_in_stock(variant.id, False)
    assert counts("size", Wants(colour=("ecru",))) == {"s": 0, "m": 0, "l": 0}
    assert names(Wants(colour=("ecru",))) == ["Kurta"]


def test_price_range_holds_both_ends(shelf):
    assert names(Wants(low=799, high=1499)) == ["Shirt", "Tee"]
    assert names(Wants(low=1500)) == ["Kurta"]
    assert [preset.count for preset in facets.facets(ALL, Wants()).price] == [0, 1, 1, 1, 0]


def test_a_category_holds_what_is_below_it_and_nothing_beside(app):
    a_product("Here", category="men")
    a_product("Below", category="men/shirts")
    a_product("Beside", category="mens-things")
    assert names(scope=Scope("men")) == ["Below", "Here"]


def test_values_nobody_knows_are_dropped(shelf):
    wants, labels = values.known(Wants(colour=("indigo", "nope"), size=("xxxxl",)))
    assert wants == Wants(colour=("indigo",))
    assert labels == {("colour", "indigo"): "Indigo"}


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("price", ["Tee", "Shirt", "Kurta"]),
        ("price-desc", ["Kurta", "Shirt", "Tee"]),
        ("new", ["Kurta", "Shirt", "Tee"]),
    ],
)
def test_order(shelf, sort, order):
    assert [row.name for row in browsing.listed(ALL, Wants(sort=sort))] == order


def test_sold_out_products_come_last_unless_another_order_is_asked(shelf):
    for variant in shelf[2].variants:
        listing.set_in_stock(variant.id, False)
    assert [row.name for row in browsing.listed(ALL, Wants())][-1] == "Kurta"
