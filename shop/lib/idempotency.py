"""One resource for each key: a double click, a retry or the back button never makes a second one."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql, sqlite

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.models import IdempotencyKey


def claim(scope: str, key: str, request: dict[str, Any]) -> tuple[IdempotencyKey, bool]:
    """Insert the key first and return (row, is it new); waits for another unit that is using the same key.

    The caller compares `request_hash` through `is_same` when the key is not new.
    """
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(IdempotencyKey).values(
        scope=scope, key=key[:120], request_hash=fingerprint(request), created_at=now()
    )
    made = db.session.scalars(fresh.on_conflict_do_nothing().returning(IdempotencyKey)).one_or_none()
    if made is not None:
        return made, True
    mine = select(IdempotencyKey).where(IdempotencyKey.scope == scope, IdempotencyKey.key == key[:120])
    return db.session.scalars(mine).one(), False


def made_under(scope: str) -> Select[int | None]:
    """The ids of what was made with the keys of one scope."""
    return select(IdempotencyKey.resource_id).where(IdempotencyKey.scope == scope)


def is_same(row: IdempotencyKey, request: dict[str, Any]) -> bool:
    """Whether a key came with the same request as the first time."""
    return row.request_hash == fingerprint(request)


def fingerprint(request: dict[str, Any]) -> str:
    """A hash of what a request asks for."""
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
