"""Coupons, automatic discounts, what they hold for, and who used them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.extensions import Model
from shop.lib.audit_log.marks import audited, own_history
from shop.lib.columns import Amount, CreatedAt, Id, MoneyColumn, Ref, UtcDateTime
from shop.lib.money import Money
from shop.lib.stamp import shown
from shop.promotions.rules import Kind
from shop.promotions.states import CouponState

LONGEST_CODE = 40
LONGEST_NAME = 80
LIVE = text("freed_at IS NULL")


class ScopeKind(StrEnum):
    CATEGORY = "category"
    BRAND = "brand"
    PRODUCT = "product"


@shown
@audited()
class Promotion(Model):
    """A coupon, or with no code a discount that comes by itself.

    `code` is kept in capitals, so it is unique without regard to case. `value` is in basis points or minor units, as
    its kind says; `buy` and `get` belong to buy_get alone. `most` caps what a percentage takes off.
    """

    __tablename__ = "promotion"
    __table_args__ = (
        CheckConstraint("value >= 0", "value_positive"),
        CheckConstraint("kind NOT IN ('percent', 'buy_get') OR value BETWEEN 1 AND 10000", "percent_within"),
        CheckConstraint("kind <> 'fixed' OR value > 0", "fixed_positive"),
        CheckConstraint("kind <> 'buy_get' OR (buy > 0 AND get > 0)", "buy_get_counts"),
        CheckConstraint("code IS NULL OR code = upper(code)", "code_in_capitals"),
        CheckConstraint("starts_at IS NULL OR ends_at IS NULL OR ends_at > starts_at", "ends_after_start"),
        CheckConstraint("uses_limit IS NULL OR uses_limit > 0", "uses_limit_positive"),
        CheckConstraint("uses_each IS NULL OR uses_each > 0", "uses_each_positive"),
        Index("ix_promotion_state", "state", "ends_at"),
    )

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    code: Mapped[str | None] = mapped_column(String(LONGEST_CODE), unique=True)
    kind: Mapped[Kind] = mapped_column(String(20))
    value: Mapped[int]
    buy: Mapped[int] = mapped_column(default=0)
    get: Mapped[int] = mapped_column(default=0)
    minimum: Mapped[Money | None] = mapped_column(MoneyColumn)
    most: Mapped[Money | None] = mapped_column(MoneyColumn)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    uses_limit: Mapped[int | None]
    uses_each: Mapped[int | None]
    first_order: Mapped[bool] = mapped_column(default=False)
    group_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("customer_group.id"), index=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=0)
    combines: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(10), default=CouponState.ACTIVE)
    created_at: Mapped[CreatedAt]

    scopes: Mapped[list[PromotionScope]] = relationship(
        order_by="PromotionScope.kind, PromotionScope.ref_id", cascade="all, delete-orphan", passive_deletes=True
    )

    def ids_of(self, kind: ScopeKind) -> frozenset[int]:
        """What it is limited to of a kind; nothing for no limit."""
        return frozenset(scope.ref_id for scope in self.scopes if scope.kind == kind)


@shown
@audited()
class PromotionScope(Model):
    """A category, brand or product that a promotion is limited to; `ref_id` is an opaque reference."""

    __tablename__ = "promotion_scope"
    __table_args__ = (Index("ix_promotion_scope_ref", "kind", "ref_id"),)

    promotion_id: Mapped[int] = mapped_column(Ref, ForeignKey("promotion.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    ref_id: Mapped[int] = mapped_column(Ref, primary_key=True)


@own_history("says itself when it was taken and given back")
class Redemption(Model):
    """One use of a promotion by an order; `order_id` is an opaque reference.

    Uses are numbered, of all (`slot`) and of one customer (`own_slot`): two that take one number meet in the database,
    so a limit holds for any number of buyers at once. One that was freed gives its numbers back.
    """

    __tablename__ = "promotion_redemption"
    __table_args__ = (
        Index("uq_promotion_redemption_slot", "promotion_id", "slot", unique=True,
              postgresql_where=LIVE, sqlite_where=LIVE),
        Index("uq_promotion_redemption_own_slot", "promotion_id", "customer_key", "own_slot", unique=True,
              postgresql_where=LIVE, sqlite_where=LIVE),
        Index("uq_promotion_redemption_order", "order_id", "promotion_id", unique=True,
              postgresql_where=LIVE, sqlite_where=LIVE),
        Index("ix_promotion_redemption_customer", "customer_key", "promotion_id",
              postgresql_where=LIVE, sqlite_where=LIVE),
        Index("ix_promotion_redemption_created", "promotion_id", "created_at"),
        CheckConstraint("slot > 0 AND own_slot > 0", "slots_positive"),
    )  # fmt: skip

    id: Mapped[Id]
    promotion_id: Mapped[int] = mapped_column(Ref, ForeignKey("promotion.id"))
    order_id: Mapped[int] = mapped_column(Ref)
    customer_key: Mapped[str] = mapped_column(String(70))
    slot: Mapped[int]
    own_slot: Mapped[int]
    amount: Mapped[Amount]
    created_at: Mapped[CreatedAt]
    freed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
