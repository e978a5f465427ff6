"""Forms of payments: what the list is narrowed to, how a payment in cash stands, and payouts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from shop.lib.http.incoming import stripped
from shop.payments.finding import PaymentFilter
from shop.payments.states import PaymentState, RefundWay
from shop.payments.ways import STORE_CREDIT
from shop.staff import words
from shop.staff.forms import StaffForm
from shop.staff.forms.logs import offered, plausible, text_in
from shop.store.days import day_start


def _choices(known: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", "Any"), *(SelectChoice(code, label) for code, label in known.items())]


class PaymentFilterForm(StaffForm):
    """Values that make no sense count as none."""

    q = StringField("Search")
    method = SelectField("Paid by", choices=lambda: _choices(words.methods() | {STORE_CREDIT: "Store credit"}))
    provider = SelectField("Provider", choices=_choices(words.PROVIDERS))
    status = SelectField("Status", choices=lambda: _choices(words.standings()))
    since = DateField("From", validators=[Optional()])
    until = DateField("To", validators=[Optional()])

    def wanted(self) -> PaymentFilter:
        """The filter as the queries take it."""
        since, until = plausible(self.since.data), plausible(self.until.data)
        return PaymentFilter(
            text=text_in(self.q, 100),
            method=offered(self.method),
            provider=offered(self.provider),
            status=offered(self.status),
            since=day_start(since) if since else None,
            until=day_start(until + timedelta(days=1)) if until else None,
        )

    def kept(self, **changes: Any) -> dict[str, Any]:
        """What addresses carry on, without what is empty."""
        values: dict[str, Any] = {name: offered(self[name]) for name in ("method", "provider", "status")}
        values["q"] = text_in(self.q, 100)
        values |= {name: day.isoformat() for name in ("since", "until") if (day := plausible(self[name].data))}
        return {name: value for name, value in (values | changes).items() if value}


class CashStatusForm(StaffForm):
    """How a payment in cash stands."""

    status = SelectField("Status", choices=[
        SelectChoice(PaymentState.PAID.value, "Paid"), SelectChoice(PaymentState.FAILED.value, "Failed"),
        SelectChoice(PaymentState.CANCELLED.value, "Cancelled"),
    ])  # fmt: skip


class PayoutForm(StaffForm):
    """The number the bank gave a transfer."""

    reference = StringField("Reference of the transfer", filters=[stripped], validators=[
        DataRequired("Enter the number the bank gave the transfer."),
        Length(max=80, message="A reference has at most 80 characters."),
        Regexp(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*\Z", message="Use letters, digits, spaces, dots and dashes only."),
    ], description="The UTR number, for instance.")  # fmt: skip


class RetryForm(StaffForm):
    """How a refund that the bank refused is tried again. Store credit needs an account of the shop."""

    way = SelectField("Send it", choices=[
        SelectChoice(RefundWay.ORIGINAL.value, "To where it came from, once more"),
        SelectChoice(RefundWay.PAYOUT.value, "To an account the customer names"),
        SelectChoice(RefundWay.CREDIT.value, "To store credit, at once"),
    ])  # fmt: skip

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_account:
            self.way.choices = self.way.choices[:-1]
