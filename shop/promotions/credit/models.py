"""The balance of a customer's store credit, and the append-only ledger it is the sum of."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Amount, CreatedAt, Id, Ref


@own_history("store_credit_entry tells of it")
class StoreCredit(Model):
    """What a customer can spend. Only a conditional update takes from it, so it is never spent twice."""

    __tablename__ = "store_credit"
    __table_args__ = (CheckConstraint("balance >= 0", "balance_not_negative"),)

    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id"), primary_key=True, autoincrement=False)
    balance: Mapped[Amount]


@own_history("is a ledger")
class StoreCreditEntry(Model):
    """Credit given (+) or spent (-), with why and by whom. Append-only; the balance is the sum.

    `order_id` and `refund_id` belong to areas above: the entry only remembers them.
    """

    __tablename__ = "store_credit_entry"
    __table_args__ = (CheckConstraint("amount <> 0", "amount_something"),)

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id"), index=True)
    amount: Mapped[Amount]
    reason: Mapped[str] = mapped_column(String(300))
    actor: Mapped[str] = mapped_column(String(120))
    order_id: Mapped[int | None] = mapped_column(Ref, index=True)
    refund_id: Mapped[int | None] = mapped_column(Ref, unique=True)
    created_at: Mapped[CreatedAt]
