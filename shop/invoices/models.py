"""Invoices and credit notes as they were issued: seller, buyer, lines and tax are snapshots that nothing changes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.extensions import Model
from shop.invoices.states import InvoiceKind, InvoiceState
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Amount, CreatedAt, Id, JsonDict, Ref, UtcDateTime
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.pricing.tax_split import TaxSplit

LIVE_INVOICE = text("kind = 'invoice' AND state <> 'void'")


@own_history("the order's history tells of it")
class Invoice(Model):
    """An invoice of an order, or a credit note against one (`corrects_id`), which follows a refund or goods that came
    back unpaid. A draft has no number; `ordinal` counts without a gap in its series.

    `seller` and `buyer` are who they were then; `place_of_supply` is the state the goods went to (IGST Act, s. 10).
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("series", "ordinal"),
        CheckConstraint("state IN ('draft', 'void') OR number IS NOT NULL", "numbered"),
        CheckConstraint("(number IS NULL) = (ordinal IS NULL)", "number_of_series"),
        CheckConstraint("(kind = 'credit_note') = (corrects_id IS NOT NULL)", "note_corrects"),
        CheckConstraint("total = taxable + tax AND taxable >= 0 AND tax >= 0", "total_adds_up"),
        Index("uq_invoice_order_live", "order_id", unique=True,
              postgresql_where=LIVE_INVOICE, sqlite_where=LIVE_INVOICE),
        Index("ix_invoice_state_due", "state", "due_on"),
    )  # fmt: skip

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10), default=InvoiceState.DRAFT)
    series: Mapped[str | None] = mapped_column(String(10))
    ordinal: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(String(16), unique=True)
    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("invoice.id"), index=True)
    refund_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("refund.id"), unique=True)
    seller: Mapped[JsonDict]
    buyer: Mapped[JsonDict]
    place_of_supply: Mapped[str] = mapped_column(String(60))
    currency: Mapped[str] = mapped_column(String(3))
    taxable: Mapped[Amount]
    tax: Mapped[Amount]
    total: Mapped[Amount]
    due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    void_reason: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[CreatedAt]
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    order: Mapped[Order] = relationship()
    corrects: Mapped[Invoice | None] = relationship(remote_side="Invoice.id")
    lines: Mapped[list[InvoiceLine]] = relationship(
        order_by="InvoiceLine.position", cascade="all, delete-orphan", foreign_keys="InvoiceLine.invoice_id"
    )

    @property
    def title(self) -> str:
        """What stands above it."""
        return "Credit note" if self.kind == InvoiceKind.CREDIT_NOTE else "Tax invoice"

    @property
    def name(self) -> str:
        """What it is called on pages: its number, or that it is a draft."""
        return self.number or "Draft"

    @property
    def split(self) -> TaxSplit:
        """Its tax by whom it goes to."""
        return sum((line.split for line in self.lines), TaxSplit())


@own_history("written once, never changed; a draft's are written anew")
class InvoiceLine(Model):
    """A line of an order, its delivery, or what paying cost: `total` is all of it, `tax` what of that is tax.

    A credit note's lines name the line they give back of (`corrects_id`); no unit is money off.
    """

    __tablename__ = "invoice_line"
    __table_args__ = (
        UniqueConstraint("invoice_id", "position"),
        CheckConstraint("total = taxable + tax AND taxable >= 0 AND quantity >= 0", "total_adds_up"),
        CheckConstraint(
            "tax = tax_central + tax_state + tax_whole AND tax_central >= 0 AND tax_state >= 0 AND tax_whole >= 0",
            "tax_adds_up",
        ),
    )

    id: Mapped[Id]
    invoice_id: Mapped[int] = mapped_column(Ref, ForeignKey("invoice.id"))
    position: Mapped[int]
    order_line_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("order_line.id"))
    corrects_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("invoice_line.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    detail: Mapped[str] = mapped_column(String(160), default="")
    hsn: Mapped[str] = mapped_column(String(8), default="")
    quantity: Mapped[int]
    taxable: Mapped[Amount]
    tax_rate: Mapped[int]
    tax: Mapped[Amount]
    tax_central: Mapped[Amount] = mapped_column(default=ZERO)
    tax_state: Mapped[Amount] = mapped_column(default=ZERO)
    tax_whole: Mapped[Amount] = mapped_column(default=ZERO)
    total: Mapped[Amount]

    @property
    def split(self) -> TaxSplit:
        return TaxSplit(self.tax_central, self.tax_state, self.tax_whole)

    @property
    def is_goods(self) -> bool:
        return self.order_line_id is not None

    @classmethod
    def over(cls, total: Money, split: TaxSplit, **facts: object) -> InvoiceLine:
        """A line over an amount with the tax in it."""
        parts = {"tax_central": split.central, "tax_state": split.state, "tax_whole": split.whole}
        return cls(total=total, tax=split.total, taxable=total - split.total, **parts, **facts)


@own_history("a counter")
class InvoiceCounter(Model):
    """The last number given in a series; its row lock orders those who issue at one moment."""

    __tablename__ = "invoice_counter"

    series: Mapped[str] = mapped_column(String(10), primary_key=True)
    last: Mapped[int]
