"""The matrix with a guard taken away: each must fail it, or the matrix proves nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.exceptions import Forbidden

from shop.accounts.models import Address
from shop.accounts.permissions import Permission
from shop.cart.models import CartLine, WishlistItem
from shop.catalog.models import Brand
from shop.extensions import db
from shop.lib.queries import one_or_404
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from tests.matrix.entries import Entry
from tests.matrix.test_doors import ENTRIES
from tests.matrix.walking import told_apart, wrongly_let_in_or_refused
from tests.matrix.world import World

pytestmark = pytest.mark.one_engine
# A query of somebody's own things → the same without its owner, and a route that then gives a stranger's away.
UNOWNED: dict[str, tuple[Callable[..., Any], str]] = {
    "shop.cart.queries.line_of": (
        lambda _visitor, line_id: select(CartLine).where(CartLine.id == line_id),
        "POST /cart/lines/<int:line_id>/removal"),
    "shop.cart.queries.saved_line_of": (
        lambda _visitor, line_id: select(CartLine).where(CartLine.id == line_id),
        "POST /cart/saved/<int:line_id>/removal"),
    "shop.cart.queries.item_of": (
        lambda _visitor, item_id: select(WishlistItem).where(WishlistItem.id == item_id),
        "DELETE /api/v1/wishlist-items/<key:item_id>"),
    "shop.accounts.services.addresses.addresses_of": (
        lambda _user_id, _use=None: select(Address), "GET /api/v1/user-address/<key:item_id>"),
    "shop.storefront.orders.orders_of": (lambda _visitor: select(Order), "GET /account/orders/<number>"),
}  # fmt: skip


def entry_of(route: str) -> Entry:
    return next(entry for entry in ENTRIES if entry.route == route)


@pytest.mark.parametrize("query", UNOWNED)
def test_matrix_notices_a_query_that_forgot_its_owner(world: World, monkeypatch: pytest.MonkeyPatch, query: str):
    unowned, route = UNOWNED[query]
    assert told_apart(world, entry_of(route)) == []
    monkeypatch.setattr(query, unowned)
    assert told_apart(world, entry_of(route)) != []


def test_matrix_notices_that_a_strangers_order_is_refused_otherwise_than_a_missing_one(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    def one_or_403(statement: Any) -> Any:
        one_or_404(select(Order).where(statement.whereclause.clauses[-1]))
        raise Forbidden

    monkeypatch.setattr("shop.storefront.orders.one_or_404", one_or_403)
    assert told_apart(world, entry_of("GET /account/orders/<number>")) != []


@pytest.mark.parametrize(
    ("blueprint", "route"),
    [
        ("orders", "GET /account/orders"),
        ("addresses", "POST /account/addresses/new"),
        ("staff_orders", "POST /staff/orders/<number>/confirmation"),
        ("api_cart_items", "GET /api/v1/cart-items/"),
    ],
)
def test_matrix_notices_a_door_without_its_guard(
    world: World, monkeypatch: pytest.MonkeyPatch, blueprint: str, route: str
):
    monkeypatch.setitem(world.app.before_request_funcs, blueprint, [])
    assert wrongly_let_in_or_refused(world, entry_of(route)) != []


def test_matrix_notices_that_a_page_asks_for_another_permission(world: World, monkeypatch: pytest.MonkeyPatch):
    cancel = world.app.view_functions["staff_orders.cancel"]
    monkeypatch.setattr(cancel, "permission", Permission.ORDER_UPDATE)
    assert wrongly_let_in_or_refused(world, entry_of("POST /staff/orders/<number>/cancellation")) != []


def test_matrix_notices_a_refusal_that_writes(world: World, monkeypatch: pytest.MonkeyPatch):
    def note_the_visit() -> None:
        with unit_of_work():
            db.session.add(Brand(slug=secrets.token_hex(8), name=secrets.token_hex(8)))

    before = world.app.before_request_funcs
    monkeypatch.setitem(before, None, [note_the_visit, *before[None]])
    assert "refusals change ['audit_entry', 'brand', 'catalogue_stamp']" in wrongly_let_in_or_refused(
        world, entry_of("GET /staff/customers")
    )
