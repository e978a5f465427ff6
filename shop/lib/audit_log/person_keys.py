"""Each person's own key, under which their words enter the audit log; itself encrypted with FIELD_ENC_KEYS.

Destroying a key erases the person's words from a log in which nothing may be changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.models import PersonKey

Keys = dict[int, Fernet]


def keys_of(user_ids: Iterable[int], connection: Connection | None = None) -> Keys:
    """The keys there are; none for a person who was forgotten or never had one."""
    wanted = select(PersonKey.user_id, PersonKey.key).where(PersonKey.user_id.in_(sorted(user_ids)))
    found = (connection or db.session).execute(wanted)
    return {user_id: Fernet(key) for user_id, key in found if key}


def keys_for(user_ids: set[int], connection: Connection) -> Keys:
    """Their keys, made where there are none yet; whoever was forgotten gets no new one."""
    found = keys_of(user_ids, connection) if user_ids else {}
    missing = sorted(user_ids - found.keys())
    if not missing:
        return found
    made = [{"user_id": user_id, "key": Fernet.generate_key().decode(), "created_at": now()} for user_id in missing]
    # Two who write about somebody new at once: the first one's key counts for both.
    connection.execute(_insert(connection).values(made).on_conflict_do_nothing(index_elements=["user_id"]))
    return keys_of(user_ids, connection)


def forget_key(user_id: int) -> None:
    """Destroy a person's key: what the log holds of their words cannot be read again, and no new key is ever made."""
    gone = {"key": None, "destroyed_at": now()}
    destroyed = _insert(db.session.connection()).values(user_id=user_id, created_at=now(), **gone)
    db.session.flush()
    db.session.execute(destroyed.on_conflict_do_update(index_elements=["user_id"], set_=gone))


def _insert(connection: Connection) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(PersonKey)
