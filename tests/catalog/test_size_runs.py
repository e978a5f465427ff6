"""Broken size runs: which styles have lost their core sizes, as one product sells and as all are counted."""

from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalog import browsing
from shop.catalog.models import ListingRow, Product
from shop.catalog.size_runs import broken_styles, core_of, has_core_sizes, is_broken
from shop.catalog.wants import Scope, Wants
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.operations.audit import audit
from shop.operations.audit.listing import size_runs_that_differ_from_offers
from shop.stock import services
from shop.stock.queries import for_sale
from tests.factories import LETTERS, a_product


def run(text: str) -> list[bool]:
    """A run as text, small to large: `x` is in stock, `-` sold out."""
    return [sign == "x" for sign in text]


def sell_out(product: Product, *sizes: str, colour: str = "Indigo") -> None:
    for variant in product.variants:
        if variant.size.label in sizes and variant.colour.name == colour:
            services.adjust(variant.id, to_on_hand=0, actor=SYSTEM)


def is_whole(product_id: int) -> bool:
    db.session.flush()
    row = select(ListingRow.has_core_sizes).where(ListingRow.product_id == product_id)
    return db.session.scalars(row).one()


def recommended() -> list[str]:
    return [row.name for row in browsing.listed(Scope(), Wants())]


@pytest.mark.covers("INV-01")
@pytest.mark.parametrize(
    ("length", "core"), [(1, ""), (2, ""), (3, "1"), (4, "12"), (5, "123"), (6, "23"), (7, "234"), (9, "345")]
)
def test_the_core_is_what_is_left_without_the_outer_third_at_either_end(length: int, core: str) -> None:
    assert "".join(map(str, core_of(range(length)))) == core


@pytest.mark.covers("INV-01")
@pytest.mark.parametrize(
    ("text", "broken"),
    [("xxx", False), ("x-x", True), ("x-xx", True), ("x--x", True), ("xx-xx", False), ("x--xx", True),
     ("---", False), ("x-", False), ("-xxxx-", False), ("xx--xx", True), ("--x---", True), ("-----x", True)],
)  # fmt: skip
def test_a_run_is_broken_when_something_is_left_but_half_of_its_core_is_gone(text: str, broken: bool) -> None:
    assert is_broken(run(text)) is broken


@pytest.mark.covers("INV-01")
def test_a_style_loses_its_core_with_the_sale_and_gets_it_back_with_the_restock(app: Flask) -> None:
    product = a_product(sizes=("S", "M", "L"), units=1)
    id, medium = product.id, product.variants[1].id
    services.hold(1, {medium: 1})
    assert not is_whole(id)
    services.release(1)
    assert is_whole(id)


def test_one_whole_colour_keeps_a_style_whole(app: Flask) -> None:
    product = a_product(sizes=("S", "M", "L"), colours=("Indigo", "Ecru"), units=1)
    sell_out(product, "M")
    assert is_whole(product.id)
    sell_out(product, "M", colour="Ecru")
    assert not is_whole(product.id)
    sell_out(product, "S", "L", colour="Ecru")
    sell_out(product, "S", "L")
    assert is_whole(product.id)


@pytest.mark.covers("INV-01", "CAT-06")
def test_broken_styles_are_recommended_after_whole_ones_and_before_what_is_sold_out(app: Flask) -> None:
    gone, broken, _whole = (a_product(name, sizes=("S", "M", "L"), units=1) for name in ("Gone", "Broken", "Whole"))
    sell_out(gone, "S", "M", "L")
    sell_out(broken, "M")
    db.session.get_one(ListingRow, broken.id).units_sold = 99
    db.session.flush()
    assert recommended() == ["Whole", "Broken", "Gone"]


def test_the_audit_notices_a_style_that_is_ranked_wrongly(app: Flask) -> None:
    product = a_product(sizes=("S", "M", "L"), units=1)
    assert audit() == []
    db.session.get_one(ListingRow, product.id).has_core_sizes = False
    db.session.flush()
    assert size_runs_that_differ_from_offers() == [f"product {product.id}: its core sizes are told wrongly"]


def test_all_at_once_are_counted_as_one_is(app: Flask) -> None:
    chance, whole = Random(7), {}
    for _ in range(15):
        sizes, colours = LETTERS[: chance.randint(1, 6)], ("Indigo", "Ecru", "Madder")[: chance.randint(1, 3)]
        product = a_product(sizes=sizes, colours=colours, units=0)
        for variant in chance.sample(product.variants, chance.randint(0, len(product.variants))):
            services.adjust(variant.id, to_on_hand=1, actor=SYSTEM)
        left = for_sale(variant.id for variant in product.variants)
        offers = [(v.colour_id, v.size.position, v.size_id, left[v.id] > 0) for v in product.variants]
        whole[product.id] = has_core_sizes(offers)
    broken = set(db.session.scalars(select(broken_styles().c.product_id)))
    assert {id for id, is_one in whole.items() if not is_one} == broken
    assert {id: is_whole(id) for id in whole} == whole
    assert broken
