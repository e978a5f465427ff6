"""Compiled templates are kept beside the shop, for every process of it."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import DictLoader
from jinja2.environment import Environment

from shop.lib.http import templates


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that were compiled since."""
    names, real = [], Environment.compile

    def note(env: Environment, source: str, name: str, *more: object, **options: object) -> object:
        names.append(name)
        return real(env, source, name, *more, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", note)
    return names


def a_process(folder: Path) -> Flask:
    """An app as one process of a shop has it."""
    app = Flask(__name__)
    templates.install(app, folder)
    return app


def render(shop: Flask, source: str) -> str:
    shop.jinja_env.loader = DictLoader({"greeting.html": source})
    return shop.jinja_env.get_template("greeting.html").render(name="Asha")


def test_a_second_process_compiles_nothing_anew(tmp_path: Path, compiled: list[str]) -> None:
    first, second = a_process(tmp_path / "new"), a_process(tmp_path / "new")
    assert render(first, "Hello {{ name }}") == render(second, "Hello {{ name }}") == "Hello Asha"
    assert compiled == ["greeting.html"]


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    first, second = a_process(tmp_path), a_process(tmp_path)
    render(first, "Hello {{ name }}")
    assert render(second, "Bye {{ name }}") == "Bye Asha"


def test_a_damaged_file_is_compiled_anew(tmp_path: Path) -> None:
    first, second = a_process(tmp_path), a_process(tmp_path)
    render(first, "Hello {{ name }}")
    [kept] = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    assert render(second, "Hello {{ name }}") == "Hello Asha"


def test_pages_are_shown_where_nothing_can_be_kept(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    assert render(a_process(in_the_way / "below"), "Hello {{ name }}") == "Hello Asha"
