"""The sizes people wear, and buy for others."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Ref


class Wearer(StrEnum):
    """Whose sizes they are."""

    OWN = "own"
    PARTNER = "partner"
    CHILD = "child"


@own_history("a help for the person's own lists, which nobody would look up")
class SavedSize(Model):
    """A size that fits somebody in one kind of garment."""

    __tablename__ = "saved_size"

    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id"), primary_key=True)
    wearer: Mapped[str] = mapped_column(String(10), primary_key=True)
    garment: Mapped[str] = mapped_column(String(12), primary_key=True)
    size_id: Mapped[int] = mapped_column(Ref, ForeignKey("size.id", ondelete="CASCADE"), primary_key=True)
