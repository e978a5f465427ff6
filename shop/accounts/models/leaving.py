"""What is left for a moment of somebody who left."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, EncryptedText, Ref


@own_history("is gone when its mail has left")
class Farewell(Model):
    """Whom the last mail of an erased account goes to: the account itself has no address any more."""

    __tablename__ = "farewell"

    user_id: Mapped[int] = mapped_column(Ref, primary_key=True, autoincrement=False)
    email: Mapped[str] = mapped_column(EncryptedText)
    name: Mapped[str] = mapped_column(EncryptedText)
    erased_by: Mapped[int] = mapped_column(Ref)
    created_at: Mapped[CreatedAt]
