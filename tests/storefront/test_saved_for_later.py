"""What waits below the bag until later: moved there and back, told of what changed, and in no total."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from shop.accounts.visitor import Visitor
from shop.cart import queries, services
from shop.cart.errors import BadQuantity, NotEnough
from shop.cart.models import CartLine
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.stock import services as stock_services
from tests.checkout.buying import a_ready_buyer, order_by
from tests.factories import a_customer, a_guest, a_user, a_variant, list_again
from tests.storefront.people import browser_of, log_in
from tests.support.statements import BUDGET, statements

PAGE = {"HX-Request": "true", "HX-Target": "bag"}


@pytest.fixture
def client(client: Any) -> Any:
    return browser_of(client)


def kept() -> list[tuple[int, int, bool]]:
    """Variant, units and whether they wait, of every line there is."""
    db.session.rollback()
    lines = db.session.scalars(select(CartLine).order_by(CartLine.id))
    return [(line.variant_id, line.quantity, line.saved_at is not None) for line in lines]


def line_id(variant: Any) -> int:
    db.session.rollback()
    return db.session.scalars(select(CartLine.id).where(CartLine.variant_id == variant.id)).one()


def in_bag(client: Any, *variants: Any, quantity: int = 1) -> None:
    for variant in variants:
        client.post("/cart/lines", data={"variant_id": variant.id, "quantity": quantity})


def waiting(visitor: Visitor, variant: Any, units: int) -> int:
    """The id of a line that waits."""
    return services.save_variant(visitor, variant.id, units).id


@pytest.mark.covers("CRT-01")
@pytest.mark.parametrize("headers", [{}, PAGE], ids=["page", "htmx"])
def test_a_line_waits_below_the_bag_counts_for_nothing_and_comes_back(client, headers):
    dear, cheap = a_variant(name="Breton tee", price=150000), a_variant(name="Loom kurta", price=40000)
    in_bag(client, dear, cheap, quantity=2)
    client.post(f"/cart/lines/{line_id(dear)}/later", headers=headers)
    assert kept() == [(dear.id, 2, True), (cheap.id, 2, False)]
    page = client.get("/cart").text
    assert "Your bag (2)" in page
    assert "Saved for later (1)" in page
    assert re.search(r"Total before delivery.*?₹800", page, re.DOTALL)
    client.post(f"/cart/saved/{line_id(dear)}/bag-line", headers=headers)
    assert kept() == [(dear.id, 2, False), (cheap.id, 2, False)]
    assert "Saved for later (" not in client.get("/cart").text


@pytest.mark.covers("CRT-01")
@pytest.mark.parametrize("headers", [{}, PAGE], ids=["page", "htmx"])
def test_saving_and_removing_can_be_undone_to_the_unit(client, headers):
    variant = a_variant()
    in_bag(client, variant, quantity=2)
    client.post(f"/cart/lines/{line_id(variant)}/later")
    in_bag(client, variant, quantity=3)
    bag_line = db.session.scalars(select(CartLine.id).where(CartLine.saved_at.is_(None))).one()
    press_undo(client, client.post(f"/cart/lines/{bag_line}/later", headers=headers), headers)
    assert sorted(kept()) == sorted([(variant.id, 2, True), (variant.id, 3, False)])
    client.post(f"/cart/lines/{bag_line_id()}/removal")
    press_undo(client, client.post(f"/cart/saved/{line_id(variant)}/removal", headers=headers), headers)
    assert kept() == [(variant.id, 2, True)]


def bag_line_id() -> int:
    db.session.rollback()
    return db.session.scalars(select(CartLine.id).where(CartLine.saved_at.is_(None))).one()


def press_undo(client: Any, answer: Any, headers: dict[str, str]) -> None:
    """The form that the answer, or the page it leads to, offers."""
    shown = answer.text if headers else client.get(answer.location).text
    form = re.search(r'<form action="([^"]+)"[^>]*id="undo-\d+".*?</form>', shown, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    assert client.post(form[1], data=fields, headers=headers).status_code in {200, 303}


@pytest.mark.covers("CRT-01")
def test_the_same_variant_merges_on_either_side_and_what_does_not_fit_stays(app):
    guest, variant = a_guest(), a_variant(units=500)
    services.add_line(guest, variant.id, 70)
    services.save_for_later(guest, queries.bag_of(guest).lines[0].id)
    services.add_line(guest, variant.id, 60)
    services.save_for_later(guest, queries.bag_of(guest).lines[0].id)
    bag = queries.bag_of(guest)
    assert ([line.quantity for line in bag.lines], [line.quantity for line in bag.saved]) == ([30], [100])
    services.bring_back(guest, bag.saved[0].id)
    bag = queries.bag_of(guest)
    assert ([line.quantity for line in bag.lines], [line.quantity for line in bag.saved]) == ([100], [30])
    with pytest.raises(BadQuantity):
        services.bring_back(guest, bag.saved[0].id)


@pytest.mark.covers("CRT-01")
def test_what_waits_joins_the_account_at_login(client):
    user, both, mine = a_user(), a_variant(), a_variant()
    waiting(a_customer(user), both, 2)
    db.session.commit()
    in_bag(client, both, mine)
    for variant in (both, mine):
        line = db.session.scalars(
            select(CartLine.id).where(CartLine.variant_id == variant.id, CartLine.saved_at.is_(None))
        )
        client.post(f"/cart/lines/{line.one()}/later")
    in_bag(client, both)
    log_in(client, user.email)
    assert sorted(kept()) == sorted([(both.id, 3, True), (both.id, 1, False), (mine.id, 1, True)])


@pytest.mark.covers("CRT-02")
def test_what_waits_tells_what_changed_and_stops_nobody(client):
    dearer, fewer, out, gone, bought = (a_variant() for _ in range(5))
    in_bag(client, dearer, fewer, out, gone, quantity=5)
    for variant in (dearer, fewer, out, gone):
        client.post(f"/cart/lines/{line_id(variant)}/later")
    in_bag(client, bought)
    dearer.price = Money(159900)
    stock_services.hold(77, {fewer.id: 7, out.id: 10})
    gone.product.published_at = None
    list_again(gone.product)
    page = client.get("/cart").text
    for words in ("The price went up from ₹1,499 to ₹1,599.", "Only 3 left; you saved 5.", "Sold out for now.",
                  "No longer sold."):  # fmt: skip
        assert words in page
    assert 'href="/checkout/contact"' in page
    assert page.count("Move to bag<") == 2


@pytest.mark.covers("CRT-02")
def test_what_comes_back_goes_on_telling_until_the_buyer_accepts(app):
    guest, dearer, fewer = a_guest(), a_variant(), a_variant(units=5)
    ids = [waiting(guest, dearer, 1), waiting(guest, fewer, 4)]
    dearer.price = Money(159900)
    stock_services.hold(1, {fewer.id: 3})
    for saved in ids:
        services.bring_back(guest, saved)
    assert [line.problem for line in queries.bag_of(guest).lines] == ["price_up", "less_left"]


@pytest.mark.covers("CRT-02")
def test_what_cannot_be_bought_does_not_come_back(app):
    guest, out, gone = a_guest(), a_variant(), a_variant()
    ids = [waiting(guest, out, 1), waiting(guest, gone, 1)]
    stock_services.hold(1, {out.id: 10})
    gone.product.published_at = None
    list_again(gone.product)
    for saved, refusal in zip(ids, (NotEnough, NotFound), strict=True):
        with pytest.raises(refusal):
            services.bring_back(guest, saved)
    assert len(queries.bag_of(guest).saved) == 2


@pytest.mark.covers("CRT-01", "ORD-01")
def test_an_order_leaves_what_waits(app):
    bought, later = a_variant(), a_variant()
    buyer = a_ready_buyer(bought)
    waiting(buyer, later, 2)
    db.session.commit()
    later_id = later.id
    order_by(buyer)
    assert kept() == [(later_id, 2, True)]
    assert queries.counts_of(buyer) == (0, 0)


def test_a_long_list_asks_no_more_than_a_short_bag(client):
    for _ in range(7):
        variant = a_variant()
        in_bag(client, variant)
        client.post(f"/cart/lines/{line_id(variant)}/later")
    in_bag(client, a_variant())
    for headers in ({}, PAGE):
        with statements() as seen:
            assert client.get("/cart", headers=headers).status_code == 200
        assert len(seen) <= BUDGET, seen
