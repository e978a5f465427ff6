"""The index of products' words: FTS5 on SQLite, tsvector on PostgreSQL, written with the listing's rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from shop.catalog.search import vocabulary
from shop.catalog.search.engines import is_postgresql
from shop.catalog.search.words import indexed_words
from shop.extensions import db


@dataclass(frozen=True)
class Document:
    """A product's words: `name` weighs most, then `kind` (brand, type, category), `facets`, and the rest."""

    product_id: int
    name: str
    kind: str
    facets: str
    rest: str


def index(documents: Iterable[Document]) -> None:
    """Write the words of products, replacing what was there."""
    rows = [_row(document) for document in documents]
    if not rows:
        return
    if not is_postgresql():
        db.session.execute(text("DELETE FROM product_search WHERE rowid = :id"), [{"id": row["id"]} for row in rows])
    db.session.execute(text(POSTGRESQL_WRITE if is_postgresql() else SQLITE_WRITE), rows)
    vocabulary.learn(f"{row['name']} {row['kind']} {row['facets']}" for row in rows)


def forget(product_ids: Sequence[int]) -> None:
    """Take products out of the search."""
    key = "product_id" if is_postgresql() else "rowid"
    if product_ids:
        db.session.execute(text(f"DELETE FROM product_search WHERE {key} = :id"), [{"id": id_} for id_ in product_ids])  # noqa: S608


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
