"""Searches that find nothing are taken for what they may have been meant to be."""

import pytest

from shop.catalog import browsing
from shop.catalog.models import SearchWord
from shop.catalog.search import keeping, vocabulary
from shop.catalog.search.scripts import latin
from shop.catalog.search.searching import searched
from shop.catalog.wants import Scope, Wants
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from tests.factories import a_product


def names(query):
    asked = searched(query)
    return [row.name for row in browsing.listed(Scope(words=asked.words), Wants())]


def keep(*lines):
    for words, means in lines:
        keeping.add_synonym(keeping.line_of(words, means))


@pytest.mark.covers("CAT-06")
@pytest.mark.parametrize("query", ["shrit", "oxfrod shrit", "oxfordshirt", "ox ford shirt", "Shirtt", "oxferd"])
def test_a_slip_finds_what_was_meant(app, query):
    a_product("Oxford Shirt")
    a_product("Linen Dress")
    assert names(query)[0] == "Oxford Shirt"


def test_words_that_are_found_are_never_taken_for_others(app):
    a_product("Shirt")
    a_product("Skirt")
    assert names("skirt") == ["Skirt"]
    assert not searched("skirt").instead
    assert searched("shrit").instead
    assert searched("shrit", as_typed=True).is_empty


def test_numbers_and_short_words_are_never_taken_for_others(app):
    a_product("Shirt 32")
    assert searched("33").is_empty
    assert searched("zq").is_empty


@pytest.mark.covers("CAT-06")
def test_equal_words_find_each_other_and_replacements_go_one_way(app):
    a_product("Crew Tee")
    a_product("Straight Jeans")
    a_product("Cargo Pants")
    keep(("crew tee, singlet, under shirt", ""), ("pants, trousers", "jeans"))
    assert names("singlets") == names("under shirt") == names("Under-Shirt") == ["Crew Tee"]
    assert names("trousers") == ["Straight Jeans"]
    assert sorted(names("pants")) == ["Cargo Pants", "Straight Jeans"]
    assert names("jeans") == ["Straight Jeans"]


def test_every_group_of_words_must_be_there_whatever_else_finds_it(app):
    a_product("Linen Kurta")
    a_product("Denim Jacket")
    keep(("kurta, kurti", ""), ("jacket, coat", ""))
    assert names("linen kurti") == ["Linen Kurta"]
    assert searched("linen coat").is_empty


@pytest.mark.parametrize(
    ("written", "spelt"),
    [("कुर्ता", "kurta"), ("झोला", "jhola"), ("चप्पल", "chappal"), ("पजामा", "pajama"), ("কুর্তা", "kurta"), ("३२", "32"),
     ("ज़री", "zari"), ("और", "aur"), ("न", "na"), ("shirt", "shirt"), ("़", "")],
)  # fmt: skip
def test_indian_scripts_are_spelt_in_latin_letters(written, spelt):
    assert latin(written) == spelt


@pytest.mark.covers("CAT-06")
def test_a_name_in_devanagari_is_found_in_latin_letters_and_the_other_way_round(app):
    a_product("कुर्ता")
    a_product("Jhola")
    assert names("kurta") == ["कुर्ता"]
    assert names("झोला") == ["Jhola"]


def test_text_goes_before_stock_and_stock_before_popularity(app):
    a_product("Gown", description="Lined with linen.")
    a_product("Linen gown, gone", units=0)
    a_product("Linen gown, kept")
    assert names("linen gown") == ["Linen gown, kept", "Linen gown, gone", "Gown"]


def test_the_clock_counts_words_and_drops_those_without_a_product(app):
    a_product("Oxford Shirt")
    a_product("Linen Shirt", description="An argument for slow mornings.")
    db.session.add(SearchWord(word="gone", products=3))
    db.session.commit()
    with unit_of_work():
        vocabulary.count_again()
    counted = {row.word: row.products for row in db.session.query(SearchWord)}
    assert (counted["shirt"], counted["oxford"]) == (2, 1)
    assert not {"gone", "argument"} & counted.keys()


def test_a_mistyped_word_of_a_product_that_is_new_is_known_at_once(app):
    a_product("Zephyrine Scarf")
    assert names("zephyrnie") == ["Zephyrine Scarf"]
