"""Sets the store up."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.unit_of_work import read_anew
from shop.store import trading
from shop.store.countries import country_of
from shop.store.countries.profile import Country
from shop.store.models import PostalCode, StoreProfile
from shop.store.postal_pack import pack_of, read_pack


def terms_of(country: Country) -> dict[str, str]:
    """The columns of a store profile that a country decides, unless the owner chooses another time zone or locale."""
    return {"country": country.code, "currency": country.currency, "locale": country.locale,
            "time_zone": country.time_zone}  # fmt: skip


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
            **terms_of(country_of("IN")),
            active_at=now(),
        )
    )


def move_to(profile: StoreProfile, code: str) -> None:
    """Run a store in another country from now on. Raises CountryFixed for the active one once there is an order."""
    country = country_of(code)
    if profile.active_at:
        trading.allow_change()
    for name, value in terms_of(country).items():
        setattr(profile, name, value)
    db.session.flush()
    ensure_postal_directory(country)
    forget_read()


def forget_read() -> None:
    """Read the store anew when it is next asked for."""
    read_anew("store")


def ensure_postal_directory(country: Country) -> None:
    """Load the packed directory of a country where nothing of it is kept yet; some country may have none."""
    pack = pack_of(country.name)
    known = select(PostalCode.code).where(PostalCode.country == country.code).limit(1)
    if db.session.scalar(known) or not pack.exists():
        return
    rows = [
        {"country": country.code, "code": row.code, "district": row.district, "state": row.state,
         "offices": "\n".join(row.offices)}
        for row in read_pack(pack)
    ]  # fmt: skip
    db.session.execute(insert(PostalCode), rows)
