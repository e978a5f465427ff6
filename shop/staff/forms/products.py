"""Forms of the product editor."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp

from shop.catalog.models import Product
from shop.lib.http.incoming import stripped
from shop.merchandising import owner_queries
from shop.merchandising.products.fields import ProductFields, fields_of, version_of
from shop.merchandising.products.slugs import LONGEST
from shop.pricing.queries import tax_classes
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MomentField, MoneyField, WholeField
from shop.store.queries import store

NOBODY = 0
SAME = ("name", "slug", "description", "mrp", "hsn", "tax_class", "country_of_origin", "maker", "net_quantity")
"""Fields that are called as the values they hold."""


def _strip(text: str | None) -> str:
    return (text or "").replace("\x00", "").strip()


def line(text: str | None) -> str:
    """One line of what was typed; nothing where nothing came."""
    return str(stripped(text or ""))


def number_of(value: Any) -> int:
    text = str(value or NOBODY)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1


def choices(named: list[tuple[int, str]]) -> list[SelectChoice]:
    """Rows to choose from, by id."""
    return [SelectChoice(id, name) for id, name in named]


class ProductForm(StaffForm):
    """What the owner may change about a product; specifications are lines of "Name: value"."""

    name = StringField("Name", filters=[line], validators=[DataRequired("Enter a name."), Length(max=160)])
    slug = StringField("Address", filters=[line], validators=[Length(max=LONGEST)], description="The end of its page's "
                       "address. After a change the old one leads there, until another product takes it.")  # fmt: skip
    description = TextAreaField("Description", filters=[_strip], validators=[Length(max=5000)], render_kw={"rows": 6})
    brand = SelectField("Brand", coerce=number_of)
    category = SelectField("Category", coerce=number_of)
    occasion = SelectField("Occasion", coerce=number_of)
    product_type = SelectField("Type", coerce=number_of)
    specifications = TextAreaField("Details", filters=[_strip], validators=[Length(max=4000)], render_kw={"rows": 8})
    mrp = MoneyField("MRP")
    hsn = StringField("HSN code", filters=[_strip], validators=[
        Regexp(r"^([0-9]{4}|[0-9]{6}|[0-9]{8})\Z", message="An HSN code has 4, 6 or 8 digits.")])  # fmt: skip
    tax_class = SelectField("Taxed as")
    country_of_origin = StringField("Country of origin", filters=[line], validators=[
        DataRequired("Enter where it was made."), Length(max=60)])  # fmt: skip
    maker = StringField("Maker, packer or importer", filters=[line], validators=[Length(max=240)])
    net_quantity = StringField("Net quantity", default="1 N", filters=[line], validators=[
        DataRequired("Enter what is in the package, like 1 N."), Length(max=40)])  # fmt: skip
    featured = BooleanField("Featured")
    published = BooleanField("On the shelf")
    publish_at: Any = MomentField("Put on the shelf at")
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

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.brand.choices = choices(owner_queries.brand_names())
        self.category.choices = choices(owner_queries.category_names())
        self.occasion.choices = choices([(NOBODY, "None"), *owner_queries.occasion_names()])
        self.product_type.choices = choices(owner_queries.product_type_names())
        self.tax_class.choices = [SelectChoice(one, one.capitalize()) for one in tax_classes(store().country)]

    def fill(self, product: Product) -> None:
        """Show a product as it is."""
        now = fields_of(product)
        shown = {name: getattr(now, name) for name in SAME} | {
            "brand": now.brand_id, "category": now.category_id, "product_type": now.product_type_id,
            "occasion": now.occasion_id or NOBODY, "published": now.is_published, "featured": now.is_featured,
            "publish_at": now.publish_at,
            "specifications": "\n".join(f"{name}: {value}" for name, value in now.specifications.items()),
            "version": version_of(product),
        }  # fmt: skip
        self.process(data=shown)

    def fields(self) -> ProductFields:
        """What was entered, as the editor's service takes it."""
        same = {name: self[name].data for name in SAME}
        return ProductFields(**same | {
            "description": self.description.data.replace("\r\n", "\n"),
            "brand_id": self.brand.data,
            "category_id": self.category.data,
            "occasion_id": self.occasion.data or None,
            "product_type_id": self.product_type.data,
            "specifications": _details(self.specifications.data),
            "is_featured": self.featured.data,
            "is_published": self._is_published(),
            "publish_at": self.publish_at.data if self.publish_at else None,
        })  # fmt: skip

    def _is_published(self) -> bool:
        return bool(self.published.data)


class PriceForm(StaffForm):
    """A variant's regular price."""

    value = MoneyField("Price", name="price")

    def validate_value(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter a price.")


class StockForm(StaffForm):
    """What was counted on the shelf."""

    value = WholeField("In stock", name="on_hand", description="Counted on the shelf, pieces kept for orders included.")

    def validate_value(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter how many there are.")


def _details(text: str) -> dict[str, str]:
    parts = (line.partition(":") for line in text.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, _, value in parts}
