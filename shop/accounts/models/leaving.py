"""What is left for a moment of somebody who left."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, EncryptedText, Ref


@own_history("is gone when its message has left")
class Farewell(Model):
    """Whom the last message of an erased account goes to: the account itself has no address any more.

    One without an e-mail had its phone to log in with.
    """

    __tablename__ = "farewell"
    __table_args__ = (CheckConstraint("(email IS NULL) <> (phone IS NULL)", "one_address"),)

    user_id: Mapped[int] = mapped_column(Ref, primary_key=True, autoincrement=False)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    name: Mapped[str] = mapped_column(EncryptedText)
    erased_by: Mapped[int] = mapped_column(Ref)
    created_at: Mapped[CreatedAt]
