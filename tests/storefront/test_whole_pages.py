"""Whole pages are made once for everyone without a session, and never show what is no longer so."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import brotli
import pytest
import time_machine
from flask import Flask, request
from sqlalchemy import select

from shop.catalog.models import Category, Product, Variant
from shop.content.models import Block, Page
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.http import kept_pages
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising import services as merchandising
from shop.stock import services as stock
from shop.store.models import StoreProfile
from tests.factories import a_product, a_user, list_again, sign_in
from tests.storefront.shoppers import with_bag
from tests.support.statements import statements

EARLIER_NIGHT = datetime(2026, 11, 20, 18, 29, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 11, 20, 18, 31, tzinfo=UTC)


@pytest.fixture
def slug(app: Flask) -> str:
    product = a_product("Breton tee", price=199900, category="men", units=10)
    db.session.add(Page(slug="about", title="About", body="Who we are"))
    db.session.commit()
    return product.slug


@pytest.fixture
def view(app: Flask) -> Any:
    """Puts a view of the test's own behind the home page."""
    kept = app.view_functions["home.show"]

    def put(function: Callable[[], object], *parameters: str) -> None:
        app.view_functions["home.show"] = kept_pages.same_for_all(*parameters)(function)

    yield put
    app.view_functions["home.show"] = kept


def is_made_anew(ask: Callable[[], Any]) -> bool:
    """Whether the shop itself was asked; the stamp is read on a line of its own."""
    with statements() as seen:
        assert ask().status_code == 200
    return bool(seen)


def memory(app: Flask) -> Any:
    return app.extensions["whole_pages"].memory


@pytest.mark.parametrize(
    "path", ["/", "/c/men", "/c/men?colour=indigo&sort=new", "/search?q=breton", "/p/{}?colour=indigo", "/pages/about"]
)
def test_a_second_visitor_sees_the_page_without_it_being_made_again(app, client, slug, path):
    path = path.format(slug)
    first, other = client.get(path), app.test_client()
    assert not is_made_anew(lambda: other.get(path))
    again = other.get(path)
    assert again.data == first.data
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    assert again.headers["Cache-Control"] == "no-cache"
    assert {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} <= set(again.headers.keys())
    assert "Set-Cookie" not in again.headers


def change_price() -> None:
    merchandising.set_price(db.session.scalars(select(Variant.id)).one(), Money(129900))


def change_name() -> None:
    product = db.session.scalars(select(Product)).one()
    product.name = "Harbour tee"
    list_again(product)


def leave_three() -> None:
    stock.adjust(db.session.scalars(select(Variant.id)).one(), to_on_hand=3, actor=SYSTEM)


def announce() -> None:
    db.session.scalars(select(StoreProfile)).one().announcement = "Closed for Diwali"


@pytest.mark.parametrize(
    ("change", "text"),
    [(change_price, "₹1,299"), (change_name, "Harbour tee"), (leave_three, "3 left"), (announce, "Closed for Diwali")],
)
def test_a_change_made_in_another_process_shows_on_the_next_view(app, client, make_shop, slug, change, text):
    elsewhere = make_shop().test_client()
    for visitor in (client, elsewhere):
        assert text not in visitor.get(f"/p/{slug}").text
    with unit_of_work():
        change()
    for visitor in (client, elsewhere):
        assert text in visitor.get(f"/p/{slug}").text


WHERE_IT_SHOWS = (
    "/", "/c/men", "/c/men?colour=indigo&sort=new", "/c/men?stock=in", "/_f/listing?category=men&sort=price",
    "/search?q=breton", "/search/suggest?q=bre", "/p/{}",
)  # fmt: skip


@pytest.mark.covers("CAT-06", "INV-01")
def test_a_new_price_and_the_last_piece_sold_show_on_every_page_that_is_kept(client, slug):
    def say(text: str) -> set[str]:
        return {path for path in WHERE_IT_SHOWS if text in client.get(path.format(slug)).text}

    db.session.add(Block(kind="rail", title="New", content={"source": "new"}, position=1, published_at=now()))
    db.session.commit()
    assert (say("₹1,999"), say("₹1,299"), say("old out")) == (set(WHERE_IT_SHOWS), set(), set())
    with unit_of_work():
        change_price()
    assert say("₹1,299") == set(WHERE_IT_SHOWS)
    with unit_of_work():
        stock.adjust(db.session.scalars(select(Variant.id)).one(), to_on_hand=0, actor=SYSTEM)
    left_out = {"/", "/c/men?stock=in"}
    assert (say("old out"), say("Breton tee")) == (set(WHERE_IT_SHOWS) - left_out,) * 2


