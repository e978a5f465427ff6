"""Ways to send an order (ORD-09)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.shipping_methods import (
    CostAnswer,
    CostQuestion,
    GoneMethod,
    NewShippingMethod,
    ShippingMethod,
    ShippingMethodChange,
    ShippingMethodQuery,
    answer,
)
from shop.delivery import services
from shop.delivery.calculating import costs
from shop.delivery.cash import cash_terms
from shop.delivery.models import DeliveryMethod
from shop.delivery.queries import all_methods, one_method
from shop.delivery.services import MethodFields
from shop.delivery.zones import Place, place_at
from shop.lib.errors import NotFound
from shop.lib.money import ZERO
from shop.lib.queries import one_or_404, rows
from shop.store.days import today

bp = ApiBlueprint("shipping_methods", "shipping-methods", "How orders are sent")
manager = needs(Permission.DELIVERY_MANAGE)


@bp.get("/")
@bp.query(ShippingMethodQuery)
@bp.lists(ShippingMethod)
def index(query: dict[str, Any]) -> Any:
    """Methods in the shop's order; with a city, a state or a postal code those that go there."""
    place = _place(query)
    found = [
        method
        for method in rows(all_methods())
        if _is_shown(method)
        and query.get("is_active") in {None, method.is_active}
        and (place is None or method.zones.serve(place))
    ]
    return found[query["skip"] :][: query["limit"]], total_of(len(found))


@bp.get("/<key:method_id>")
@bp.response(200, ShippingMethod)
def show(method_id: int) -> DeliveryMethod:
    """One method; a retired one is there only for whoever may change it."""
    method = one_or_404(one_method(method_id))
    if not _is_shown(method):
        raise NotFound
    return method


@bp.post("/calculate-cost")
@bp.body(CostQuestion)
@bp.response(200, CostAnswer)
def calculate_cost(asked: dict[str, Any]) -> dict[str, Any]:
    """What sending goods of a weight and a worth costs, when they come, and whether the courier may be paid."""
    place = place_at(asked["postal_code"]) if asked["postal_code"] else None
    amount = asked["order_amount"] or ZERO
    found = costs(place, amount, asked["total_weight"], today())
    if wanted := asked.get("shipping_method_id"):
        found = tuple(cost for cost in found if cost.method.id == wanted)
        if not found:
            raise NotFound
    return answer(found, cash_terms(place, amount))


@bp.post("/")
@manager
@bp.body(NewShippingMethod)
@bp.response(201, ShippingMethod)
def create(values: dict[str, Any]) -> DeliveryMethod:
    """Offer one more way to send an order."""
    more = _apart(values)
    return _arranged(services.create_method(MethodFields(**values)), more)


@bp.put("/<key:method_id>")
@manager
@bp.body(ShippingMethodChange)
@bp.response(200, ShippingMethod)
def update(change: dict[str, Any], method_id: int) -> DeliveryMethod:
    """Change a method; orders keep what they were told."""
    method = one_or_404(one_method(method_id))
    if not change:
        raise NothingToChange
    more = _apart(change)
    now = MethodFields(**{name: getattr(method, name) for name in MethodFields.__dataclass_fields__})
    return _arranged(services.change_method(method_id, replace(now, **change)), more)


@bp.delete("/<key:method_id>")
@manager
@bp.response(200, GoneMethod)
def remove(method_id: int) -> dict[str, bool]:
    """Delete a method; one that orders name is retired instead."""
    is_gone = services.delete_method(method_id)
    return {"deleted": is_gone, "retired": not is_gone}


def _is_shown(method: DeliveryMethod) -> bool:
    return method.is_active or visitor().can(Permission.DELIVERY_MANAGE)


def _place(query: dict[str, Any]) -> Place | None:
    code, city, state = (query.get(name, "") for name in ("postal_code", "city", "state"))
    if not (code or city or state):
        return None
    known = place_at(code)
    return Place(code, city or known.city, state or known.state)


def _apart(values: dict[str, Any]) -> dict[str, Any]:
    """What is no field of a method, taken out: its place in the list, and whether it is offered."""
    return {name: values.pop(name) for name in ("position", "is_active") if name in values}


def _arranged(method: DeliveryMethod, more: dict[str, Any]) -> DeliveryMethod:
    if "position" in more:
        services.place_method(method.id, more["position"])
    if more.get("is_active") is False:
        services.retire_method(method.id)
    elif more.get("is_active"):
        services.put_back(method.id)
    return method
