"""A garment somebody owns, as it is measured."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from shop.catalog.size_guide.comparing import Measure
from shop.catalog.size_guide.lengths import INCH, Unit, length_of
from shop.storefront.forms import ShopForm

SHORTEST, LONGEST = Decimal(1), Decimal(300)
UNITS = [SelectChoice(Unit.CM, "Centimetres"), SelectChoice(Unit.INCH, "Inches")]


class LengthField(Field):
    """A length as a number, in the unit that the form says; nothing typed is None."""

    widget = TextInput()
    data: Decimal | None

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        self.data = length_of(text)
        if self.data is None or not SHORTEST <= self.data <= LONGEST:
            raise ValidationError(f"Enter a length from {SHORTEST} to {LONGEST}, like 52 or 52.5.")

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""


class FitForm(ShopForm):
    """The unit; a field for each measure comes with `fit_form`."""

    unit = SelectField("Measured in", choices=UNITS, default=Unit.CM)
    measures: Sequence[Measure] = ()

    @property
    def was_sent(self) -> bool:
        return any(self[measure.key].raw_data for measure in self.measures)

    @property
    def lengths(self) -> dict[Measure, Decimal]:
        """What was measured, in centimetres."""
        factor = INCH if self.unit.data == Unit.INCH else Decimal(1)
        typed = {measure: self[measure.key].data for measure in self.measures}
        return {measure: length * factor for measure, length in typed.items() if length is not None}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all that was typed is a length, and something was."""
        is_good = bool(super().validate(extra_validators))
        if is_good and not self.lengths:
            self.form_errors.append("Enter at least one measurement.")
        return is_good and bool(self.lengths)


def fit_form(measures: Sequence[Measure], asked: MultiDict[str, str]) -> FitForm:
    """The form for these measures, filled from the address."""
    fields = {measure.key: LengthField(measure.name) for measure in measures}
    made: type[FitForm] = type("FitFormOfType", (FitForm,), {**fields, "measures": measures})
    return made(formdata=asked)
