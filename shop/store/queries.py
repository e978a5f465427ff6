"""The store in force, and what the postal directory says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from shop.extensions import db
from shop.lib.files.kinds import StoredPicture
from shop.lib.kept import kept_by_stamp
from shop.lib.unit_of_work import once_a_unit
from shop.store.models import PostalCode, StoreProfile, Trade


@dataclass(frozen=True)
class Store:
    """The active store profile as a value; `trading_since` is when the first order was placed, if one was."""

    name: str
    legal_name: str
    email: str
    phone: str
    address_lines: tuple[str, ...]
    state: str
    gstin: str | None
    pan: str | None
    grievance_officer: str | None
    announcement: str | None
    social: dict[str, str]
    country: str
    currency: str
    locale: str
    time_zone: str
    logo: StoredPicture | None = None
    trading_since: datetime | None = None


FALLBACK = Store(
    name="True Style",
    legal_name="True Style",
    email="shop@truestyle.example",
    phone="",
    address_lines=(),
    state="",
    gstin=None,
    pan=None,
    grievance_officer=None,
    announcement=None,
    social={},
    country="IN",
    currency="INR",
    locale="en_IN",
    time_zone="Asia/Kolkata",
)
IN_FORCE = (
    select(StoreProfile)
    .where(StoreProfile.active_at.is_not(None))
    .order_by(StoreProfile.active_at.desc(), StoreProfile.id.desc())
    .limit(1)
)
BEGAN_AT = select(Trade.began_at).scalar_subquery()
OWN = [name for name in Store.__dataclass_fields__ if name != "trading_since"]
ACTIVE = IN_FORCE.with_only_columns(*(getattr(StoreProfile, name) for name in OWN), BEGAN_AT.label("trading_since"))


def store() -> Store:
    """The active store; a shop that was never initialised shows a plain one."""
    return once_a_unit("store", lambda: _read() or FALLBACK)


@kept_by_stamp(most=1, for_writers=True)
def _read() -> Store | None:
    row = db.session.execute(ACTIVE).mappings().one_or_none()
    return Store(**dict(row) | {"address_lines": tuple(row["address_lines"])}) if row else None


def active_profile() -> Select[StoreProfile]:
    """The profile in force: the one that was made active last."""
    return IN_FORCE


def postal_code(country: str, code: str) -> PostalCode | None:
    """The directory's entry of a postal code."""
    return db.session.get(PostalCode, (country, code))
