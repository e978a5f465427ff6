"""Facets: OR inside one, AND across, size and colour of the same variant, counts that ignore their own choice."""

import pytest
from sqlalchemy import select

from shop.catalog import browsing, facets, listing, values
from shop.catalog.models import Attribute, Occasion, Product, ProductType
from shop.catalog.wants import Scope, Wants
from shop.extensions import db
from tests.factories import a_product, list_again

ALL = Scope()


def names(wants=None, scope=ALL):
    return sorted(row.name for row in browsing.listed(scope, wants or Wants()))


def counts(facet, wants=None, scope=ALL):
    return {value.value: value.count for value in facets.facets(scope, wants or Wants()).values[facet]}


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
        ("name", ["Kurta", "Shirt", "Tee"]),
        ("popularity", ["Kurta", "Shirt", "Tee"]),
    ],
)
def test_order(shelf, sort, order):
    assert [row.name for row in browsing.listed(ALL, Wants(sort=sort))] == order


def test_sold_out_products_come_last_unless_another_order_is_asked(shelf):
    for variant in shelf[2].variants:
        listing.set_in_stock(variant.id, False)
    assert [row.name for row in browsing.listed(ALL, Wants())][-1] == "Kurta"


def specified(name, *, specifications, **more):
    return a_product(name, specifications=specifications, **more)


@pytest.fixture
def wardrobe(app):
    """Fit and sleeve may be filtered by; the sleeve of one is written otherwise, the care is only to be read."""
    db.session.add_all([Attribute(slug="fit", name="Fit"), Attribute(slug="sleeve", name="Sleeve")])
    db.session.flush()
    work = Occasion(slug="work", name="Work")
    db.session.add(work)
    db.session.flush()
    specified("Tee", specifications={"Fit": "Relaxed", "Sleeve": "Short", "Care": "Cold"}, price=100000)
    specified("Shirt", specifications={"Fit": "Slim", "SLEEVE": "long"}, price=100000, sale_price=65000, occasion=work)
    specified("Kurta", specifications={"Fit": "Relaxed", "Sleeve": "Long"}, price=100000, sale_price=89000, units=0)


@pytest.mark.covers("CAT-06")
def test_attributes_are_facets_of_their_own(wardrobe):
    assert names(Wants(attributes=("fit:relaxed",))) == ["Kurta", "Tee"]
    assert names(Wants(attributes=("fit:relaxed", "fit:slim", "sleeve:long"))) == ["Kurta", "Shirt"]
    assert counts("attributes", Wants(attributes=("fit:relaxed", "sleeve:short"))) == {
        "fit:relaxed": 1, "fit:slim": 0, "sleeve:short": 1, "sleeve:long": 1,
    }  # fmt: skip
    assert facets.facets(ALL, Wants(attributes=("fit:relaxed", "sleeve:short"))).total == 1


@pytest.mark.covers("CAT-06")
def test_what_a_product_says_anew_is_counted_anew(wardrobe):
    tee = db.session.scalars(select(Product).where(Product.name == "Tee")).one()
    tee.specifications = {"Fit": "Slim"}
    list_again(tee)
    assert names(Wants(attributes=("fit:slim",))) == ["Shirt", "Tee"]
    assert counts("attributes") == {"fit:relaxed": 1, "fit:slim": 2, "sleeve:long": 2}


@pytest.mark.covers("CAT-06")
def test_a_band_of_discount_holds_those_above_it(wardrobe):
    assert counts("discount") == {"10": 2, "20": 1, "30": 1}
    assert names(Wants(discount=("10",))) == ["Kurta", "Shirt"]
    assert names(Wants(discount=("30",))) == ["Shirt"]


@pytest.mark.covers("CAT-06")
def test_in_stock_asks_the_same_variant_that_the_other_facets_ask(wardrobe):
    both = a_product("Both", colours=("Indigo", "Madder"))
    listing.set_in_stock(next(v.id for v in both.variants if v.colour.slug == "madder"), False)
    assert names(Wants(stock=("in",))) == ["Both", "Shirt", "Tee"]
    assert names(Wants(stock=("in",), colour=("madder",))) == []
    assert counts("stock", Wants(colour=("madder",))) == {"in": 0}
    assert counts("colour", Wants(stock=("in",))) == {"indigo": 3, "madder": 0}


@pytest.mark.covers("CAT-06")
def test_occasion_and_type_narrow_and_are_counted(wardrobe):
    assert names(Wants(occasion=("work",))) == ["Shirt"]
    assert counts("occasion") == {"work": 1}
    assert counts("type", Wants(occasion=("work",))) == {"t-shirt": 1}


@pytest.mark.covers("CAT-06")
def test_saved_sizes_limit_the_garments_they_are_of(app):
    jeans = ProductType(slug="jeans", name="Jeans", garment="lower")
    db.session.add(jeans)
    a_product("Tee", sizes=("S", "M"))
    a_product("Large tee", sizes=("L",))
    trousers = a_product("Jeans", sizes=("L",))
    trousers.product_type = jeans
    list_again(trousers)
    assert names(Wants(mine=("upper:m",))) == ["Jeans", "Tee"]
    assert names(Wants(mine=("lower:s", "upper:l"))) == ["Large tee"]
    assert counts("size", Wants(mine=("upper:m",))) == {"s": 0, "m": 1, "l": 1}
    assert facets.facets(ALL, Wants(mine=("upper:m",))).total == 2


ASKED = (
    Wants(), Wants(size=("m",)), Wants(colour=("indigo",), stock=("in",)), Wants(discount=("20",), low=300),
    Wants(attributes=("fit:slim", "sleeve:long")), Wants(occasion=("work",), type=("t-shirt",)),
    Wants(mine=("upper:m",)), Wants(mine=("lower:m",), stock=("in",)),
    Wants(mine=("upper:s",), attributes=("fit:slim",)),
)  # fmt: skip


@pytest.mark.covers("CAT-06")
@pytest.mark.parametrize("wants", ASKED, ids=lambda wants: " ".join(map(":".join, wants.chosen)) or "mine")
def test_facets_count_what_filters_find(wardrobe, wants):
    found = facets.facets(ALL, wants)
    assert found.total == browsing.number_of(ALL, wants)
    for facet, shown in found.values.items():
        for value in shown:
            group = [one for one in getattr(wants, facet) if one.partition(":")[0] != value.value.partition(":")[0]]
            alone = wants.only(facet, [*group, value.value] if facet == "attributes" else [value.value])
            assert value.count == browsing.number_of(ALL, alone), (facet, value.value)
