"""The form of the packing table: how many units of each line go into the parcel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms.validators import InputRequired, NumberRange

from shop.orders.models import Order
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import WholeField

PREFIX = "units-"


class PackForm(StaffForm):
    """One number for each line of which units are left; which lines there are is the order's."""

    @property
    def units(self) -> dict[int, int]:
        """The numbers by the lines' ids."""
        return {int(name.removeprefix(PREFIX)): field.data for name, field in self._fields.items()}


def pack_form(order: Order, left: Mapping[int, int], **values: Any) -> PackForm:
    """The form for what is left of an order; all of it unless somebody says less."""

    class Packing(PackForm):
        pass

    for line in order.lines:
        if units := left.get(line.id):
            limits = NumberRange(0, units, message=f"Between 0 and {units}.")
            label = f"{line.name}, {line.colour}, {line.size}"
            field = WholeField(label, default=units, validators=[InputRequired("Enter a number."), limits])
            setattr(Packing, f"{PREFIX}{line.id}", field)
    return Packing(**values)
