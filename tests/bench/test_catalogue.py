"""`bin/bench catalogue` asks what it says it asks."""

import random
from itertools import islice, pairwise

import pytest
from flask import Flask

from bench import wide_product
from bench.catalogue_addresses import filtered, fragment, listing, slip, typed
from shop.extensions import db
from tests.bench.test_bench import GOODS
from tests.factories import a_product

pytestmark = pytest.mark.one_engine


def test_a_word_is_typed_letter_by_letter() -> None:
    asked = [path.removeprefix("/search/suggest?q=") for path in islice(typed(GOODS, random.Random(3)), 40)]
    steps = list(pairwise(asked))
    assert all(after[:-1] == before or len(after) == 2 for before, after in steps)
    assert any(after[:-1] == before for before, after in steps)


def test_the_pages_have_three_facets_and_a_slip() -> None:
    assert listing(GOODS) == "/c/men?colour=indigo,madder&size=m&stock=in"
    assert fragment(GOODS) == "/_f/listing?category=men&colour=indigo,madder&size=m&stock=in"
    assert slip(GOODS) == "/search?q=kaevri"
    assert all(address.count("=") == 3 for address in islice(filtered(GOODS, random.Random(1)), 10))


def test_a_product_is_filled_up_with_variants(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wide_product, "WANTED", 5)
    product = a_product(colours=("Indigo", "Ecru"), sizes=("S",))
    a_product(colours=("Madder",), sizes=("M", "L"))
    wide_product.fill_up(product)
    db.session.expire_all()
    assert len(product.variants) == 5
