"""Forms of the order desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from shop.fulfilment.queries.desk import OrderFilter
from shop.lib.money import Money
from shop.staff import words
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MoneyField, WholeField, plain

CARRIERS = ("Blue Dart", "Delhivery", "DTDC", "Ecom Express", "Ekart", "India Post", "Shadowfax", "XpressBees")


def choices_of(known: Mapping[str, str], anything: str) -> list[SelectChoice]:
    """Labels to choose from by their codes, below what narrows nothing."""
    return [SelectChoice("", anything), *(SelectChoice(code, label) for code, label in known.items())]


class OrderFilterForm(StaffForm):
    """What the owner looks for; a value that makes no sense counts as none."""

    q = StringField("Search")
    payment = SelectField("Payment", choices=lambda: choices_of(words.standings(), "Any payment"))
    method = SelectField("Paid by", choices=lambda: choices_of(words.ways(), "Any way"))
    since = DateField("From", validators=[Optional()])
    until = DateField("To", validators=[Optional()])
    least = MoneyField("Total from")
    most = MoneyField("Total to")
    customer = WholeField("Customer")
    view = StringField("View")

    def wanted(self) -> OrderFilter:
        """The filter as the desk's queries take it."""
        return OrderFilter(
            view=self.view.data if self.view.data in words.VIEWS else "",
            text=(self.q.data or "").replace("\x00", "").strip()[:100],
            method=offered(self.method),
            standing=offered(self.payment),
            since=plausible(self.since.data),
            until=plausible(self.until.data),
            least=self.least.data if isinstance(self.least.data, Money) else None,
            most=self.most.data if isinstance(self.most.data, Money) else None,
            user_id=self.customer.data or None,
        )

    def kept(self, **changes: Any) -> dict[str, Any]:
        """What addresses carry on, without what is empty."""
        wanted = self.wanted()
        values = {
            "view": wanted.view, "q": wanted.text, "payment": wanted.standing, "method": wanted.method,
            "since": iso(wanted.since), "until": iso(wanted.until), "customer": wanted.user_id,
            "least": plain(wanted.least) if wanted.least else "", "most": plain(wanted.most) if wanted.most else "",
        }  # fmt: skip
        return {name: value for name, value in (values | changes).items() if value}


class ShipForm(StaffForm):
    """Who carries a parcel, under which number."""

    carrier = StringField("Carrier", filters=[lambda text: (text or "").strip()],
                          validators=[DataRequired("Enter who carries it."), Length(max=60)])  # fmt: skip
    tracking_number = StringField(
        "Tracking number",
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired("Enter the tracking number."),
            Length(max=60, message="A tracking number has at most 60 characters."),
            Regexp(r"^[A-Za-z0-9][A-Za-z0-9 ._/-]*$", message="Use letters, digits, spaces, dots and dashes only."),
        ],
    )


class DeliverForm(StaffForm):
    """The customer's code, or why it is missing."""

    otp = StringField("Code from the customer", filters=[lambda text: "".join((text or "").split())],
                      validators=[Optional(), Regexp(r"^[0-9]{6}\Z", message="The code has six digits.")])  # fmt: skip
    override_reason = StringField("Or: delivered without the code, because", validators=[Length(max=300)])


def _reason(name: str) -> TextAreaField:
    """A reason under an id of its own, because two of them can stand on one page."""
    needed = DataRequired("Write a short reason; it goes into the order's history.")
    return TextAreaField(
        "Reason",
        id=name,
        filters=[lambda text: (text or "").strip()],
        validators=[needed, Length(max=300, message="A reason has at most 300 characters.")],
        render_kw={"rows": 2},
    )


class CancelForm(StaffForm):
    """Why an order is cancelled."""

    reason = _reason("cancel-reason")


class FailForm(StaffForm):
    """Why the courier came back."""

    reason = _reason("fail-reason")
    refused = BooleanField("Somebody was there and did not want it")


def offered(field: SelectField) -> str:
    """What was chosen, if it was there to choose."""
    return field.data if field.data in {choice.value for choice in field.choices} else ""


def plausible(day: date | None) -> date | None:
    """A day that still exists in every time zone and has a day after it."""
    return day if day and date.min.year < day.year < date.max.year else None


def iso(day: date | None) -> str:
    """A day as addresses write it."""
    return day.isoformat() if day else ""
