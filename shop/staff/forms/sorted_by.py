"""Forms of what products are sorted by."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, FileField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from shop.catalog.models.lookups import LONGEST_NAME, LONGEST_SLUG, Garment
from shop.lib.http.incoming import stripped
from shop.staff.forms import StaffForm

PICTURE = "JPEG, PNG or WebP, at most 5 MB."
GARMENTS = {
    Garment.UPPER: "Upper body, like shirts",
    Garment.LOWER: "Lower body, like jeans",
    Garment.DRESS: "Whole body, like dresses",
    Garment.FOOTWEAR: "Feet",
    Garment.ACCESSORY: "Anything else, like belts",
}


def _plain(text: str | None) -> str:
    return (text or "").replace("\x00", "").replace("\r\n", "\n").strip()


def _slug_field(more: str = "") -> StringField:
    words = f"Its part of addresses. Made from the name when you leave it empty.{more}"
    return StringField("Address", filters=[stripped], validators=[Length(max=LONGEST_SLUG)], description=words)


class NamedForm(StaffForm):
    """A name, and the part of addresses that is made from it. `pictures` has columns by the files of the form."""

    pictures: dict[str, str] = {}
    plain_fields: tuple[str, ...] = ()

    name = StringField("Name", filters=[stripped], validators=[
        DataRequired("Enter a name."), Length(max=LONGEST_NAME, message="Use at most 80 characters.")])  # fmt: skip
    slug = _slug_field()

    def values(self, row: Any = None) -> dict[str, Any]:
        """What was entered, of a row that is there already only what differs."""
        typed = {name: self[name].data for name in ("name", *self.plain_fields)}
        typed |= {"slug": self.slug.data} if self.slug.data else {}
        typed |= {column: None for file, column in self.pictures.items() if self[f"remove_{file}"].data}
        return {name: value for name, value in typed.items() if row is None or getattr(row, name) != value}


class BrandForm(NamedForm):
    """A brand with its logo."""

    pictures = {"logo": "logo"}
    plain_fields = ("description", "active")

    description = TextAreaField("Description", filters=[_plain], validators=[Length(max=5000)], render_kw={"rows": 4})
    active = BooleanField("Active", description="Listings and search show the products of active brands only.")
    logo = FileField("Logo", description=PICTURE)
    remove_logo = BooleanField("Remove the logo")


class OccasionForm(NamedForm):
    """An occasion."""


class ColourForm(NamedForm):
    """A colour with its swatch and its place among the others."""

    plain_fields = ("hex", "position")

    hex = StringField("Swatch", default="#808080", validators=[
        Regexp(r"^#[0-9A-Fa-f]{6}\Z", message="Write the colour like #2B3F8C.")])  # fmt: skip
    position = IntegerField("Place", default=0, description="Colours stand in this order in filters.", validators=[
        Optional(), NumberRange(0, 9999, message="Enter a place from 0 to 9999.")])  # fmt: skip

    def values(self, row: Any = None) -> dict[str, Any]:
        found = super().values(row)
        return found | ({"position": found["position"] or 0} if "position" in found else {})


class ProductTypeForm(NamedForm):
    """A kind of garment with its pictures; its size table has a page of its own."""

    pictures = {"thumbnail": "thumbnail", "size_chart": "chart"}
    plain_fields = ("garment",)

    garment = SelectField("What it dresses", choices=[SelectChoice(*one) for one in GARMENTS.items()],
                          description="Customers keep their size for each.")  # fmt: skip
    thumbnail = FileField("Picture", description=PICTURE)
    remove_thumbnail = BooleanField("Remove the picture")
    size_chart = FileField("Size chart as a picture", description=f"{PICTURE} It stands beside the size table.")
    remove_size_chart = BooleanField("Remove the size chart")


class CategoryForm(NamedForm):
    """A category; where it stands is chosen beside it."""

    pictures = {"picture": "picture"}
    plain_fields = ("description", "active")

    slug = _slug_field(" After a change the old one leads to its page, until another category takes it.")
    description = TextAreaField("Description", filters=[_plain], validators=[Length(max=5000)], render_kw={"rows": 4},
                                description="Shoppers read it above the products.")  # fmt: skip
    active = BooleanField("Active", description="One that is not active is hidden with everything below it.")
    picture = FileField("Picture", description=PICTURE)
    remove_picture = BooleanField("Remove the picture")


class PlaceForm(StaffForm):
    """Below which category something stands; nothing for the top."""

    parent = SelectField("Stands below", coerce=lambda value: int(value) if str(value).isdigit() else 0)

    def offer(self, places: list[tuple[int, str]]) -> PlaceForm:
        """The categories to choose from."""
        self.parent.choices = [SelectChoice(0, "Nothing: it is at the top"), *(SelectChoice(*one) for one in places)]
        return self


class RemovalForm(StaffForm):
    """What becomes of what hangs on something: it goes to another, or along, which typing the name confirms."""

    to = SelectField("Move to", coerce=lambda value: int(value) if str(value).isdigit() else 0)
    name = StringField("Type the name to confirm", filters=[stripped])

    def offer(self, places: list[tuple[int, str]]) -> RemovalForm:
        """What things can be moved to."""
        self.to.choices = [SelectChoice(0, "Choose …"), *(SelectChoice(*one) for one in places)]
        return self
