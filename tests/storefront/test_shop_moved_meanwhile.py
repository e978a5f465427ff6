"""The owner moves the shop to another country, in another process, while somebody's form is being worked on."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g, render_template

from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.store import queries
from shop.store.queries import active_profile, store
from shop.store.services import move_to
from tests.support.shops import ShopClient


def move_elsewhere(other: Flask) -> None:
    with other.app_context(), unit_of_work():
        move_to(db.session.scalars(active_profile()).one(), "BD")


def page_of_a_form(shop: Flask, meanwhile: Callable[[], None]) -> str:
    """A view of steps: it looked at the store, worked for a while, and makes its page in a unit of its own."""
    with shop.test_request_context("/login", method="POST"):
        with unit_of_work(read_only=True):
            assert store().country == "IN"
        meanwhile()
        with unit_of_work(read_only=True):
            return render_template("layouts/storefront.html")


@pytest.mark.covers("STO-02")
def test_page_and_all_after_it_are_of_the_new_country(
    app: Flask, client: ShopClient, make_shop: Callable[..., Flask]
) -> None:
    other = make_shop()
    page = page_of_a_form(app, lambda: move_elsewhere(other))
    for shown in (page, client.get("/").text, other.test_client().get("/").text):
        assert 'lang="en-BD"' in shown
        assert ("bKash" in shown, "UPI" in shown) == (True, False)


@pytest.mark.control
def test_control_what_is_read_once_a_request_stays_on_pages_made_later(
    app: Flask, client: ShopClient, make_shop: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    def once_a_request(name: str, read: Callable[[], Any]) -> Any:
        return g.setdefault("seen_in_request", {}).setdefault(name, read())

    monkeypatch.setattr(queries, "once_a_unit", once_a_request)
    other = make_shop()
    page_of_a_form(app, lambda: move_elsewhere(other))
    assert "UPI" in client.get("/").text
