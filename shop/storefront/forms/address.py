"""An Indian postal address: the pincode comes first and fills city and state."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from shop.lib.http.incoming import stripped
from shop.store.models import PostalCode
from shop.store.queries import postal_code, store
from shop.store.services import DATA
from shop.storefront.forms import ShopForm

PINCODE = re.compile(r"[1-9][0-9]{5}")


@cache
def state_names() -> tuple[str, ...]:
    """The states and union territories by their official names."""
    rows = json.loads((DATA / "india-states.json").read_text("utf-8"))
    return tuple(row["name"] for row in rows)


def closed_up(value: Any) -> Any:
    """A filter: 560 001 is written 560001."""
    return "".join(value.split()) if isinstance(value, str) else value


def place_of(code: str | None) -> PostalCode | None:
    """What the postal directory knows of a pincode; None for what is no pincode."""
    return postal_code(store().country, code) if code and PINCODE.fullmatch(code) else None


class AddressForm(ShopForm):
    """Where a parcel goes. City and state left empty are filled from the pincode."""

    name = StringField("Full name", filters=[stripped], validators=[
        DataRequired("Enter the name of the person who receives the parcel."),
        Length(2, 120, "Use between 2 and 120 characters for the name.")])  # fmt: skip
    postal_code = StringField("Pincode", filters=[closed_up], validators=[DataRequired("Enter the 6-digit pincode.")])
    house = StringField("Flat, house number, building", filters=[stripped], validators=[
        DataRequired("Enter the flat or house number, so that the courier finds the door."),
        Length(max=120, message="Use at most 120 characters here.")])  # fmt: skip
    street = StringField("Street, area", filters=[stripped], validators=[
        DataRequired("Enter the street or area."),
        Length(2, 160, "Use between 2 and 160 characters for the street.")])  # fmt: skip
    landmark = StringField("Landmark", filters=[stripped], validators=[
        Length(max=120, message="Use at most 120 characters for the landmark.")])  # fmt: skip
    city = StringField("City or district", filters=[stripped], validators=[
        DataRequired("Enter the city or district."),
        Length(2, 80, "Use between 2 and 80 characters for the city.")])  # fmt: skip
    state = SelectField("State", validate_choice=False, validators=[DataRequired("Choose the state.")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [SelectChoice("", "Choose a state"), *state_names()]
        self.place = place_of(self.postal_code.data)

    @property
    def offices(self) -> list[str]:
        """Post offices of the pincode, as suggestions for the area."""
        return self.place.offices.split("\n")[:20] if self.place else []

    def fill_place(self, *, anew: bool = False) -> None:
        """Fill city and state from the pincode where they are empty, or in any case."""
        if self.place and (anew or not self.city.data):
            self.city.data = self.place.district
        if self.place and (anew or not self.state.data):
            self.state.data = self.place.state

    def validate(self, extra_validators: Any = None) -> bool:
        self.fill_place()
        return bool(super().validate(extra_validators))

    def validate_postal_code(self, field: StringField) -> None:
        if not PINCODE.fullmatch(field.data or ""):
            raise ValidationError("A pincode has 6 digits, like 560001.")
        if self.place is None:
            raise ValidationError(f"We do not know the pincode {field.data}. Please check it.")

    def validate_state(self, field: SelectField) -> None:
        if field.data not in state_names():
            raise ValidationError("Choose the state from the list.")

    def values(self) -> dict[str, str]:
        """The address as plain text values, the way drafts and saved addresses keep it."""
        names = ("name", "house", "street", "landmark", "postal_code", "city", "state")
        return {name: getattr(self, name).data or "" for name in names} | {"country": store().country}


class SavedAddressForm(ShopForm):
    """Which saved address to use; the id is looked up among the person's own."""

    address_id = HiddenField("Saved address", validators=[Regexp(r"[0-9]{1,18}\Z", message="Choose an address.")])
