"""The store's profile, its settings, and the postal directory."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import SECRET, audited, own_history
from shop.lib.columns import CreatedAt, Id, UtcDateTime
from shop.lib.files.columns import PictureColumn
from shop.lib.files.kinds import LOGO, StoredPicture
from shop.lib.stamp import shown


@shown
@audited()
class StoreProfile(Model):
    """Who sells: shown in header, footer, mails. The newest one with `active_at` set is in force.

    `social` has the address of a page by the network's name.
    """

    __tablename__ = "store_profile"
    __table_args__ = (UniqueConstraint("gstin"), UniqueConstraint("pan"))

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    legal_name: Mapped[str] = mapped_column(String(160))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(20))
    address_lines: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(60))
    gstin: Mapped[str | None] = mapped_column(String(15))
    pan: Mapped[str | None] = mapped_column(String(10))
    logo: Mapped[StoredPicture | None] = mapped_column(PictureColumn(LOGO), info=SECRET)
    grievance_officer: Mapped[str | None] = mapped_column(String(120))
    announcement: Mapped[str | None] = mapped_column(String(160))
    social: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    country: Mapped[str] = mapped_column(String(2))
    currency: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str] = mapped_column(String(20))
    time_zone: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[CreatedAt]
    active_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@shown
@own_history("written once")
class Trade(Model):
    """The one row that says when the first order was placed; from then on country and currency stay (STO-02)."""

    __tablename__ = "trade"
    __table_args__ = (CheckConstraint("id = 1", "one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@shown
@audited()
class SettingValue(Model):
    """A setting whose value differs from its default."""

    __tablename__ = "setting_value"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


@audited()
class LookupLabel(Model):
    """What the owner calls a state or a way to pay, and its place in lists; `number` is its id within the lookup.

    `folded` is the label without regard to case.
    """

    __tablename__ = "lookup_label"
    __table_args__ = (UniqueConstraint("lookup", "folded"), UniqueConstraint("lookup", "idx"))

    lookup: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(180))
    idx: Mapped[int]


@own_history("a directory that comes with the shop")
class PostalCode(Model):
    """A postal code with its district, state and post offices (one name a line)."""

    __tablename__ = "postal_code"

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    district: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(60))
    offices: Mapped[str] = mapped_column(Text)

    @property
    def city(self) -> str:
        """What an address is filled with."""
        return self.district

    @property
    def post_offices(self) -> list[str]:
        return self.offices.splitlines()
