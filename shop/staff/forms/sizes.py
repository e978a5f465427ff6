"""The form of a size."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from shop.lib.http.incoming import stripped
from shop.merchandising.lookups.sizes import LONGEST, SYSTEMS
from shop.staff.forms import StaffForm


class SizeForm(StaffForm):
    """What a size is called, in which system, and its place from small to large."""

    label = StringField("Size", filters=[stripped], validators=[
        DataRequired("Enter the size, like XL."), Length(max=LONGEST, message="At most 20 characters.")])  # fmt: skip
    system = SelectField("System", choices=[SelectChoice(*one) for one in SYSTEMS.items()])
    position = IntegerField("Place", validators=[
        Optional(), NumberRange(0, 9999, message="Enter a place from 0 to 9999.")])  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What was entered."""
        typed = {"label": self.label.data, "system": self.system.data}
        return typed | ({} if self.position.data is None else {"position": self.position.data})
