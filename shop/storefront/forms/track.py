"""Which order is tracked."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from shop.accounts.contacts import named_address
from shop.lib.http.incoming import stripped
from shop.storefront.forms import ShopForm


def is_named(_form: Any, field: Any) -> None:
    """A validator: replaces what was typed with the e-mail or phone as orders keep it."""
    try:
        field.data = named_address(field.data)
    except ValueError as error:
        raise ValidationError(str(error)) from None


class TrackForm(ShopForm):
    """An order's number, and how its buyer is reached."""

    number = StringField("Order number", filters=[stripped], description="It stands in every mail about the order.",
                         validators=[DataRequired("Enter the order's number."), Length(max=40)])  # fmt: skip
    identifier = StringField("E-mail or phone", filters=[stripped], description="The one the order was placed with.",
                             validators=[DataRequired("Enter the e-mail or phone of the order."), Length(max=254),
                                         is_named])  # fmt: skip
