"""Forms of the owner's invoices."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from shop.invoices.models import Invoice
from shop.invoices.queries import InvoiceFilter
from shop.invoices.services import Terms
from shop.lib.http.incoming import stripped
from shop.staff import words
from shop.staff.forms import StaffForm
from shop.staff.forms.orders import choices_of, iso, offered, plausible

MOST_LINES = 5


def trimmed(text: str | None) -> str:
    """What was typed without blanks around it; its lines stay."""
    return (text or "").replace("\x00", "").strip()


class InvoiceFilterForm(StaffForm):
    """What the owner looks for; a value that makes no sense counts as none."""

    q = StringField("Search")
    state = SelectField("State", choices=lambda: choices_of(words.invoice_states(), "Any state"))
    kind = SelectField("Kind", choices=lambda: choices_of(words.INVOICE_KINDS, "Both kinds"))
    customer = StringField("Customer")
    since = DateField("Issued from", validators=[Optional()])
    until = DateField("To", validators=[Optional()])

    def wanted(self) -> InvoiceFilter:
        """The filter as plain values."""
        customer = self.customer.data or ""
        is_id = customer.isascii() and customer.isdigit() and len(customer) < 10
        return InvoiceFilter(
            text=(self.q.data or "").replace("\x00", "").strip()[:100],
            state=offered(self.state),
            kind=offered(self.kind),
            customer=int(customer) if is_id else None,
            since=plausible(self.since.data),
            until=plausible(self.until.data),
        )

    def kept(self, **changes: Any) -> dict[str, Any]:
        """What addresses carry on, without what is empty."""
        wanted = self.wanted()
        values = {
            "q": wanted.text, "state": wanted.state, "kind": wanted.kind, "customer": wanted.customer,
            "since": iso(wanted.since), "until": iso(wanted.until),
        }  # fmt: skip
        return {name: value for name, value in (values | changes).items() if value}


class NewInvoiceForm(StaffForm):
    """The order an invoice is drafted for."""

    order = StringField("Order number", filters=[stripped], validators=[DataRequired("Enter the order's number.")])


class DraftForm(StaffForm):
    """To whom a draft is made out, and until when it is to be paid."""

    name = StringField("Made out to", filters=[stripped],
                       validators=[DataRequired("Enter a name."), Length(max=120)])  # fmt: skip
    lines = TextAreaField("Address", filters=[trimmed], validators=[Length(max=400)], render_kw={"rows": 3})
    tax_number = StringField("Tax number of the buyer", filters=[stripped], validators=[Length(max=20)])
    due_on = DateField("To be paid by", validators=[Optional()])
    note = TextAreaField("Note on the invoice", filters=[trimmed], validators=[Length(max=500)],
                         render_kw={"rows": 2})  # fmt: skip

    @classmethod
    def of(cls, invoice: Invoice) -> DraftForm:
        """The form as a draft fills it."""
        buyer = invoice.buyer
        return cls(formdata=None, name=buyer["name"], lines="\n".join(buyer["lines"]), tax_number=buyer["tax_number"],
                   due_on=invoice.due_on, note=invoice.note)  # fmt: skip

    def validate_lines(self, field: Field) -> None:
        if len(self.address) > MOST_LINES:
            raise ValidationError(f"Use at most {MOST_LINES} lines.")

    @property
    def address(self) -> list[str]:
        """Its lines; empty ones go."""
        return [line.strip() for line in (self.lines.data or "").splitlines() if line.strip()]

    def terms(self) -> Terms:
        """The values."""
        return Terms(self.name.data, self.address, self.tax_number.data or "", self.due_on.data,
                     self.note.data or "")  # fmt: skip


class VoidForm(StaffForm):
    """Why an invoice is taken back."""

    reason = StringField("Why", filters=[stripped],
                         validators=[DataRequired("Say why in a few words."), Length(max=300)])  # fmt: skip
