"""The form of a new product."""

from __future__ import annotations

from itertools import product as each_with_each
from typing import Any

from wtforms import Field, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from shop.merchandising import owner_queries
from shop.merchandising.products.defaults import one_colour, one_size
from shop.merchandising.products.slugs import LONGEST
from shop.merchandising.products.wanted import MOST_GRAMS, NewVariant
from shop.staff.forms.fields import MoneyField, WholeField
from shop.staff.forms.products import NOBODY, ProductForm, choices, line, number_of


class NewProductForm(ProductForm):
    """A product with its first colours and sizes; it begins hidden, because its pictures come afterwards."""

    slug = StringField(
        "Address",
        filters=[line],
        validators=[Length(max=LONGEST)],
        description="The end of its page's address; made from the name if you leave it empty.",
    )
    new_category = StringField(
        "Or a new category",
        filters=[line],
        validators=[Length(max=400)],
        description="From the top down, like Men > Shirts > Linen; what is missing is made.",
    )
    colours = SelectMultipleField("Colours", coerce=number_of)
    sizes = SelectMultipleField("Sizes", coerce=number_of)
    price = MoneyField("Price")
    units = WholeField("In stock of each")
    weight = WholeField("Weight of each in grams")
    published = None
    publish_at = None
    version = None

    def offer(self) -> None:
        """Fill in what can be chosen; nothing is chosen beforehand."""
        super().offer()
        for field, one in ((self.brand, "a brand"), (self.product_type, "a type"), (self.category, "a category")):
            field.choices = [SelectChoice(NOBODY, f"Choose {one}"), *field.choices]
        self.colours.choices = choices(owner_queries.colour_names())
        self.sizes.choices = choices([size for some in owner_queries.sizes_by_system().values() for size in some])

    def validate_brand(self, field: Field) -> None:
        if field.data == NOBODY:
            raise ValidationError("Choose a brand.")

    def validate_product_type(self, field: Field) -> None:
        if field.data == NOBODY:
            raise ValidationError("Choose a type.")

    def validate_category(self, field: Field) -> None:
        if field.data == NOBODY and not self.category_names():
            raise ValidationError("Choose a category.")

    def validate_price(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter a price.")

    def validate_weight(self, field: Field) -> None:
        if (field.data or 0) > MOST_GRAMS:
            raise ValidationError(f"Enter at most {MOST_GRAMS} grams.")

    def category_names(self) -> list[str]:
        """The categories of the typed path, from the top down; none where nothing was typed."""
        typed = self.new_category.data if self.new_category else ""
        return [name.strip() for name in typed.replace("›", ">").split(">")] if typed else []

    def variants(self) -> list[NewVariant]:
        """One for each colour in each size; what has none comes in one colour, or in one size."""
        colours, sizes = self.colours.data or [one_colour()], self.sizes.data or [one_size()]
        units = (self.units.data or 0) if self.units else 0
        alike: dict[str, Any] = {"price": self.price.data, "weight_grams": self.weight.data or 0, "units": units}
        return [NewVariant(colour_id=c, size_id=s, **alike) for c, s in each_with_each(colours, sizes)]

    def _is_published(self) -> bool:
        return False
