"""The same words find the same products on both databases."""

import pytest

from shop.catalog import browsing, facets
from shop.catalog.search.words import asked_words, fold, indexed_words
from shop.catalog.wants import Scope, Wants
from tests.factories import a_product


def found(query):
    words = tuple(asked_words(query))
    return [row.name for row in browsing.listed(Scope(words=words), Wants())]


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Shirts", "shirt"),
        ("DRESSES", "dress"),
        ("berries", "berry"),
        ("Piqué", "pique"),
        ("dress", "dress"),
        ("GSM", "gsm"),
    ],
)
def test_folding(word, folded):
    assert fold(word) == folded


def test_a_hyphen_may_be_left_out():
    assert indexed_words("T-shirts") == "t shirt tshirt"
    assert asked_words("t-shirt T-Shirt") == ["t", "shirt"]


@pytest.mark.covers("CAT-06")
def test_all_words_must_be_there_and_the_last_may_be_begun(app):
    a_product("Monday Oxford Shirt", brand="Lampstreet")
    a_product("Oxford Dress")
    assert found("oxford monday") == ["Monday Oxford Shirt"]
    assert sorted(found("OXF")) == ["Monday Oxford Shirt", "Oxford Dress"]
    assert found("oxf monday") == []
    assert found("lampstreet") == ["Monday Oxford Shirt"]


def test_colour_category_fabric_and_description_are_found(app):
    a_product("Plain", colours=("Madder",), specifications={"Fabric": "Piqué"}, description="For slow mornings.")
    assert found("madder") == found("pique") == found("piqué") == found("mornings") == ["Plain"]


def test_the_name_weighs_more_than_the_description(app):
    a_product("Tunic", description="Wear it over a kurta.")
    a_product("Kurta")
    assert found("kurta") == ["Kurta", "Tunic"]


@pytest.mark.parametrize(
    "query",
    ['"', "'", "a' OR 1=1 --", "shirt*", "NEAR(a b)", "AND", "name:shirt", "(((", "\\", "^", "-shirt", "shirt & !dress",
     "<->", ":*", "%_", "कुर्ता", "👕", "ﬁ ½ ²", "İstanbul", "\u0000", "e\u0301"],
)  # fmt: skip
def test_odd_queries_are_words_like_any_other(app, query):
    a_product("Shirt")
    words = tuple(asked_words(query))
    assert not words or isinstance(browsing.listed(Scope(words=words), Wants()), list)
    assert not words or facets.facets(Scope(words=words, any_word=True), Wants()).total >= 0
