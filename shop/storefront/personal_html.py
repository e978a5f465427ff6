"""What belongs to one visitor on pages that are made once for everyone: the fillers of their holes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, g, session
from markupsafe import Markup

from shop.accounts.visits import visitor
from shop.cart import queries as cart_queries
from shop.catalog.saved_sizes import by_wearer, saved_as_text
from shop.lib.http import holes
from shop.lib.http.cross_site import csrf_token_input
from shop.lib.unit_of_work import is_read_only
from shop.storefront.shelf_parts import PLACE_OF_SIZES

T = TypeVar("T")


def install(app: Flask) -> None:
    """Give templates the holes a page of the shop has."""
    fillers: dict[str, holes.Filler] = {
        "csrf": lambda _: csrf_token_input(),
        "account_url": lambda _: "/account" if visitor().is_authenticated else "/login",
        "account_name": lambda _: "Your account" if visitor().is_authenticated else "Log in",
        "bag_count": lambda _: _part("shared/_bag_count.html", bag_count=counts()[0]),
        "wishlist_count": lambda _: _part("shared/_wishlist_count.html", wishlist_count=counts()[1]),
        "heart": lambda product_id: HEARTS[int(product_id) in wished()],
        "heart_on": lambda product_id: "0" if int(product_id) in wished() else "1",
        "heart_pressed": lambda product_id: "true" if int(product_id) in wished() else "false",
        "my_sizes": my_sizes,
        "support": lambda _: _part("layouts/_support.html", current_user=visitor()) if visitor().helper else "",
        "toasts": lambda _: _part("layouts/_flashed.html") if "_flashes" in session else "",
    }
    holes.install(app, fillers)


IN_SIZES_OF = {"own": "In my sizes", "partner": "In my partner’s sizes", "child": "In my child’s sizes"}
# Which of the two shared forms a card's heart sends, and what it says of itself.
HEARTS = {False: 'form="wish" aria-pressed="false"', True: 'form="unwish" aria-pressed="true"'}


def my_sizes(url: str) -> Markup | str:
    """The switches to listings in the visitor's saved sizes, one for each wearer who has some."""
    if not url or not visitor().user_id:
        return ""
    saved = by_wearer(_counts_and_sizes()[2])
    links = [(IN_SIZES_OF[wearer], url.replace(PLACE_OF_SIZES, ",".join(s))) for wearer, s in saved.items() if s]
    return _part("storefront/saved_sizes/_switches.html", links=links)


def counts() -> tuple[int, int]:
    """Units in the visitor's bag and items on their wishlist."""
    return _counts_and_sizes()[:2]


def _counts_and_sizes() -> tuple[int, int, str | None]:
    """Asked together: the header comes before anybody knows whether the page is a list."""
    return _once("personal_counts", lambda: cart_queries.counts_and(saved_as_text(), visitor()))


def wished() -> set[int]:
    """The ids of what the visitor likes."""
    return _once("personal_wishes", lambda: cart_queries.wished_products(visitor()))


def _once(name: str, read: Callable[[], T]) -> T:
    """Asked once where nothing can change in between."""
    found: T | None = g.get(name)
    if found is None:
        found = read()
        if is_read_only():
            setattr(g, name, found)
    return found


def _part(template: str, **shown: object) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(**shown))  # noqa: S704  (templates escape)
