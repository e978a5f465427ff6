"""Which products have the words, the best first: chosen once for a state of the catalogue and kept.

Both databases find without ranking. The order is made here, so it is the same on both: how well the words fit and
whether there is some left, then popularity. Of a word that half of the shop has, the most popular are weighed and the
rest follow.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Float, Integer, Select, Subquery, Text, bindparam, cast, column, func, select, text

from shop.catalog.models import ListingRow
from shop.catalog.search.engines import is_postgresql
from shop.catalog.search.synonyms import Group, Phrase, groups
from shop.catalog.search.words import indexed_words
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

MOST_WEIGHED = 96  # four pages of a search
MOST_KEPT = 200_000
POPULAR = (
    ListingRow.in_stock.desc(), ListingRow.units_sold.desc(), ListingRow.published_at.desc(),
    ListingRow.product_id.desc(),
)  # fmt: skip
# What a group of words is worth where it stands: in the name, begun in the name, in brand or category, elsewhere.
IN_NAME, BEGUN, IN_KIND, ELSEWHERE = 4, 3, 2, 1
WHOLE_NAME = 3
IN_STOCK = 2
SQLITE_FIND = "SELECT rowid AS product_id FROM product_search WHERE product_search MATCH :asked"
POSTGRESQL_FIND = "SELECT product_id FROM product_search WHERE document @@ to_tsquery('simple', :asked)"
SQLITE_GIVEN = "SELECT value AS product_id, -key AS rank FROM json_each(:ids)"
POSTGRESQL_GIVEN = """
SELECT given.product_id, -given.place AS rank
FROM unnest(CAST(:ids AS bigint[])) WITH ORDINALITY AS given(product_id, place)
"""


@dataclass(frozen=True)
class Ranked:
    """Ids of products, the best first, and the same as text that a statement takes as a table.

    Kept for many searches: as an array an id takes a fifth of the memory of a number in a tuple.
    """

    ids: array[int]
    text: str


def matches(words: Sequence[str], *, any_word: bool = False) -> Subquery:
    """Products with all the words (or any), the last as a beginning: columns `product_id` and `rank`, best highest."""
    return _table_of(ranked(tuple(words), any_word).text)


@kept_by_stamp(most=MOST_KEPT, weigh=lambda made: 1 + len(made.ids))
def ranked(words: Phrase, any_word: bool) -> Ranked:
    """The products with all the words or with any, the best first."""
    asked = groups(words)
    ids = _popular(asked, any_word)
    ids[:MOST_WEIGHED] = _weighed(ids[:MOST_WEIGHED], asked, ELSEWHERE * (not any_word))
    return Ranked(array("q", ids), _text_of(ids))


def _popular(asked: Sequence[Group], any_word: bool) -> list[int]:
    """Ids of what matches, the most popular first; as one value, since thousands of rows take longer to read."""
    if is_postgresql():
        expression = _postgresql(asked, " | " if any_word else " & ")
    else:
        expression = _sqlite(asked, " OR " if any_word else " AND ")
    found = db.session.scalar(_find(POSTGRESQL_FIND if is_postgresql() else SQLITE_FIND), {"asked": expression})
    return json.loads(f"[{found or ''}]")  # type: ignore[no-any-return]


@cache
def _find(matching: str) -> Select[str]:
    """The statement, made once: to put it together takes half as long as to answer it."""
    found = select(text(matching).columns(column("product_id", Integer)).subquery("matching"))
    popular = select(ListingRow.product_id).where(ListingRow.product_id.in_(found)).order_by(*POPULAR).subquery()
    return select(func.aggregate_strings(cast(popular.c.product_id, Text), ","))


def _text_of(ids: Sequence[int]) -> str:
    """Ids as one value of a statement: hundreds of parameters take longer to write than to answer."""
    plain = json.dumps(ids, separators=(",", ":"))
    return f"{{{plain[1:-1]}}}" if is_postgresql() else plain


def _table_of(ids: str) -> Subquery:
    given = text(POSTGRESQL_GIVEN if is_postgresql() else SQLITE_GIVEN)
    bound = given.bindparams(bindparam("ids", ids, unique=True))
    return bound.columns(column("product_id", Integer), column("rank", Float)).subquery("found")


def _sqlite(asked: Sequence[Group], between: str) -> str:
    made = []
    for place, group in enumerate(asked):
        words = [f'"{word}"' for word in group.words]
        if place == len(asked) - 1:
            words[-1] += "*"
        made.append(_either(" AND ".join(words), (f'"{" ".join(other)}"' for other in group.others), " OR "))
    return between.join(made)


def _postgresql(asked: Sequence[Group], between: str) -> str:
    made = []
    for place, group in enumerate(asked):
        words = [f"'{word}'" for word in group.words]
        if place == len(asked) - 1:
            words[-1] += ":*"
        others = (" <-> ".join(f"'{word}'" for word in other) for other in group.others)
        made.append(_either(" & ".join(words), others, " | "))
    return between.join(made)


def _either(first: str, others: Iterable[str], between: str) -> str:
    return f"({between.join(f'({one})' for one in (first, *others))})"


def _weighed(ids: Sequence[int], asked: Sequence[Group], elsewhere: int) -> list[int]:
    """The ids by how well the words fit and what is in stock; popularity, their order, decides between equals."""
    given = _table_of(_text_of(ids))
    shown = select(
        ListingRow.product_id, ListingRow.in_stock, ListingRow.name, ListingRow.brand, ListingRow.category_path
    ).join(given, given.c.product_id == ListingRow.product_id)
    known = {row.product_id: row for row in db.session.execute(shown)}
    worth = {id_: IN_STOCK * row.in_stock + _worth(row, asked, elsewhere) for id_, row in known.items()}
    return sorted((id_ for id_ in ids if id_ in worth), key=lambda id_: worth[id_], reverse=True)


def _worth(row: Any, asked: Sequence[Group], elsewhere: int) -> int:
    name, kind = _words(row.name), _words(f"{row.brand} {row.category_path.replace('/', ' ')}")
    total = WHOLE_NAME * (list(name) == [word for group in asked for word in group.words])
    for group in asked:
        total += max(_fit(phrase, name, kind) for phrase in group.phrases) or elsewhere
    return total


def _fit(phrase: Phrase, name: Phrase, kind: Phrase) -> int:
    """What is named after its kind fits better than what only bears the name: a slip dress before a dress shirt."""
    in_kind = IN_KIND * all(word in kind for word in phrase)
    if all(word in name for word in phrase):
        return IN_NAME + in_kind
    begun = any(word.startswith(phrase[-1]) for word in name) and all(word in name for word in phrase[:-1])
    return BEGUN + in_kind if begun else in_kind


@lru_cache(maxsize=4096)
def _words(text_: str) -> Phrase:
    return tuple(indexed_words(text_).split(" "))
