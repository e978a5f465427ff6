"""The URL map as the matrix walks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
BY_THEMSELVES = frozenset({"HEAD", "OPTIONS"})
FILES = frozenset({"asset", "media", "static"})
PLACEHOLDER = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


def routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Each method of each rule, without the methods that come by themselves."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - BY_THEMSELVES):
            yield method, rule


def filled(rule: str, values: dict[str, Any]) -> str:
    """A path of the rule with these values in place."""
    return PLACEHOLDER.sub(lambda name: str(values[name[1]]), rule)


def filled_with(rule: Rule, value: Any) -> str:
    """A path of the rule with one value in every place."""
    return PLACEHOLDER.sub(lambda _name: str(value), rule.rule)
