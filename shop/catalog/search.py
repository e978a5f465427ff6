"""Full-text search behind one function: FTS5 on SQLite, tsvector on PostgreSQL, the same words on both.

Words are folded in Python (case, accents, plural), so both databases compare equal strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Float, Integer, Subquery, bindparam, column, text

from shop.extensions import db

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
MOST_WORDS = 12
LONGEST_WORD = 40
LONGEST_QUERY = 400


@dataclass(frozen=True)
class Document:
    """A product's words: `name` weighs most, then `kind` (brand, type, category), `facets`, and the rest."""

    product_id: int
    name: str
    kind: str
    facets: str
    rest: str


def fold(word: str) -> str:
    """A word as it is compared: small letters, no accents, singular."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if len(plain) > 3 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    if len(plain) > 4 and plain.endswith(("sses", "shes", "ches", "xes")):
        return plain[:-2]
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us")) else plain


def indexed_words(phrase: str) -> str:
    """The words of a text for the index; "T-shirt" is found as "t shirt" and as "tshirt"."""
    found: list[str] = []
    for match in WORD.findall(phrase):
        parts = match.split("-")
        found += [fold(part) for part in parts] + ([fold("".join(parts))] if len(parts) > 1 else [])
    return " ".join(found)


def asked_words(query: str) -> list[str]:
    """The words of a query, each once, in order; whatever is no letter or digit is dropped."""
    found = [fold(part)[:LONGEST_WORD] for part in re.findall(r"[^\W_]+", query[:LONGEST_QUERY])]
    return list(dict.fromkeys(word for word in found if word))[:MOST_WORDS]


def matches(words: Sequence[str], *, any_word: bool = False) -> Subquery:
    """Products with all the words (or any), the last as a beginning: columns `product_id` and `rank`, best highest."""
    if _is_postgresql():
        asked = (" | " if any_word else " & ").join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
        statement = text(POSTGRESQL_FIND)
    else:
        asked = (" OR " if any_word else " AND ").join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        statement = text(SQLITE_FIND)
    found = statement.bindparams(bindparam("asked", asked, unique=True))
    return found.columns(column("product_id", Integer), column("rank", Float)).subquery("found")


def index(documents: Iterable[Document]) -> None:
    """Write the words of products, replacing what was there."""
    rows = [_row(document) for document in documents]
    if not rows:
        return
    if _is_postgresql():
        db.session.execute(text(POSTGRESQL_WRITE), rows)
        return
    db.session.execute(text("DELETE FROM product_search WHERE rowid = :id"), [{"id": row["id"]} for row in rows])
    db.session.execute(text(SQLITE_WRITE), rows)


def forget(product_ids: Sequence[int]) -> None:
    """Take products out of the search."""
    key = "product_id" if _is_postgresql() else "rowid"
    if product_ids:
        db.session.execute(text(f"DELETE FROM product_search WHERE {key} = :id"), [{"id": id_} for id_ in product_ids])  # noqa: S608


SQLITE_FIND = """
SELECT rowid AS product_id, -bm25(product_search, 10.0, 5.0, 3.0, 1.0) AS rank FROM product_search
WHERE product_search MATCH :asked
"""
POSTGRESQL_FIND = """
SELECT product_id, ts_rank(document, asked) AS rank FROM product_search, to_tsquery('simple', :asked) AS asked
WHERE document @@ asked
"""
SQLITE_WRITE = "INSERT INTO product_search (rowid, name, kind, facets, rest) VALUES (:id, :name, :kind, :facets, :rest)"
POSTGRESQL_WRITE = """
INSERT INTO product_search (product_id, document) VALUES (:id,
  setweight(to_tsvector('simple', :name), 'A') || setweight(to_tsvector('simple', :kind), 'B')
  || setweight(to_tsvector('simple', :facets), 'C') || setweight(to_tsvector('simple', :rest), 'D'))
ON CONFLICT (product_id) DO UPDATE SET document = excluded.document
"""


def _row(document: Document) -> dict[str, object]:
    words = {name: indexed_words(getattr(document, name)) for name in ("name", "kind", "facets", "rest")}
    return {"id": document.product_id, **words}


def _is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"
