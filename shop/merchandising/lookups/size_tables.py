"""What a product type's size table may say: measurements in centimetres, a row for each size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shop.lib.errors import ShopError
from shop.lib.http.incoming import stripped

MOST_COLUMNS, MOST_ROWS = 12, 60
LONGEST_CELL, LONGEST_NOTE = 40, 400


class BadSizeTable(ShopError):
    """The table does not hang together; the text says where."""

    field = "size_table"


def checked_table(columns: Sequence[Any], rows: Sequence[Sequence[Any]], note: Any) -> dict[str, Any]:
    """The table as a product type keeps it; without columns it is empty. Raises BadSizeTable."""
    heads, body = [stripped(str(one)) for one in columns], [[stripped(str(cell)) for cell in row] for row in rows]
    if not heads and not body:
        return {}
    _check_heads(heads)
    _check_body(heads, body)
    if len(note := stripped(str(note or ""))) > LONGEST_NOTE:
        raise BadSizeTable(f"Use at most {LONGEST_NOTE} characters for the note.")
    return {"columns": heads, "rows": body, "note": note}


def _check_heads(heads: list[str]) -> None:
    if not 2 <= len(heads) <= MOST_COLUMNS:
        raise BadSizeTable(f"A size table has 2 to {MOST_COLUMNS} columns.")
    if any(not 0 < len(head) <= LONGEST_CELL for head in heads):
        raise BadSizeTable(f"Name every column, with at most {LONGEST_CELL} characters.")
    if len({head.casefold() for head in heads}) < len(heads):
        raise BadSizeTable("Two columns have the same name.")


def _check_body(heads: list[str], body: list[list[str]]) -> None:
    if not 1 <= len(body) <= MOST_ROWS:
        raise BadSizeTable(f"A size table has 1 to {MOST_ROWS} rows.")
    for number, row in enumerate(body, start=1):
        if len(row) != len(heads):
            raise BadSizeTable(f"Row {number} has {len(row)} cells for {len(heads)} columns.")
        if not row[0]:
            raise BadSizeTable(f"Row {number} names no size.")
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise BadSizeTable(f"Use at most {LONGEST_CELL} characters for a cell, in row {number}.")
