"""Forms of sale prices: in a variant's cell, and of sales that have a time."""

from __future__ import annotations

from typing import cast

from wtforms import Field, SelectMultipleField, StringField, ValidationError

from shop.lib.money import Money
from shop.merchandising.sales.prices import SalePrice, parse_sale_price
from shop.merchandising.sales.services import Sale
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MomentField, plain
from shop.staff.forms.products import choices, number_of


class SalePriceField(StringField):
    """An amount such as 1,499, or percent off such as -20%; `data` is Money, PercentOff, or None for nothing."""

    data: SalePrice | None
    typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.typed = valuelist[0]
            self.data = parse_sale_price(valuelist[0])

    def _value(self) -> str:
        if self.typed or not isinstance(self.data, Money):
            return self.typed
        return plain(self.data)


class SalePriceForm(StaffForm):
    """A variant's sale price; empty ends the sale."""

    value = SalePriceField(
        "Sale price", name="sale_price", description="An amount, or percent off like -20%. Empty ends the sale."
    )


class SaleForm(StaffForm):
    """A sale of some of a product's variants."""

    price = SalePriceField("Sale price", description="Percent off each price like 20%, or one amount for all.")
    starts_at = MomentField("From", description="Empty begins it now.")
    ends_at = MomentField("Until", description="Empty lets it run until you end it.")
    variants = SelectMultipleField("Colours and sizes", coerce=number_of, validate_choice=False)

    def validate_price(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter a sale price.")

    def offer(self, named: list[tuple[int, str]]) -> None:
        """Fill in what can go on sale; all of it is ticked at first."""
        self.variants.choices = choices(named)
        if not self.is_submitted():
            self.variants.data = [number for number, _ in named]

    def sale(self) -> Sale:
        """What was entered, as the service takes it; to be asked once the form is valid."""
        return Sale(self.variants.data or [], cast(SalePrice, self.price.data), self.starts_at.data, self.ends_at.data)
