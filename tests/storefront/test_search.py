"""The search page."""

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from shop.catalog.models import EmptySearch
from shop.catalog.search import empty
from shop.extensions import db
from tests.factories import a_product


def cards(answer):
    return re.findall(r'class="card__link" href="[^"]*"[^>]*>([^<]+)<', answer.text)


@pytest.mark.covers("CAT-06")
def test_results_are_a_listing_with_the_words_kept(client, app):
    a_product("Oxford shirt", colours=("Indigo",))
    a_product("Oxford dress", colours=("Madder",))
    answer = client.get("/search?q=oxfo")
    assert sorted(cards(answer)) == ["Oxford dress", "Oxford shirt"]
    assert 'value="oxfo"' in answer.text
    assert cards(client.get("/search?q=oxford&colour=madder")) == ["Oxford dress"]


def test_a_filter_keeps_the_words(client, app):
    a_product("Oxford shirt")
    answer = client.get("/_f/listing?q=oxford&colour=indigo", headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == "/search?q=oxford&colour=indigo"
    assert client.get("/_f/listing?q=%21", headers={"HX-Request": "true"}).status_code == 404


def test_nothing_found_offers_what_has_some_of_the_words(client, app):
    a_product("Oxford shirt")
    answer = client.get("/search?q=oxford+spaceship")
    assert answer.status_code == 200
    assert "With some of these words" in answer.text
    assert cards(answer) == ["Oxford shirt"]


@pytest.mark.covers("CAT-06")
def test_a_slip_is_said_and_can_be_insisted_on(client, app):
    a_product("Oxford kurta")
    answer = client.get("/search?q=kutra")
    assert cards(answer) == ["Oxford kurta"]
    assert "Results for “kurta”" in answer.text
    assert "/search?q=kutra&amp;exact=1" in answer.text
    insisted = client.get("/search?q=kutra&exact=1")
    assert "Nothing for “kutra”" in insisted.text
    assert cards(insisted) == ["Oxford kurta"]
    assert "What others like" in insisted.text


def test_a_filter_of_a_corrected_search_counts_what_is_shown(client, app):
    a_product("Oxford kurta", colours=("Indigo",))
    a_product("Oxford dress", colours=("Indigo",))
    answer = client.get("/_f/listing?q=kutra&colour=indigo", headers={"HX-Request": "true"})
    assert "1 product<" in answer.text
    assert answer.headers["HX-Push-Url"] == "/search?q=kutra&colour=indigo"


@pytest.mark.covers("CAT-06")
def test_every_search_that_finds_nothing_is_counted(client, app, monkeypatch):
    monkeypatch.setattr(empty, "waiting", empty.Waiting())
    monkeypatch.setattr(empty, "PAUSE", 0.0)
    a_product("Oxford kurta")
    for path in ("/search?q=Spaceships", "/search?q=spaceship", "/search?q=oxford", "/search?q=!"):
        assert client.get(path).status_code == 200
    counted = db.session.execute(select(EmptySearch.words, EmptySearch.times)).all()
    assert [tuple(row) for row in counted] == [("spaceship", 2)]


def test_a_flood_of_nonsense_does_not_fill_the_table(client, app, monkeypatch):
    monkeypatch.setattr(empty, "waiting", empty.Waiting())
    monkeypatch.setattr(empty, "PAUSE", 0.0)
    monkeypatch.setattr(empty, "MOST_A_DAY", 3)
    for number in range(6):
        client.get(f"/search?q=nonsense{number}")
    client.get("/search?q=nonsense0")
    counted = {row.words: row.times for row in db.session.execute(select(EmptySearch.words, EmptySearch.times))}
    assert counted == {"nonsense0": 2, "nonsense1": 1, "nonsense2": 1}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_no_text_breaks_the_search(client, app, text):
    assert client.get("/search", query_string={"q": text}).status_code == 200
    assert client.get("/search", query_string={"q": f"{text} tee {text}", "exact": text}).status_code == 200


@pytest.mark.parametrize("query", ["", "   ", "!!!", "\u200b", "\0"])
def test_without_a_word_the_page_asks_for_one(client, app, query):
    answer = client.get(f"/search?q={quote(query)}")
    assert answer.status_code == 200
    assert "What are you looking for?" in answer.text


@pytest.mark.parametrize(
    "query",
    ['"tee', "tee*", "a AND b", "<script>alert(1)</script>", "x" * 10_000, "tee " * 2500, "👕 tee", "';--", "\0tee"],
)
def test_any_text_is_answered(client, app, query):
    a_product("Tee")
    answer = client.get(f"/search?q={quote(query)}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_broken_bytes_are_answered(client, app):
    assert client.get("/search?q=%ff%fe%c3%28").status_code == 200
