"""What a set of roles allows, remembered under the policy's version (ACC-12).

The version is read with the session row, in one statement, and every unit that changes what a role allows makes a new
one. So nothing has to be told what to forget, and a change holds in every process from the next request on. The value
is random, not counted: a restored database must not come back to a version under which something else is remembered.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import structlog
from flask import current_app
from redis.exceptions import RedisError
from sqlalchemy import select, update

from shop.accounts.models import AccessPolicy, RolePermission
from shop.accounts.permissions import Permission
from shop.extensions import db
from shop.lib import workers
from shop.lib.memory import Memory
from shop.lib.unit_of_work import is_read_only

SECONDS_KEPT = 3600
SETS_KEPT = 1000
# A release that knows other permissions shares nothing with the one before it, whatever its migrations wrote.
RELEASE = hashlib.sha256(" ".join(sorted(Permission)).encode()).hexdigest()[:8]
log = structlog.get_logger()
_remembered: Memory[frozenset[str]] = Memory(SETS_KEPT)


def renew() -> None:
    """Say that this unit changes what roles allow."""
    db.session.execute(update(AccessPolicy).values(version=secrets.token_hex(8)))


def permissions_of(role_ids: frozenset[int], version: str) -> frozenset[str]:
    """What these roles allow together, as this process, else Redis, else the database knows it.

    A unit that writes asks the database: it sees what it wrote, and shows nobody else what it may yet roll back.
    """
    if not role_ids or not is_read_only():
        return _read(role_ids)
    key = f"policy:{RELEASE}:{version}:{','.join(map(str, sorted(role_ids)))}"
    found = _remembered.get(key)
    if found is None:
        found = _shared(key, role_ids) if current_app.config["SHOP"].redis_url else _read(role_ids)
        _remembered.put(key, found)
    return found


def _read(role_ids: frozenset[int]) -> frozenset[str]:
    if not role_ids:
        return frozenset()
    allowed = select(RolePermission.permission).where(RolePermission.role_id.in_(role_ids))
    return frozenset(db.session.scalars(allowed))


def _shared(key: str, role_ids: frozenset[int]) -> frozenset[str]:
    """What Redis keeps; a Redis that is away is asked once for each set of roles, because the process remembers."""
    try:
        kept: Any = workers.connection().get(key)
        if kept is not None:
            return frozenset(kept.decode().split())
        found = _read(role_ids)
        workers.connection().set(key, " ".join(sorted(found)), ex=SECONDS_KEPT)
    except RedisError as error:
        log.warning("policy_not_shared", error=str(error))
        found = _read(role_ids)
    return found
