"""The form of a tax rate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import DateField, DecimalField, Field, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from shop.lib.http.incoming import stripped
from shop.pricing.services import NewRate
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MoneyField

WITHIN = NumberRange(0, 100, "Enter percent from 0 to 100.")


def _hundredths(form: StaffForm, field: Field) -> None:
    """A rate is kept in hundredths of a percent."""
    if field.data is not None and field.data.is_finite() and field.data * 100 % 1:
        raise ValidationError("Use at most two places, like 7.5.")


class RateForm(StaffForm):
    """A rate of a class of goods from a day on; above a price per piece another one."""

    tax_class = SelectField("Goods")
    starts_on = DateField("Holds from", validators=[InputRequired("Choose a day.")])
    low_rate = DecimalField("Rate in percent", places=None,
                            validators=[InputRequired("Enter the rate."), WITHIN, _hundredths])  # fmt: skip
    threshold = MoneyField("Up to this net price a piece", validators=[Optional()])
    high_rate = DecimalField("Rate above it, in percent", places=None,
                             validators=[Optional(), WITHIN, _hundredths])  # fmt: skip
    source = StringField("Where it stands", filters=[stripped],
                         validators=[DataRequired("Name the law or notice."), Length(max=200)])  # fmt: skip

    def offer(self, tax_classes: list[str]) -> RateForm:
        """The classes to choose from."""
        self.tax_class.choices = [SelectChoice(name, name.capitalize()) for name in tax_classes]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits and (self.threshold.data is None) != (self.high_rate.data is None):
            self.high_rate.errors = ["A price and a rate above it go together: enter both or none."]
            return False
        return fits

    def rate(self) -> NewRate:
        """The values."""
        return NewRate(
            self.tax_class.data,
            self.starts_on.data,
            _basis_points(self.low_rate.data),
            self.source.data,
            self.threshold.data,
            None if self.high_rate.data is None else _basis_points(self.high_rate.data),
        )


def _basis_points(percent: Decimal) -> int:
    return int(percent * 100)
