"""What each step of the checkout asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp

from shop.checkout.queries import Offer
from shop.delivery.cash import CASH_ON_DELIVERY, CashTerms
from shop.lib.http.incoming import stripped
from shop.lib.money import ZERO, Money
from shop.payments.offers import offered, paid_before
from shop.store.formats import money
from shop.storefront.forms import ShopForm
from shop.storefront.forms.address import AddressForm
from shop.storefront.forms.contacts import is_email, is_phone


class ContactForm(ShopForm):
    """Where news of the order goes, and whom the courier calls."""

    email = StringField("E-mail", filters=[stripped], validators=[
        DataRequired("Enter your e-mail address."),
        Length(max=254, message="An e-mail address has at most 254 characters."), is_email])  # fmt: skip
    phone = StringField("Phone", filters=[stripped], validators=[
        DataRequired("Enter your phone number."),
        Length(max=30, message="A phone number is shorter than that."), is_phone])  # fmt: skip


class DeliveryAddressForm(AddressForm):
    """An address, and whether a signed-in person wants to keep it."""

    save = BooleanField("Keep this address in my account")


class DeliveryForm(ShopForm):
    """One of the delivery methods on offer."""

    method = RadioField("Delivery", validators=[DataRequired("Choose how we send it.")])

    def __init__(self, offers: Sequence[Offer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method.choices = [str(offer.method.id) for offer in offers]


class PaymentForm(ShopForm):
    """One of the ways to pay in the store's country; cash on delivery only where its terms offer it.

    Where they ask for a part before, `part_method` says how that is paid.
    Store credit pays first, as far as it goes; without any there is nothing to tick.
    """

    credit = BooleanField("Store credit")
    method = RadioField("Payment", validators=[DataRequired("Choose how you pay.")])
    part_method = SelectField("Pay the first part by")

    def __init__(self, cash: CashTerms, *args: Any, credit: Money = ZERO, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cash = cash
        self.method.choices = list(offered())
        self.credit.label.text = f"Use {money(credit)} store credit"
        self.part_method.choices = [SelectChoice(code, way.title) for code, way in paid_before().items()]
        if not credit:
            del self.credit
        if not cash.part:
            del self.part_method

    @property
    def part_by(self) -> str | None:
        """How a part is paid before; None where none is."""
        return self.part_method.data if self.part_method and self.method.data == CASH_ON_DELIVERY else None

    def validate_method(self, field: Field) -> None:
        if field.data == CASH_ON_DELIVERY and self.cash.refusal:
            raise ValidationError(self.cash.refusal)


class ReviewForm(ShopForm):
    """Nothing to fill in: the key that makes a double click one order, and the total the buyer saw."""

    key = HiddenField(validators=[Regexp(r"[A-Za-z0-9_-]{16,64}\Z", message="This page is too old.")])
    seen_total = HiddenField(validators=[Regexp(r"[0-9]{1,12}\Z", message="This page is too old.")])


class CancellationForm(ShopForm):
    """Why an order is cancelled; the reason may stay empty."""

    reason = StringField("Reason", filters=[stripped], validators=[
        Length(max=300, message="Use at most 300 characters for the reason.")])  # fmt: skip
