"""No setting does nothing: each is read somewhere, and a test shows its effect."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from shop.config import ROOT
from shop.store import cash_settings, settings
from shop.store.setting_types import Setting

DEFINED = {ROOT / "shop" / "store" / name for name in ("settings.py", "cash_settings.py")}


def names() -> dict[str, str]:
    """The settings' names in code, with their keys."""
    defined = vars(settings) | vars(cash_settings)
    return {name: value.key for name, value in defined.items() if isinstance(value, Setting)}


def calls(folder: Path, function: str) -> Iterator[ast.Name]:
    """The names that some call of a function is given, anywhere in a folder."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))) if path not in DEFINED else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
                yield from (part for one in node.args for part in ast.walk(one) if isinstance(part, ast.Name))


@pytest.mark.covers("STO-03")
def test_every_setting_stands_on_the_owners_page():
    assert sorted(names().values()) == sorted(settings.SETTINGS)


@pytest.mark.covers("STO-03")
def test_every_setting_is_read_somewhere():
    read = {name.id for name in calls(ROOT / "shop", "value_of")}
    assert names().keys() - read == set()


@pytest.mark.covers("STO-03")
def test_a_test_shows_the_effect_of_every_setting():
    shown = {name.id for name in calls(ROOT / "tests", "shows")}
    assert names().keys() - shown == set()
