"""Numbers without a gap, for each kind and financial year (CGST Rules, rule 46 b: at most 16 characters)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.dialects import postgresql, sqlite

from shop.extensions import db
from shop.invoices.models import InvoiceCounter
from shop.invoices.states import InvoiceKind

PREFIXES = {InvoiceKind.INVOICE: "INV", InvoiceKind.CREDIT_NOTE: "CN"}


def series_of(kind: InvoiceKind, day: date, books_begin: int) -> str:
    """INV-2627 from April 2026 to March 2027, where the books begin in April."""
    year = day.year if day.month >= books_begin else day.year - 1
    return f"{PREFIXES[kind]}-{year % 100:02}{(year + 1) % 100:02}"


def take_number(series: str) -> int:
    """The series' next number; it is taken when the caller's unit commits, and by nobody when it does not.

    Who comes meanwhile waits at the counter's row, so this is the last lock that a unit takes.
    """
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    first = dialect.insert(InvoiceCounter).values(series=series, last=1)
    counted = first.on_conflict_do_update(index_elements=["series"], set_={"last": InvoiceCounter.last + 1})
    return db.session.scalars(counted.returning(InvoiceCounter.last)).one()


def number_of(series: str, ordinal: int) -> str:
    """INV-2627-000012."""
    return f"{series}-{ordinal:06}"
