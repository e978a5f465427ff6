"""What pages for everyone read is watched: a table they show makes a new stamp, or stands here with the reason."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from shop.cli.demo.command import load_once
from shop.extensions import db
from tests.factories import a_user, sign_in

NOT_WATCHED = {
    "catalogue_stamp": "it is the stamp",
    "stock_level": "shown in part: shop/stock/services tells when a page says another number",
    "empty_search": "no page shows it; a search that found nothing is counted after its answer",
    "product_search": "written together with the product's listing rows",
}
WATCHED_FOR_SOMEONE = {
    "tax_rate": "no page for everyone shows tax, but bags are priced with rates that are kept by stamp",
    "promotion": "no page for everyone shows one, but bags are priced with rules that are kept by stamp",
    "promotion_scope": "with its promotion",
}
PAGES = {
    "home.show": ("/",),
    "category.show": (
        "/c/men?attributes=fit:regular",
        "/c/men",
        "/c/men?colour=ecru,ink&size=m&price=500-1500&sort=discount",
        "/c/men?size=xs&price=1-2",
    ),
    "search.show": ("/search", "/search?q=shirt", "/search?q=shirt+nonsense", "/search?q=!"),
    "search.suggest": ("/search/suggest?q=shi", "/search/suggest?q=!"),
    "product.show": ("/p/sunday-crew-tee", "/p/sunday-crew-tee?colour=ink&size=m"),
    "size_guide.show": ("/size-guide/t-shirt?for=men",),
    "pages.show": ("/pages/size-guide",),
}
TABLE = re.compile(r"\b(?:FROM|JOIN)\s+\"?(\w+)", re.IGNORECASE)


def views_for_all(app: Flask) -> set[str]:
    return {name for name, view in app.view_functions.items() if hasattr(view, "page_parameters")}


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """The tables named by the statements of the block."""
    found: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.update(TABLE.findall(statement))

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def watched() -> set[str]:
    return {table.name for table in db.metadata.tables.values() if table.info.get("is_shown")}


def test_every_view_that_is_the_same_for_all_is_listed(app):
    assert views_for_all(app) == set(PAGES)


def test_every_table_a_page_for_everyone_reads_is_watched(app, client):
    load_once()
    known = set(db.metadata.tables) | {"product_search"}
    with tables_read() as read:
        for path in (path for paths in PAGES.values() for path in paths):
            assert client.get(path).status_code == 200, path
    assert {"product", "listing_row", "stock_level", "page", "store_profile"} <= read
    assert (read & known) - watched() == set(NOT_WATCHED) & read
    assert watched() - set(WATCHED_FOR_SOMEONE) <= read


@pytest.mark.one_engine
def test_control_a_page_for_someone_reads_what_is_not_watched(app, client):
    load_once()
    sign_in(client, a_user())
    with tables_read() as read:
        client.get("/")
    assert {"session", "wishlist_item"} <= read - watched() - set(NOT_WATCHED)
