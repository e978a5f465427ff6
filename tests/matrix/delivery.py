"""The ways to send an order, at both doors."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission as P
from shop.delivery import services
from shop.delivery.services import MethodFields
from shop.lib.money import Money
from tests.matrix.entries import Who, entry, the

PAGE, ONE = "/staff/delivery", "/staff/delivery/<int:method_id>"
NOUN, THIS = "/api/v1/shipping-methods/", "/api/v1/shipping-methods/<key:method_id>"
FORM = {"name": "By hand", "min_days": "0", "max_days": "1"}
SPARE = {"method_id": the("spare method")}


def delivery() -> dict[str, Any]:
    """A method that no order names, and a retired one."""
    made = [services.create_method(MethodFields(name, Money(0), 0, 1)).id for name in ("By hand", "By bullock cart")]
    services.retire_method(made[1])
    return {"spare method": made[0], "retired method": made[1]}


DELIVERY = [
    entry(f"GET {PAGE}", P.DELIVERY_MANAGE),
    entry(f"GET {PAGE}/new", P.DELIVERY_MANAGE),
    entry(f"POST {PAGE}/new", P.DELIVERY_MANAGE, "delivery_method", body=FORM),
    entry(f"GET {ONE}", P.DELIVERY_MANAGE, **SPARE),
    entry(f"POST {ONE}", P.DELIVERY_MANAGE, "delivery_method", body=FORM | {"name": "By bicycle"}, **SPARE),
    entry(f"POST {ONE}/place", P.DELIVERY_MANAGE, "delivery_method", body={"to": "earlier"}, **SPARE),
    entry(f"POST {ONE}/retirement", P.DELIVERY_MANAGE, "delivery_method", **SPARE),
    entry(f"POST {ONE}/return", P.DELIVERY_MANAGE, "delivery_method", method_id=the("retired method")),
    entry(f"POST {ONE}/removal", P.DELIVERY_MANAGE, "delivery_method", **SPARE),
    entry("POST /staff/customers/<int:user_id>/cash-on-delivery", P.CUSTOMER_UPDATE, "cash_override",
          body={"answer": "allowed"}, user_id=the("buyer")),
    entry(f"GET {NOUN}", Who.ANYONE),
    entry(f"GET {THIS}", Who.ANYONE, **SPARE),
    entry(f"POST {NOUN}calculate-cost", Who.ANYONE, body={"total_weight": "1200", "postal_code": "560034"}),
    entry(f"POST {NOUN}", P.DELIVERY_MANAGE, "delivery_method",
          body={"name": "By hand", "base_cost": "49.00", "min_days": "0", "max_days": "1"}),
    entry(f"PUT {THIS}", P.DELIVERY_MANAGE, "delivery_method", body={"name": "By bicycle"}, **SPARE),
    entry(f"DELETE {THIS}", P.DELIVERY_MANAGE, "delivery_method", **SPARE),
]  # fmt: skip
