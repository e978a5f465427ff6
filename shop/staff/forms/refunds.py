"""The form of a refund: pieces by line, the delivery, or an amount off, and where it goes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from shop.lib.errors import ShopError
from shop.lib.http.incoming import stripped
from shop.lib.money import ZERO
from shop.orders.models import OrderLine
from shop.payments.errors import TooMuchToRefund
from shop.payments.parts import Part
from shop.payments.refunds import Wanted
from shop.payments.states import RefundWay
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MoneyField


class RefundForm(StaffForm):
    """What goes back. The pieces of a line are a field of its own, `units-` and the line's id."""

    amount = MoneyField("Or an amount, without pieces", validators=[Optional()])
    delivery = MoneyField("For delivery and fees", validators=[Optional()])
    way = SelectField("Where to", choices=[
        SelectChoice(RefundWay.ORIGINAL.value, "To where it came from"),
        SelectChoice(RefundWay.CREDIT.value, "Store credit"),
    ])  # fmt: skip
    reason = TextAreaField("Reason", filters=[stripped], validators=[
        DataRequired("Write a short reason; the customer can read it."),
        Length(max=300, message="A reason has at most 300 characters.")], render_kw={"rows": 2})  # fmt: skip
    key = HiddenField()

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_account:
            self.way.choices = self.way.choices[:1]

    def wanted(self, lines: Sequence[OrderLine], lefts: Sequence[Part]) -> Wanted:
        """What was filled in. Raises TooMuchToRefund for pieces that are not left, ShopError for a mix of both."""
        most = {left.line_id: left.units for left in lefts}
        units = {line.id: _units(line, most[line.id]) for line in lines}
        chosen = {line_id: number for line_id, number in units.items() if number}
        if self.amount.data and (chosen or self.delivery.data):
            raise ShopError("Choose pieces and the delivery, or an amount off, not both.", field="amount")
        return Wanted(
            reason=self.reason.data or "",
            units=chosen,
            delivery=self.delivery.data or ZERO,
            amount=self.amount.data,
            way=RefundWay(self.way.data),
        )

    def renew_key(self) -> None:
        """Let what is sent from here on be something new."""
        self.key.data = secrets.token_urlsafe(12)


def typed_units(line_id: int) -> str:
    """What was chosen of a line."""
    return request.form.get(f"units-{line_id}", "")


def _units(line: OrderLine, most: int) -> int:
    typed = typed_units(line.id)
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0 if not typed else most + 1
    if number > most:
        raise TooMuchToRefund(line.name)
    return number
