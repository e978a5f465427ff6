"""Sets the store up."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, insert, select

from shop.extensions import db
from shop.lib.clock import now
from shop.store.models import PostalCode, StoreProfile
from shop.store.postal_pack import read_pack

DATA = Path(__file__).parent / "data"


def ensure_profile() -> None:
    """A first, plain store profile for India where there is none."""
    if db.session.scalar(select(func.count(StoreProfile.id))):
        return
    db.session.add(
        StoreProfile(
            name="True Style",
            legal_name="True Style",
            email="shop@truestyle.example",
            phone="+91 80 4718 2600",
            address_lines=["12 Church Street", "Bengaluru 560001", "Karnataka, India"],
            state="Karnataka",
            country="IN",
            currency="INR",
            locale="en_IN",
            time_zone="Asia/Kolkata",
            active_at=now(),
        )
    )


def ensure_postal_directory(country: str) -> None:
    """Load the packed directory of a country where its table is empty."""
    if db.session.scalar(select(func.count()).select_from(PostalCode).where(PostalCode.country == country)):
        return
    rows = [
        {"country": country, "code": row.code, "district": row.district, "state": row.state,
         "offices": "\n".join(row.offices)}
        for row in read_pack(DATA / "india-postal.jsonl.xz")
    ]  # fmt: skip
    db.session.execute(insert(PostalCode), rows)
