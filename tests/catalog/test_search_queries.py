"""What people type finds what they mean: a committed set of searches over the demo shop, on both databases."""

import csv
import sys
from collections import Counter
from pathlib import Path

import pytest

from shop.catalog import browsing
from shop.catalog.models import ListingRow
from shop.catalog.search.searching import searched
from shop.catalog.search.words import indexed_words
from shop.catalog.wants import Scope, Wants
from shop.cli.demo.command import load_once
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work

QUERIES = list(csv.DictReader((Path(__file__).parent / "search_queries.csv").open(encoding="utf-8")))
ENOUGH = 0.9


def first_three(query):
    """The words of the first three cards: name, brand, colours and category."""
    asked = searched(query)
    found = browsing.listed(Scope(words=asked.words), Wants(), limit=3) if asked and not asked.is_empty else []
    return [set(indexed_words(f"{row.name} {row.brand} {colours_of(row)} {path_of(row)}").split()) for row in found]


def colours_of(row):
    return " ".join(colour["name"] for colour in row.colours)


def path_of(row):
    return db.session.get(ListingRow, row.product_id).category_path.replace("/", " ")


def is_right(query):
    right = [set(indexed_words(one).split()) for one in query["right"].split("|")]
    return any(one <= words for one in right for words in first_three(query["query"]))


@pytest.mark.covers("CAT-06")
def test_what_people_type_finds_what_they_mean(app):
    load_once()
    with unit_of_work(read_only=True):
        missed = [query for query in QUERIES if not is_right(query)]
    kinds, missed_kinds = Counter(query["kind"] for query in QUERIES), Counter(query["kind"] for query in missed)
    figures = [f"{kind}: {number - missed_kinds[kind]} of {number}" for kind, number in kinds.items()]
    figures += [f"missed: {query['query']} ({query['right']})" for query in missed]
    sys.stdout.write("\n".join(["", *figures, ""]))
    assert len(QUERIES) >= 200
    assert 1 - len(missed) / len(QUERIES) >= ENOUGH, figures
