"""Whatever an app sends, the API answers as its description says: schemathesis asks as three people."""

from __future__ import annotations

import contextvars
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from schemathesis import HookContext
from schemathesis.engine import from_schema

from shop.api.specification import description
from tests.conftest import IS_LONG
from tests.matrix.people import Person
from tests.matrix.world import World

SEED = 20261121
# Cases for each operation; --long goes through schemathesis's boundary values as well.
CASES = 40 if IS_LONG else 3
IN_ALL = 1000 if IS_LONG else 100
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
CHECKS = {
    # Some rules are beyond a schema: one of e-mail and phone, a strong password, an id that somebody has.
    "positive_data_acceptance": {"enabled": False},
    # Both follow one object through several calls, which the permission matrix and the story do by name.
    "use_after_free": {"enabled": False},
    "ensure_resource_availability": {"enabled": False},
}
# Which thing of the asker stands behind `{item_id}` of a noun, and behind a name in a query or a body.
ITEMS = {
    "cart-items": "line", "wishlist-items": "wish", "user-address": "address", "orders": "order",
    "order-items": "order_line", "products": "product", "brands": "brand", "categories": "category id",
    "occasions": "occasion", "product-types": "product type", "order-status": "order-status row",
    "payment-status": "payment-status row", "payment-types": "payment-types row", "address": "pincode",
    "roles": "free role", "users": "holder", "team": "member", "product-images": "picture",
    "inventory": "counted", "files": "content picture", "coupons": "coupon", "coupons-status": "coupons-status row",
}  # fmt: skip
NAMED = {"product_id": "product", "variant_id": "variant", "address_id": "address", "user_id": "user",
         "order_id": "order", "brand_id": "brand", "category_id": "category id", "occasion_id": "occasion",
         "product_type_id": "product type", "payment_type_id": "payment-types row", "email": "email",
         "status_id": "cancelled status", "refresh_token": "refresh token",
         "role_id": "free role"}  # fmt: skip


@pytest.mark.one_engine
@pytest.mark.covers("API-02", "API-03")
@pytest.mark.parametrize("who", ["nobody", "customer", "owner"])
def test_whatever_is_sent_the_answer_is_as_described(world: World, who: str):
    asked, troubles = 0, []
    for operation in operations(world, world.people[who]):
        for scenario in scenarios(operation):
            asked += len(scenario.cases)
            troubles += list(failures(scenario))
        world.written()
    assert troubles == []
    assert asked >= IN_ALL


def operations(world: World, person: Person) -> Iterator[Any]:
    """The API as schemathesis sees it, asked by this person: what reads at once, what writes one by one."""
    described = description(world.app)
    yield _schema(world, person, described).include(method="GET")
    for path, item in described["paths"].items():
        for method in item.keys() & {"post", "put", "patch", "delete"}:
            yield _schema(world, person, described).include(path=path, method=method.upper())


def _schema(world: World, person: Person, described: dict[str, Any]) -> Any:
    schema = schemathesis.openapi.from_dict(described, config=_config(person))
    schema.app = lambda environ, start: contextvars.Context().run(world.app.wsgi_app, environ, start)
    _use_what_is_there(schema, person)
    return schema


def scenarios(operation: Any) -> Iterator[Any]:
    """What schemathesis tried with one operation and found."""
    for event in from_schema(operation).execute():
        assert not type(event).__name__.endswith("Error"), event
        if hasattr(event, "recorder"):
            yield event.recorder


def failures(scenario: Any) -> Iterator[str]:
    """Every check that failed, with the request that shows it."""
    for checked in scenario.checks.values():
        for check in checked:
            if check.failure_info:
                failed = check.failure_info
                yield f"{scenario.label} {check.name}: {failed.failure.message}\n{failed.code_sample}"


def _config(person: Person) -> schemathesis.Config:
    phases = {} if IS_LONG else {"coverage": {"enabled": False}, "examples": {"enabled": False}}
    return schemathesis.Config.from_dict({
        "seed": SEED,
        "headers": {"Accept": "application/json", "Accept-Encoding": "identity", **person.headers()},
        "generation": {"max-examples": CASES, "database": "none"},
        "phases": phases | {"stateful": {"enabled": False}},
        # Its probe breaks on WSGI (schemathesis 4.32); as nobody every case is that probe.
        "checks": CHECKS | {"ignored_auth": {"enabled": not person.is_signed_in}},
    })  # fmt: skip


def _use_what_is_there(schema: Any, person: Person) -> None:
    """Put ids that exist into most good cases, so that answers are not all 404."""

    @schema.hook
    def map_case(context: HookContext, case: Any) -> Any:
        if case.meta.generation.mode.is_negative or len(repr((case.path_parameters, case.query, case.body))) % 3 == 0:
            return case
        noun = context.operation.path.removeprefix("/api/v1/").partition("/")[0]
        _fill(case.path_parameters, dict.fromkeys(case.path_parameters or (), ITEMS.get(noun, "")), person)
        _fill(case.query, NAMED, person)
        _fill(case.body, NAMED, person)
        return case

    @schema.hook
    def filter_failure(_context: HookContext, failure: Any, case: Any, _response: Any) -> bool:
        # A form carries text: that a number came as text, or nothing at all, is nothing it could say otherwise.
        return not (type(failure).__name__ == "AcceptedNegativeData" and case.media_type in FORMS)


def _fill(values: Any, names: dict[str, str], person: Person) -> None:
    if isinstance(values, dict):
        values |= {name: str(person.things[names[name]]) for name in values if names.get(name) in person.things}