def test_what_was_rolled_back_is_never_shown(client, slug):
    def fail() -> None:
        change_price()
        raise ZeroDivisionError

    before = client.get(f"/p/{slug}").data
    with pytest.raises(ZeroDivisionError), unit_of_work():
        fail()
    assert client.get(f"/p/{slug}").data == before


@pytest.fixture
def overtaken(client: Any, view: Any, make_shop: Callable[..., Flask]) -> Callable[[], list[str]]:
    """Two visits of a page that shows the announcement; while the first is made, another process changes it."""
    other, changed = make_shop(), []

    def change() -> None:
        with other.app_context(), unit_of_work():
            announce()

    def show() -> str:
        shown = str(db.session.scalars(select(StoreProfile.announcement)).one())
        if not changed:
            changed.append(True)
            thread = Thread(target=change)
            thread.start()
            thread.join()
        return shown

    view(show)
    return lambda: [client.get("/").text, client.get("/").text]


def test_a_page_made_while_the_catalogue_changes_is_not_kept_as_the_new_state(overtaken):
    assert overtaken() == ["None", "Closed for Diwali"]


def test_control_a_stamp_read_after_the_page_was_made_keeps_the_old_state(app, overtaken, monkeypatch):
    pages = app.extensions["whole_pages"]

    def make_late(key: Any, environ: Any) -> Any:
        page = make(key, environ)
        pages.memory.put((pages.stamps.read(), *key[1:]), page)
        return page

    make = pages._make
    monkeypatch.setattr(pages, "_make", make_late)
    assert overtaken() == ["None", "None"]


def test_who_has_a_session_gets_a_page_of_their_own(app, client, slug):
    plain = client.get(f"/p/{slug}").text
    signed_in, guest = app.test_client(), app.test_client()
    sign_in(signed_in, a_user())
    with_bag(guest)
    for visitor in (signed_in, guest):
        answer = visitor.get(f"/p/{slug}")
        assert answer.text != plain
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers


@pytest.mark.parametrize("header", [("HX-Request", "true"), ("Accept", "application/json"), ("X-Method", "")])
def test_fragments_and_json_are_not_answered_with_whole_pages(app, client, slug, header):
    client.get(f"/p/{slug}")
    assert is_made_anew(lambda: client.get(f"/p/{slug}", headers=[header])) is (header[0] != "X-Method")


def test_a_view_is_handed_nothing_that_others_may_not_see(client, view):
    def tell() -> str:
        return repr(
            (sorted(request.cookies), sorted(request.args), sorted(request.headers.keys()), request.remote_addr)
        )

    view(tell, "colour")
    client.set_cookie("theme", "dark")
    client.set_cookie("tracking", "1")
    told = client.get("/?colour=ink&utm_source=mail", headers={"Referer": "http://a.example", "Accept-Language": "hi"})
    assert told.text == repr((["theme"], ["colour"], ["Cookie", "Host"], None))


def test_a_page_that_sets_a_cookie_or_refuses_is_not_kept(app, client, slug, view):
    before = len(memory(app))
    for path in ("/p/nothing", "/c/men?colour=ink&colour=olive"):
        client.get(path)
    view(lambda: ("", {"Set-Cookie": "a=b"}))
    assert client.get("/").headers["Set-Cookie"] == "a=b"
    assert len(memory(app)) == before


def test_junk_parameters_and_cookies_make_no_more_pages(app, client, slug):
    client.get("/c/men?sort=new&colour=indigo")
    before = len(memory(app))
    for number in range(5):
        client.set_cookie("tracking", str(number))
        assert not is_made_anew(lambda number=number: client.get(f"/c/men?utm={number}&colour=indigo&sort=new"))
    assert len(memory(app)) == before


def test_each_theme_has_its_page(client, slug):
    plain = client.get("/").text
    client.set_cookie("theme", "dark")
    assert 'data-theme="dark"' in client.get("/").text
    client.set_cookie("theme", "nonsense")
    assert client.get("/").text == plain


