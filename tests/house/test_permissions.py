"""Permissions say what they are for, and what a stolen session must not do asks for the password."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from shop.accounts.permissions import EFFECTS, Permission
from shop.accounts.permissions import Permission as P
from shop.lib.unit_of_work import SAFE_METHODS

GUARDED = {
    P.ROLE_UPDATE, P.TEAM_UPDATE, P.TWO_FACTOR_RESET, P.CUSTOMER_HELP, P.CUSTOMER_DELETE, P.ORDER_CANCEL,
    P.SETTING_UPDATE, P.AUDIT_UNDO, P.PAYMENT_REFUND, P.CREDIT_UPDATE,
}  # fmt: skip
"""Whatever is written with these asks for a recent password: who runs the shop, people's accounts, money, safety."""
GIVES_MONEY_BACK = {"staff_orders.receive_back", "staff_parcels.receive_back", "staff_order_lines.change"}
ASKS_EACH_TIME = {"staff_customer_deletion.erase"}


SHOP = Path(__file__).resolve().parents[2] / "shop"
DOORS = ("api", "staff")


def asked_for() -> set[str]:
    """What a door that asks for permissions names anywhere."""
    trees = (ast.parse(path.read_text("utf-8")) for door in DOORS for path in (SHOP / door).rglob("*.py"))
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def writing(app: Flask) -> Iterator[tuple[str, Any]]:
    """Views that write, by endpoint."""
    for rule in app.url_map.iter_rules():
        if (rule.methods or set()) - SAFE_METHODS:
            yield rule.endpoint, app.view_functions[rule.endpoint]


@pytest.mark.covers("ACC-12")
def test_every_permission_says_what_it_lets_people_do():
    assert EFFECTS.keys() == set(Permission)


@pytest.mark.one_engine
@pytest.mark.covers("ACC-12")
def test_no_permission_is_given_for_nothing():
    assert {permission.name for permission in Permission} - asked_for() == set()


@pytest.mark.one_engine
@pytest.mark.covers("ACC-12")
def test_what_a_stolen_session_must_not_do_asks_for_the_password(app: Flask):
    views = dict(writing(app))
    wanted = {endpoint for endpoint, view in views.items() if getattr(view, "permission", None) in GUARDED}
    wanted |= GIVES_MONEY_BACK
    marked = {endpoint for endpoint, view in views.items() if getattr(view, "asks_password", False)}
    assert {endpoint.partition(".")[0] for endpoint in wanted} >= {"staff_roles", "api_roles", "api_team", "api_users"}
    assert wanted - marked == ASKS_EACH_TIME
    assert marked <= wanted
