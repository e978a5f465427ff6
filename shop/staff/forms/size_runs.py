"""By how many percent a broken size run is marked down."""

from __future__ import annotations

from wtforms import Field, ValidationError

from shop.staff.forms import StaffForm
from shop.staff.forms.fields import WholeField

LEAST, HIGHEST = 5, 70


class MarkdownForm(StaffForm):
    """Percent below the regular price."""

    percent = WholeField("Percent off")

    def validate_percent(self, field: Field) -> None:
        if field.data is None or not LEAST <= field.data <= HIGHEST:
            raise ValidationError(f"Enter a number from {LEAST} to {HIGHEST}.")
