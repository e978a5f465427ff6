"""The store's details (STO-01): several records, one of them in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.files.kinds import StoredPicture
from shop.lib.files.storage import forget
from shop.lib.queries import one_or_404, rows
from shop.store import trading
from shop.store.countries import country_of
from shop.store.errors import InForce, NumberTaken
from shop.store.models import StoreProfile
from shop.store.profile_rules import SOCIAL, checked
from shop.store.queries import active_profile
from shop.store.services import ensure_postal_directory, forget_read, move_to, terms_of

PLAIN = ("name", "legal_name", "email", "phone", "address_lines", "state", "grievance_officer", "announcement")
OPTIONAL = ("gstin", "pan")
FIELDS = (*PLAIN, *OPTIONAL, *SOCIAL, "country")


def profiles() -> Select[StoreProfile]:
    """All records, the one in force first, then the newest."""
    return select(StoreProfile).order_by(StoreProfile.active_at.desc().nulls_last(), StoreProfile.id.desc())


def profile(profile_id: int) -> StoreProfile:
    """One record. Raises NotFound."""
    return one_or_404(select(StoreProfile).where(StoreProfile.id == profile_id))


def details_of(profile: StoreProfile | None) -> dict[str, Any]:
    """A record's fields as text, empty ones as empty text; those of a new record without one."""
    if profile is None:
        return dict.fromkeys(FIELDS, "") | {"address_lines": []}
    plain = {name: getattr(profile, name) or "" for name in (*PLAIN, *OPTIONAL, "country")}
    return plain | {"address_lines": list(profile.address_lines)} | {key: profile.social.get(key, "") for key in SOCIAL}


def create_profile(values: dict[str, Any]) -> StoreProfile:
    """A new record, not in force yet. Raises BadDetails or NumberTaken."""
    kept = checked(details_of(None) | values)
    record = StoreProfile(**_columns(kept), **terms_of(country_of(kept["country"])))
    _refuse_taken(kept, 0)
    db.session.add(record)
    _flush()
    return record


def change_profile(profile_id: int, values: dict[str, Any]) -> StoreProfile:
    """Change some fields of a record. Raises BadDetails, NumberTaken, CountryFixed or NotFound."""
    record = one_or_404(select(StoreProfile).where(StoreProfile.id == profile_id).with_for_update())
    kept = checked(details_of(record) | values)
    _refuse_taken(kept, profile_id)
    if kept["country"] != record.country:
        move_to(record, kept["country"])
    for name, value in _columns(kept).items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    _flush()
    return record


def activate(profile_id: int) -> None:
    """Put a record in force instead of the one that is. Raises CountryFixed or NotFound."""
    before = db.session.scalars(active_profile()).one_or_none()
    records = {row.id: row for row in rows(select(StoreProfile).order_by(StoreProfile.id).with_for_update())}
    record = records.pop(profile_id, None)
    if record is None:
        raise NotFound
    if before and (before.country, before.currency) != (record.country, record.currency):
        trading.allow_change()
        ensure_postal_directory(country_of(record.country))
    for other in records.values():
        other.active_at = None
    record.active_at = record.active_at or now()
    db.session.flush()
    forget_read()


def show_logo(profile_id: int, logo: StoredPicture | None) -> None:
    """Show another logo, or none; the file of the one before goes once this unit has committed. Raises NotFound."""
    record = one_or_404(select(StoreProfile).where(StoreProfile.id == profile_id).with_for_update())
    forget(record.logo)
    record.logo = logo
    db.session.flush()
    forget_read()


def delete_profile(profile_id: int) -> None:
    """Forget a record that is not in force. Raises InForce or NotFound."""
    record = one_or_404(select(StoreProfile).where(StoreProfile.id == profile_id).with_for_update())
    if record.active_at:
        raise InForce
    forget(record.logo)
    db.session.delete(record)
    db.session.flush()


def _columns(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Details as the table has them: nothing instead of an empty number or officer, the links together."""
    found = {name: kept[name] for name in PLAIN} | {name: kept[name] or None for name in OPTIONAL}
    empty = {name: found[name] or None for name in ("grievance_officer", "announcement")}
    return found | empty | {"social": {key: kept[key] for key in SOCIAL if kept[key]}}


def _refuse_taken(kept: Mapping[str, Any], profile_id: int) -> None:
    for name in OPTIONAL:
        others = select(StoreProfile.id).where(getattr(StoreProfile, name) == kept[name], StoreProfile.id != profile_id)
        if kept[name] and db.session.scalar(others.limit(1)):
            raise NumberTaken(name)


def _flush() -> None:
    """Write; between two who save the same number at the same moment the database decides."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise NumberTaken("pan" if "pan" in str(error.orig) else "gstin") from error
    forget_read()
