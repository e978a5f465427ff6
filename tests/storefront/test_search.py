"""The search page."""

import re
from urllib.parse import quote

import pytest

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
