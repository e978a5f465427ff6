"""Sale prices that begin and end by the clock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalog.models.products import Variant
from shop.extensions import Model
from shop.lib.audit_log.marks import LEFT_OUT, audited
from shop.lib.columns import Amount, Id, Moment, Ref, UtcDateTime

OPEN = text("ended_at IS NULL")


@audited()
class SaleSchedule(Model):
    """When a variant gets a sale price, and until when; without `ends_at` until somebody ends it.

    The clock writes the price into `Variant.sale_price`, which everybody reads, and takes it away again. One that was
    not begun has ended with a `refusal`. Of one variant no two overlap that have not ended.
    """

    __tablename__ = "sale_schedule"
    __table_args__ = (
        CheckConstraint("sale_price > 0", "sale_price_positive"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", "ends_after_start"),
        Index("ix_sale_schedule_open", "starts_at", "ends_at", postgresql_where=OPEN, sqlite_where=OPEN),
    )

    id: Mapped[Id]
    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id"), index=True)
    sale_price: Mapped[Amount]
    starts_at: Mapped[Moment]
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=LEFT_OUT)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=LEFT_OUT)
    refusal: Mapped[str | None] = mapped_column(String(300), info=LEFT_OUT)

    variant: Mapped[Variant] = relationship()

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.ended_at is None

    @property
    def is_planned(self) -> bool:
        return self.started_at is None and self.ended_at is None
