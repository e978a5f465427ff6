"""What is written down while a customer is on the phone."""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from shop.accounts.address_rules import checked
from shop.accounts.models import SNAPSHOT, Address, User
from shop.accounts.queries.addresses import addresses_of
from shop.delivery.cash import CASH_ON_DELIVERY
from shop.lib.http.incoming import stripped
from shop.lib.queries import rows
from shop.payments.offers import offered
from shop.staff.forms import StaffForm
from shop.staff.forms.products import number_of
from shop.store.countries import country

NEW, LINK = "new", "link"
PARTS = ("name", "phone", "postal_code", "house", "street", "landmark", "city", "state")


class PhoneOrderForm(StaffForm):
    """Who, where to, how paid; the lines beside it are rows of SKU and quantity."""

    email = StringField("E-mail", filters=[stripped])
    address = SelectField("Address", validate_choice=False)
    name = StringField("Full name", filters=[stripped])
    phone = StringField("Phone", filters=[stripped])
    postal_code = StringField("Postal code", filters=[stripped])
    house = StringField("Flat, house number, building", filters=[stripped])
    street = StringField("Street, area", filters=[stripped])
    landmark = StringField("Landmark", filters=[stripped])
    city = StringField("City or district", filters=[stripped])
    state = SelectField("State", validate_choice=False)
    delivery = SelectField("Delivery", validate_choice=False)
    code = StringField("Coupon", filters=[stripped])
    payment = SelectField("Payment", validate_choice=False)

    def offer(self, buyer: User | None) -> None:
        """What there is to choose from, for this customer, or for somebody without an account."""
        self.book = {str(one.id): one for one in rows(addresses_of(buyer.id))} if buyer else {}
        named = [SelectChoice(key, f"{one.name}, {one.house}, {one.city}") for key, one in self.book.items()]
        self.address.choices = [*named, SelectChoice(NEW, "Another address")]
        here = country()
        self.postal_code.label.text, self.state.label.text = here.postal.name, here.state_word
        self.state.choices = [SelectChoice("", here.choose_state), *here.states]
        cash = [SelectChoice(CASH_ON_DELIVERY, "Cash on delivery")] if CASH_ON_DELIVERY in offered() else []
        self.payment.choices = [*cash, SelectChoice(LINK, "The customer gets a link to pay")]
        self.delivery.choices = [SelectChoice("", "The cheapest")]

    @property
    def sent_to(self) -> dict[str, str]:
        """The chosen address, or the one that was typed. Raises BadAddress."""
        kept: Address | None = self.book.get(self.address.data or "")
        if kept is not None:
            return {name: getattr(kept, name) for name in SNAPSHOT}
        whole = checked({name: self[name].data or "" for name in PARTS} | {"label": "Phone"})
        return {name: whole[name] for name in SNAPSHOT}

    @property
    def method(self) -> str:
        """Cash, or the way to pay that the link offers first; the customer may choose another there."""
        if self.payment.data == CASH_ON_DELIVERY:
            return CASH_ON_DELIVERY
        return next(code for code in offered() if code != CASH_ON_DELIVERY)

    @property
    def delivery_id(self) -> int | None:
        return number_of(self.delivery.data) if self.delivery.data else None
