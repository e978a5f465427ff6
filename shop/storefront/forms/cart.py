"""What bag and wishlist are told."""

from __future__ import annotations

from typing import TypeVar

from wtforms import BooleanField, StringField
from wtforms.validators import Length

from shop.lib.errors import ShopError
from shop.lib.http.incoming import stripped
from shop.storefront.forms import ShopForm
from shop.storefront.forms.numbers import Wanted, WholeNumber

QUANTITY = "Choose a quantity from 1 to 100."
STEPS = {"minus": -1, "plus": 1}
F = TypeVar("F", bound=ShopForm)


class AddLineForm(ShopForm):
    """A size and how many of it; `undo` marks that a removed line comes back."""

    variant_id = WholeNumber("Size", message="Choose a size first.", validators=[Wanted()])
    quantity = WholeNumber("Quantity", message=QUANTITY, default=1)
    undo = BooleanField()


class QuantityForm(ShopForm):
    """The number, and perhaps that it was the plus or minus next to it that was pressed."""

    quantity = WholeNumber("Quantity", message=QUANTITY, validators=[Wanted()])
    op = StringField()

    @property
    def wanted(self) -> int:
        return int(self.quantity.data) + STEPS.get(self.op.data or "", 0)


class SavedLineForm(ShopForm):
    """A line that waits comes into the bag: all of it, or so many units."""

    quantity = WholeNumber("Quantity", message=QUANTITY)


class CouponForm(ShopForm):
    """A coupon's code, whatever its case; the shop says what is wrong with it."""

    code = StringField("Coupon code", filters=[stripped])


class WishForm(ShopForm):
    """A product, perhaps the colour it was seen in, and the whole wished state, so a double tap is safe."""

    product_id = WholeNumber("Product", message="Choose a product.", validators=[Wanted()])
    colour = StringField(filters=[stripped])
    on = StringField(default="1")

    @property
    def is_on(self) -> bool:
        return self.on.data != "0"


class ShareForm(ShopForm):
    """What a shared wishlist calls its owner; nothing where they choose to show nothing."""

    name = StringField(
        "Your first name", filters=[stripped], validators=[Length(max=40, message="Use at most 40 characters.")]
    )


class SizeForm(ShopForm):
    """The size that moves from the wishlist into the bag."""

    variant_id = WholeNumber("Size", message="Choose a size first.", validators=[Wanted()])


def valid(form: F) -> F:
    """The form, or its first complaint raised as an error a person can read."""
    if not form.validate():
        name, complaints = next(iter(form.errors.items()))
        raise ShopError(str(complaints[0]), field=str(name))
    return form
