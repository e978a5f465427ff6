"""What is done to many products: the choice of it, and the one value each kind of it takes."""

from __future__ import annotations

import re
from typing import Any

from wtforms import Field, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from shop.accounts.visits import visitor
from shop.merchandising import owner_queries
from shop.merchandising.bulk.actions import ACTIONS, Action
from shop.merchandising.sales.prices import LEAST_OFF, MOST_OFF
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MoneyField, WholeField
from shop.staff.forms.products import NOBODY, choices, number_of

SIGNED = re.compile(r"([+\-\u2212]?)\s*([0-9]{1,3})\s*%?")
LOWEST, HIGHEST = -90, 200


def actions_allowed() -> dict[str, Action]:
    """What this person may do to many products."""
    return {code: action for code, action in ACTIONS.items() if visitor().can(action.permission)}


class ActionForm(StaffForm):
    """The choice above the list."""

    action = SelectField("With those ticked", coerce=str)

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.action.choices = [SelectChoice(code, one.title) for code, one in actions_allowed().items()]


class ValueForm(StaffForm):
    """An action that takes no value."""

    def offer(self) -> None:
        """Fill in what can be chosen."""

    def number(self) -> int:
        """What was entered, as the edit keeps it."""
        return 0


class _NamedForm(ValueForm):
    value: SelectField

    def number(self) -> int:
        return int(self.value.data)


class BrandForm(_NamedForm):
    """Which brand."""

    value = SelectField("Brand", coerce=number_of)

    def offer(self) -> None:
        self.value.choices = choices(owner_queries.brand_names())


class CategoryForm(_NamedForm):
    """Which category."""

    value = SelectField("Category", coerce=number_of)

    def offer(self) -> None:
        self.value.choices = choices(owner_queries.category_names())


class OccasionForm(_NamedForm):
    """Which occasion, or none."""

    value = SelectField("Occasion", coerce=number_of)

    def offer(self) -> None:
        self.value.choices = choices([(NOBODY, "None"), *owner_queries.occasion_names()])


class AmountForm(ValueForm):
    """One price for all."""

    value = MoneyField("New price", description="Every colour and size gets it.")

    def validate_value(self, field: Field) -> None:
        _refuse_none(field)

    def number(self) -> int:
        return self.value.data.minor if self.value.data else 0


class ChangeForm(ValueForm):
    """By how many percent prices go up or down."""

    value = StringField("Percent", description="+10 raises each price by a tenth, -10 lowers it. Rounded down to whole "
                        "units of the currency.")  # fmt: skip

    def validate_value(self, field: Field) -> None:
        if not self.number() or not LOWEST <= self.number() <= HIGHEST:
            raise ValidationError(f"Enter a number from {LOWEST} to {HIGHEST} that is not 0.")

    def number(self) -> int:
        found = SIGNED.fullmatch((self.value.data or "").strip())
        return int(found[2]) * (-1 if found[1] in ("-", "\u2212") else 1) if found else 0


class OffForm(ValueForm):
    """How many percent off a sale is."""

    value = WholeField("Percent off", description="Below each regular price, rounded down to whole units of the "
                       "currency.")  # fmt: skip

    def validate_value(self, field: Field) -> None:
        if field.data is None or not LEAST_OFF <= field.data <= MOST_OFF:
            raise ValidationError(f"Enter a number from {LEAST_OFF} to {MOST_OFF}.")

    def number(self) -> int:
        return self.value.data or 0


class UnitsForm(ValueForm):
    """At how many for sale something counts as low."""

    value = WholeField("Low at", description="At this number for sale, or fewer, a colour and size counts as low.")

    def validate_value(self, field: Field) -> None:
        _refuse_none(field)

    def number(self) -> int:
        return self.value.data or 0


FORMS: dict[str | None, type[ValueForm]] = {
    None: ValueForm, "brand": BrandForm, "category": CategoryForm, "occasion": OccasionForm, "amount": AmountForm,
    "change": ChangeForm, "off": OffForm, "units": UnitsForm,
}  # fmt: skip


def value_form(action: Action, formdata: Any) -> ValueForm:
    """The form of an action's value, with what came for it."""
    form = FORMS[action.takes](formdata)
    form.offer()
    return form


def _refuse_none(field: Field) -> None:
    if field.data is None and not field.errors:
        raise ValidationError("Enter a value.")
