"""What is written down while a customer is on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from shop.accounts.address_rules import checked
from shop.accounts.models import SNAPSHOT, Address, User
from shop.accounts.queries.addresses import addresses_of
from shop.cart.errors import MOST
from shop.catalog.models import Colour, Product, Size, Variant
from shop.extensions import db
from shop.lib.http.incoming import stripped
from shop.lib.queries import rows
from shop.payments.offers import offered
from shop.payments.ways import CASH_ON_DELIVERY
from shop.staff.forms import StaffForm
from shop.staff.forms.products import number_of
from shop.store.countries import country

NEW, LINK = "new", "link"
FEWEST_ROWS, MOST_ROWS = 3, 50
PARTS = ("name", "phone", "postal_code", "house", "street", "landmark", "city", "state")


@dataclass
class Row:
    """A line as it is typed; `product` is what its SKU stands for, `problem` what is wrong with it."""

    sku: str = ""
    quantity: str = ""
    variant_id: int | None = None
    problem: str = ""
    product: str = ""


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


def typed_rows(values: MultiDict[str, str], fewest: int = 1) -> list[Row]:
    """The rows as they were typed, each with its variant or with what is wrong, as fewer units than `fewest`."""
    pairs = zip(values.getlist("sku"), values.getlist("quantity"), strict=False)
    found = [Row(sku.strip()[:60], quantity.strip()) for sku, quantity in pairs][:MOST_ROWS]
    known = _known([row.sku for row in found])
    for row in found:
        row.variant_id, row.product = known.get(row.sku.casefold(), (None, ""))
        row.problem = _problem(row, fewest) if row.sku else ""
    return found


def units_of(found: Sequence[Row]) -> dict[int, int]:
    """Units of each variant, rows of one added up; only of rows that are right."""
    units: dict[int, int] = {}
    for row in found:
        if row.variant_id and not row.problem:
            units[row.variant_id] = units.get(row.variant_id, 0) + int(row.quantity)
    return units


def filled(found: list[Row]) -> list[Row]:
    """The rows with something in them, and at least one more to type into."""
    kept = [row for row in found if row.sku]
    return [*kept, *(Row(quantity="1") for _ in range(max(1, FEWEST_ROWS - len(kept))))]


def _known(skus: list[str]) -> dict[str, tuple[int, str]]:
    wanted = [sku.replace("\0", "") for sku in skus if sku]
    named = select(Variant.sku, Variant.id, Product.name, Colour.name.label("colour"), Size.label.label("size"))
    named = named.join(Variant.product).join(Variant.colour).join(Variant.size)
    found: Any = db.session.execute(named.where(Variant.sku.in_(wanted)))
    return {row.sku.casefold(): (row.id, f"{row.name}, {row.colour}, {row.size}") for row in found}


def _problem(row: Row, fewest: int) -> str:
    if row.variant_id is None:
        return "There is no such SKU."
    is_number = row.quantity.isascii() and row.quantity.isdigit() and len(row.quantity) < 4
    fits = is_number and fewest <= int(row.quantity) <= MOST
    return "" if fits else f"Choose a quantity from {fewest} to {MOST}."
