"""The details of a store as a form; what they must say stands in `store/profile_rules.py`."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from shop.staff.forms import StaffForm
from shop.store.countries import countries, country, country_of
from shop.store.models import StoreProfile
from shop.store.profile_rules import SOCIAL
from shop.store.profiles import FIELDS, details_of


class StoreForm(StaffForm):
    """Every detail of a record; the address is one line of text for each of its lines."""

    name = StringField("Name of the shop")
    legal_name = StringField("Legal name", description="The company or person who sells.")
    email = StringField("E-mail", description="Where customers write to.")
    phone = StringField("Phone")
    address_lines = TextAreaField("Address", description="As it is printed, at most six lines.")
    country = SelectField("Country", validate_choice=False)
    state = StringField("State")
    gstin = StringField("GSTIN")
    pan = StringField("PAN")
    grievance_officer = StringField("Grievance officer")
    announcement = StringField("Announcement", description="One line above every page; empty for none.")
    instagram = StringField("Instagram")
    facebook = StringField("Facebook")
    youtube = StringField("YouTube")
    x = StringField("X")

    def __init__(self, record: StoreProfile | None, *args: Any, **kwargs: Any) -> None:
        details = details_of(record)
        text = details | {"address_lines": "\n".join(details["address_lines"])}
        text["country"] = text["country"] or country().code
        super().__init__(*args, data=text, **kwargs)
        self.country.choices = [SelectChoice(one.code, one.name) for one in countries().values()]

    @property
    def social(self) -> list[Any]:
        """The fields of pages elsewhere."""
        return [self[name] for name in SOCIAL]

    @property
    def states(self) -> tuple[str, ...]:
        """What the chosen country calls its parts, as suggestions."""
        known = self.country.data in countries()
        return country_of(self.country.data).states if known else ()

    def details(self) -> dict[str, Any]:
        """What was typed, as the rules read it."""
        typed = {name: self[name].data or "" for name in FIELDS}
        return typed | {"address_lines": typed["address_lines"].splitlines()}
