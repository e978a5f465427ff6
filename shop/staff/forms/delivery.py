"""Forms of the ways to send an order."""

from __future__ import annotations

from typing import Any

from wtforms import Field, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from shop.delivery.models import DeliveryMethod
from shop.delivery.services import LONGEST_WAY, MethodFields
from shop.delivery.zones import Place, place_at
from shop.lib.http.incoming import stripped
from shop.lib.money import ZERO, Money
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MoneyField, WholeField
from shop.store.countries import country
from shop.store.places import is_postal_code
from shop.store.postal_areas import LONGEST, areas_of

MOST_CITIES, LONGEST_CITY = 200, 80
MOST_KG = 1000
DAYS = f"Enter working days from 0 to {LONGEST_WAY}."


class CostField(MoneyField):
    """An amount from 0 on; nothing typed is nothing charged."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and not valuelist[0].strip("0 "):
            self.typed, self.data = valuelist[0], ZERO
        else:
            super().process_formdata(valuelist)


class MethodForm(StaffForm):
    """A way to send an order, and where it goes."""

    name = StringField("Name", filters=[stripped], validators=[
        DataRequired("Say what it is called."), Length(max=80, message="Use at most 80 characters.")],
        description="As shoppers read it: Standard delivery.")  # fmt: skip
    description = StringField("In a sentence", filters=[stripped], validators=[
        Length(max=200, message="Use at most 200 characters.")],
        description="Stands under the name at the checkout.")  # fmt: skip
    base_charge = CostField("Charge", default=ZERO, description="For the first kilogram. 0 is free.")
    charge_per_kg = CostField("For each further kilogram", default=ZERO, description="For each that is begun.")
    free_from = MoneyField("Free from", description="What the goods come to. Empty: it is never free.")
    min_days = WholeField("Days at least", validators=[InputRequired(DAYS)])
    max_days = WholeField("Days at most", validators=[InputRequired(DAYS)], description="Couriers rest on Sundays.")
    states = SelectMultipleField("States", validate_choice=False)
    cities = TextAreaField("Cities", render_kw={"rows": 3}, validators=[
        Length(max=MOST_CITIES * LONGEST_CITY, message="Enter fewer cities.")],
        description="With commas between them. Bengaluru is Bengaluru Urban, too.")  # fmt: skip
    postal_codes = TextAreaField("Postal codes", render_kw={"rows": 3}, validators=[
        Length(max=LONGEST, message=f"Use at most {LONGEST} characters.")])  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = country()
        self.states.label.text = f"{here.state_word}s"
        self.states.choices = [(state, state) for state in here.states]
        example = here.postal.example
        self.postal_codes.label.text = f"{here.postal.name}s"
        self.postal_codes.description = (
            f"One, all that begin alike, or a range: {example}, {example[:-2]}*, {example}-{example[:-1]}9."
        )

    def validate_postal_codes(self, field: Field) -> None:
        try:
            areas_of(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def validate_cities(self, field: Field) -> None:
        if any(len(city) > LONGEST_CITY for city in _cities(field.data)):
            raise ValidationError(f"A city has at most {LONGEST_CITY} characters; put commas between them.")

    def fields(self) -> MethodFields:
        """The form as the area takes it."""
        plain = {name: self[name].data for name in ("free_from", "min_days", "max_days")}
        return MethodFields(
            name=self.name.data,
            description=self.description.data or "",
            base_charge=self.base_charge.data or ZERO,
            charge_per_kg=self.charge_per_kg.data or ZERO,
            states=tuple(self.states.data or ()),
            cities=_cities(self.cities.data),
            postal_codes=areas_of(self.postal_codes.data or ""),
            **plain,
        )


class CalculatorForm(StaffForm):
    """What would it cost? A place, a weight and what the goods come to."""

    postal_code = StringField("Postal code", filters=[stripped])
    weight = StringField("Weight in kg", default="1", filters=[stripped])
    goods = CostField("Goods come to", default=ZERO)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.postal_code.label.text = country().postal.name

    def validate_postal_code(self, field: Field) -> None:
        if not is_postal_code(field.data):
            raise ValidationError(country().postal.wrong if field.data else country().postal.missing)

    def validate_weight(self, field: Field) -> None:
        if self.grams is None:
            raise ValidationError(f"Enter a weight from 0.001 to {MOST_KG} kg, such as 1.2.")

    @property
    def grams(self) -> int | None:
        """The weight in grams, a part of one counted as one; None for what is no weight."""
        whole, _, part = (self.weight.data or "").partition(".")
        is_number = f"{whole}{part}".isascii() and f"{whole}{part}".isdigit() and len(whole) < 5 and len(part) < 10
        grams = int(whole or 0) * 1000 + -(-int(part or 0) * 1000 // 10 ** len(part)) if is_number else 0
        return grams if 0 < grams <= MOST_KG * 1000 else None

    @property
    def place(self) -> Place:
        return place_at(self.postal_code.data)

    @property
    def goods_total(self) -> Money:
        return self.goods.data or ZERO


def form_of(method: DeliveryMethod) -> MethodForm:
    """The form of a method as it is."""
    form = MethodForm(formdata=None, obj=method)
    form.cities.data, form.postal_codes.data = ", ".join(method.cities), ", ".join(method.postal_codes)
    return form


def _cities(typed: str | None) -> tuple[str, ...]:
    """Each city once, in the order they were typed."""
    names = [stripped(part) for part in (typed or "").replace("\n", ",").split(",")]
    return tuple(dict.fromkeys(name for name in names if name))
