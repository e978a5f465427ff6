"""A postal address: the postal code comes first and fills city and state."""

from __future__ import annotations

from functools import partial
from typing import Any

from wtforms import Field, Form, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp, StopValidation

from shop.accounts.address_rules import RULES, filled, problem_of, tidy
from shop.store.countries import country
from shop.store.places import place_of
from shop.store.queries import store
from shop.storefront.forms import ShopForm


class Fits:
    """A validator: the rule of this part of an address."""

    def __init__(self, name: str) -> None:
        rule, self.name = RULES[name], name
        flags = {"required": bool(rule.missing), "minlength": rule.shortest, "maxlength": rule.longest}
        self.field_flags = {name: value for name, value in flags.items() if value}

    def __call__(self, _form: Form, field: Field) -> None:
        if problem := problem_of(self.name, field.data or ""):
            raise StopValidation(problem)


def part(name: str, label: str, *more: Any, **options: Any) -> StringField:
    """A field for a part of an address."""
    return StringField(label, filters=[partial(tidy, name)], validators=[Fits(name), *more], **options)


class AddressForm(ShopForm):
    """Where a parcel goes, in the country's words. City and state left empty are filled from the postal code."""

    name = part("name", "Full name")
    postal_code = part("postal_code", "Postal code")
    house = part("house", "Flat, house number, building")
    street = part("street", "Street, area")
    landmark = part("landmark", "Landmark")
    city = part("city", "City or district")
    state = SelectField("State", validate_choice=False, validators=[Fits("state")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = country()
        self.postal_code.label.text, self.state.label.text = here.postal.name, here.state_word
        self.state.choices = [SelectChoice("", here.choose_state), *here.states]
        self.place = place_of(self.postal_code.data)

    @property
    def offices(self) -> list[str]:
        """Post offices of the postal code, as suggestions for the area."""
        return self.place.offices.split("\n")[:20] if self.place else []

    def fill_place(self, *, anew: bool = False) -> None:
        """Fill city and state from the postal code where they are empty, or in any case."""
        typed = {name: getattr(self, name).data for name in ("postal_code", "city", "state")}
        for name, value in filled(typed, anew=anew).items():
            getattr(self, name).data = value

    def validate(self, extra_validators: Any = None) -> bool:
        self.fill_place()
        return bool(super().validate(extra_validators))

    def values(self) -> dict[str, str]:
        """The address as plain text values, the way drafts and saved addresses keep it."""
        names = ("name", "house", "street", "landmark", "postal_code", "city", "state")
        return {name: getattr(self, name).data or "" for name in names} | {"country": store().country}


class SavedAddressForm(ShopForm):
    """Which saved address to use; the id is looked up among the person's own."""

    address_id = HiddenField("Saved address", validators=[Regexp(r"[0-9]{1,18}\Z", message="Choose an address.")])