@pytest.mark.parametrize("sent", ["a=\xff", "\xff\xfe", "theme=\xe9", ";=;", 'theme="\\400'])
def test_a_cookie_of_odd_bytes_from_elsewhere_is_passed_over(client, slug, sent):
    plain = client.get("/").text
    answer = client.get("/", headers={"Cookie": sent})
    assert (answer.status_code, answer.text) == (200, plain)


@pytest.mark.parametrize(
    ("accepts", "packing", "unpack"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("br;q=0", None, bytes)],
)
def test_pages_are_sent_in_the_packing_a_browser_takes(client, slug, accepts, packing, unpack):
    plain = client.get("/").data
    for _ in range(2):
        answer = client.get("/", headers={"Accept-Encoding": accepts})
        assert answer.headers.get("Content-Encoding") == packing
        assert unpack(answer.data) == plain
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert {"Cookie", "HX-Request", "Accept-Encoding"} == set(answer.vary)


def test_a_browser_that_has_the_page_is_told_so_until_it_changes(client, slug):
    tag = client.get("/c/men").headers["ETag"]
    answer = client.get("/c/men", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    with unit_of_work():
        change_price()
    assert client.get("/c/men", headers={"If-None-Match": tag}).status_code == 200


def test_head_is_the_page_without_its_body(client, slug):
    for _ in range(2):
        head, whole = client.head("/c/men"), client.get("/c/men")
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["Content-Length"] == str(len(whole.data))
        assert head.headers["ETag"] == whole.headers["ETag"]


def test_another_shops_name_is_refused_also_for_a_page_that_is_kept(client, slug):
    client.get("/c/men")
    assert client.get("/c/men", headers={"Host": "evil.example"}).status_code == 400


def test_delivery_days_move_on_at_midnight_where_the_store_is(client, slug):
    with time_machine.travel(EARLIER_NIGHT, tick=False) as clock:
        before = client.get(f"/p/{slug}").text
        assert client.get(f"/p/{slug}").text == before
        clock.move_to(AFTER_MIDNIGHT)
        after = client.get(f"/p/{slug}").text
    assert "Wed 25 Nov" in before
    assert "Wed 25 Nov" not in after
    assert "Thu 26 Nov" in after


def test_a_product_stops_being_new_without_anybody_changing_it(client, slug):
    with time_machine.travel(now(), tick=False) as clock:
        assert "card__badge" in client.get("/c/men").text
        clock.shift(21 * 24 * 3600 + 1)
        assert "card__badge" not in client.get("/c/men").text


def test_pages_stay_within_their_bytes(app, client, slug, monkeypatch):
    kept = memory(app)
    monkeypatch.setattr(kept, "most", 60_000)
    for number in range(30):
        assert client.get(f"/search?q=word{number}").status_code == 200
    assert 2 < len(kept) < 30
    assert kept.weight <= 60_000


def test_pages_are_logged_whether_kept_or_not(client, slug, capsys):
    for method, status in (("GET", 200), ("GET", 200), ("HEAD", 200)):
        answer = client.open("/c/men", method=method)
        line = capsys.readouterr().out
        assert line.count("path=/c/men") == 1
        assert all(part in line for part in (f"method={method}", f"status={status}", answer.headers["X-Request-ID"]))


def test_header_and_footer_are_made_once_for_all_pages_of_one_state_of_the_catalogue(app, client, slug, monkeypatch):
    parts = app.jinja_env.globals["frame_html"].__self__.memory
    monkeypatch.setattr(parts, "most", 1000)
    client.get("/c/men")
    before = len(parts)
    for path in ("/", f"/p/{slug}", "/pages/about", "/search?q=breton"):
        client.get(path)
    assert len(parts) == before
    client.set_cookie("theme", "dark")
    assert 'value="dark" aria-pressed="true"' in client.get("/").text
    assert len(parts) == before + 2
    client.delete_cookie("theme")
    with unit_of_work():
        change_categories()
    assert "Harbour wear" in client.get("/").text


def change_categories() -> None:
    db.session.scalars(select(Category).where(Category.slug == "men")).one().name = "Harbour wear"
