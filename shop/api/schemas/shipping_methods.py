"""Ways to send an order."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from shop.api.schemas.fields import Deleted, Key, Line, Paging, Price, Whole
from shop.delivery.calculating import Cost
from shop.delivery.cash import CashTerms
from shop.delivery.services import LONGEST_WAY
from shop.store.postal_areas import MOST

DAYS = validate.Range(0, LONGEST_WAY)
HEAVIEST = 1_000_000
CODES = "Codes, all that begin alike, or ranges: 560001, 5600*, 560001-560103"


class ShippingMethod(Schema):
    """A way to send an order. With neither states, cities nor postal codes it goes everywhere, else to any of them."""

    id = Key(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    base_cost = Price(required=True, attribute="base_charge")
    cost_per_kg = Price(
        required=True, attribute="charge_per_kg", metadata={"description": "For each begun kilogram beyond the first"}
    )
    free_from = Price(required=True, allow_none=True, metadata={"description": "What goods come to that go free"})
    min_days = Whole(required=True, metadata={"description": "Working days"})
    max_days = Whole(required=True)
    is_active = fields.Boolean(required=True)
    states = fields.List(fields.String(), required=True)
    cities = fields.List(fields.String(), required=True)
    postal_codes = fields.List(fields.String(), required=True)
    sort_order = Whole(required=True, attribute="position")


class ShippingMethodChange(Schema):
    """What can be said of a method; zones that are sent replace those before."""

    name = Line(80)
    description = Line(200, 0)
    base_cost = Price(attribute="base_charge")
    cost_per_kg = Price(attribute="charge_per_kg")
    free_from = Price(allow_none=True)
    min_days = Whole(validate=DAYS)
    max_days = Whole(validate=DAYS)
    is_active = fields.Boolean()
    states = fields.List(Line(60), validate=validate.Length(max=100))
    cities = fields.List(Line(80), validate=validate.Length(max=200))
    postal_codes = fields.List(Line(30), validate=validate.Length(max=MOST), metadata={"description": CODES})
    sort_order = Whole(
        attribute="position", validate=validate.Range(1, 1000), metadata={"description": "Its place, from 1"}
    )

    @post_load
    def with_tuples(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Lists as the area takes them."""
        return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


class NewShippingMethod(ShippingMethodChange):
    """A method that is to be."""

    name = Line(80, required=True)
    base_cost = Price(attribute="base_charge", required=True)
    min_days = Whole(required=True, validate=DAYS)
    max_days = Whole(required=True, validate=DAYS)


class GoneMethod(Deleted):
    """A method that nothing named is gone; another is retired."""

    retired = fields.Boolean(required=True)


class ShippingMethodQuery(Paging):
    """Which methods: whether on offer (only who may change them sees others), and those that go somewhere."""

    is_active = fields.Boolean()
    city = fields.String(validate=validate.Length(max=80))
    state = fields.String(validate=validate.Length(max=60))
    postal_code = fields.String(validate=validate.Length(max=10))


class CostQuestion(Schema):
    """What is sent where. Without a method all are asked; a postal code alone names its city and state."""

    shipping_method_id = Key()
    total_weight = Whole(
        required=True, validate=validate.Range(0, HEAVIEST), metadata={"description": "Grams of all goods together"}
    )
    order_amount = Price(load_default=None, metadata={"description": "What the goods come to; nothing counts as 0"})
    postal_code = fields.String(load_default="", validate=validate.Length(max=10))


class ShippingCost(Schema):
    """One method's answer."""

    shipping_method_id = Key(required=True, attribute="method.id")
    name = fields.String(required=True, attribute="method.name")
    is_available = fields.Boolean(
        required=True, attribute="is_served", metadata={"description": "Whether it goes there"}
    )
    cost = Price(required=True, attribute="charge")
    arrives_from = fields.Date(required=True)
    arrives_to = fields.Date(required=True)


class CashOnDelivery(Schema):
    """Whether the courier may be paid there, for goods of this worth."""

    is_available = fields.Boolean(required=True, attribute="is_offered")
    fee = Price(required=True)
    reason = fields.String(required=True, allow_none=True, attribute="refusal")


class CostAnswer(Schema):
    """What each method costs, and cash on delivery."""

    costs = fields.List(fields.Nested(ShippingCost), required=True)
    cash_on_delivery = fields.Nested(CashOnDelivery, required=True)


def answer(found: tuple[Cost, ...], cash: CashTerms) -> dict[str, Any]:
    """As the schema shows it."""
    return {"costs": found, "cash_on_delivery": cash}
