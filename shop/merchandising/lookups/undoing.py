"""Puts what products are sorted by back as it was, when a change in the audit log is undone."""

from __future__ import annotations

from typing import Any

from shop.merchandising.lookups.nouns import Noun, product_ids
from shop.merchandising.lookups.records import write
from shop.merchandising.lookups.removal import remove
from shop.merchandising.relisting import relist


def put_back(noun: Noun, row: Any, values: dict[str, Any]) -> None:
    """Give a row, deleted or not, the values it had. Raises NameTaken, StillNamed, InUse."""
    if values.get("deleted_at"):
        remove(noun, row.id)
        return
    write(row, values)
    relist(product_ids(noun.key, row.id))
