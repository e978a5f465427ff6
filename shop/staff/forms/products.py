"""Forms of the product editor."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Regexp

from shop.catalog.models import Product
from shop.lib.money import ZERO
from shop.merchandising.services import ProductFields, fields_of, version_of
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MoneyField, WholeField

NOBODY = 0


def _strip(text: str | None) -> str:
    return (text or "").replace("\x00", "").strip()


def _number(value: Any) -> int:
    text = str(value or NOBODY)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1


class ProductForm(StaffForm):
    """What the owner may change about a product; specifications are lines of "Name: value"."""

    name = StringField("Name", filters=[_strip], validators=[DataRequired("Enter a name."), Length(max=160)])
    description = TextAreaField("Description", filters=[_strip], validators=[Length(max=5000)], render_kw={"rows": 6})
    brand = SelectField("Brand", coerce=_number)
    category = SelectField("Category", coerce=_number)
    occasion = SelectField("Occasion", coerce=_number)
    specifications = TextAreaField("Details", filters=[_strip], validators=[Length(max=4000)], render_kw={"rows": 8})
    mrp = MoneyField("MRP")
    hsn = StringField("HSN code", filters=[_strip], validators=[
        Regexp(r"^([0-9]{4}|[0-9]{6}|[0-9]{8})\Z", message="An HSN code has 4, 6 or 8 digits.")])  # fmt: skip
    published = BooleanField("On the shelf")
    version = HiddenField()

    def validate_mrp(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter the MRP.")

    def validate_specifications(self, field: Field) -> None:
        for line in field.data.splitlines():
            name, colon, value = line.partition(":")
            if line.strip() and not (colon and name.strip() and value.strip()):
                raise ValidationError(
                    f"Write each detail as “Name: value”. This line is different: {line.strip()[:40]}"
                )

    def fill(self, product: Product) -> None:
        """Show a product as it is."""
        now = fields_of(product)
        self.process(data={
            "name": now.name, "description": now.description, "brand": now.brand_id, "category": now.category_id,
            "occasion": now.occasion_id or NOBODY, "mrp": now.mrp, "hsn": now.hsn, "published": now.is_published,
            "specifications": "\n".join(f"{name}: {value}" for name, value in now.specifications.items()),
            "version": version_of(product),
        })  # fmt: skip

    def fields(self) -> ProductFields:
        """What was entered, as the editor's service takes it."""
        return ProductFields(
            name=self.name.data,
            description=self.description.data.replace("\r\n", "\n"),
            brand_id=self.brand.data,
            category_id=self.category.data,
            occasion_id=self.occasion.data or None,
            specifications=_details(self.specifications.data),
            mrp=self.mrp.data or ZERO,
            hsn=self.hsn.data,
            is_published=self.published.data,
        )


class PriceForm(StaffForm):
    """A variant's regular price."""

    value = MoneyField("Price", name="price")

    def validate_value(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter a price.")


class SalePriceForm(StaffForm):
    """A variant's sale price; empty ends the sale."""

    value = MoneyField("Sale price", name="sale_price", description="Leave it empty to end the sale.")


class StockForm(StaffForm):
    """What was counted on the shelf."""

    value = WholeField("In stock", name="on_hand", description="Counted on the shelf, pieces kept for orders included.")

    def validate_value(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter how many there are.")


def _details(text: str) -> dict[str, str]:
    parts = (line.partition(":") for line in text.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, _, value in parts}
