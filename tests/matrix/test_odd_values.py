"""Nothing anybody writes into an address or leaves out of a form breaks the shop."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.matrix.routes import FILES, filled_with, routes
from tests.matrix.world import World

ODD = [
    "0",
    "-1",
    "9" * 30,
    "1e9",
    "१२३",
    "☃",
    "%00",
    "x' OR 1=1 --",
    "a" * 3000,
    "..%2f..%2fetc",
    "9223372036854775807",
    "9223372036854775808",
]
EVERYBODY = pytest.mark.parametrize("who", ["nobody", "customer", "owner"])


def pages_and_operations(app: Flask) -> list[tuple[str, Rule]]:
    """Every route but those of files."""
    return [(method, rule) for method, rule in routes(app) if rule.endpoint not in FILES]


@EVERYBODY
@pytest.mark.parametrize("value", ODD)
def test_odd_values_in_an_address_never_break_the_shop(world: World, value: str, who: str):
    with_values = [(method, rule) for method, rule in pages_and_operations(world.app) if rule.arguments]
    assert broken(world, who, with_values, value) == []


@EVERYBODY
def test_form_without_any_field_never_breaks_the_shop(world: World, who: str):
    assert broken(world, who, pages_and_operations(world.app), 987654) == []


def broken(world: World, who: str, asked: list[tuple[str, Rule]], value: Any) -> list[str]:
    """The routes that answer this person with a fault of ours."""
    person, found = world.people[who], []
    for method, rule in asked:
        path = filled_with(rule, value)
        answer = person.browser(world.app).open(path, method=method, headers=person.headers())
        if answer.status_code >= 500:
            found.append(f"{method} {rule}: {answer.status_code}")
    return found
