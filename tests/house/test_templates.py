"""What the content policy and the design system ask of every template and style sheet."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static/css").rglob("*.css"))
LAYERED = [style for style in STYLES if style.name not in ("layers.css", "fonts.css", "print.css")]
HEX = re.compile(r"(?<![\w&/\"'#-])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b(?!-)")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def is_mail(template: Path) -> bool:
    """Mails are styled inline, because mail readers drop style sheets."""
    return template.parent == ROOT / "templates/mail" or template.stem == "mail"


PAGES = [template for template in TEMPLATES if not is_mail(template)]


def text_of(template: Path) -> str:
    return COMMENT.sub("", template.read_text("utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", PAGES, ids=name_of)
def test_page_has_no_inline_script_style_or_handler(template):
    text = text_of(template)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"\bhx-(on|vals=[\"']js)", text)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_template_names_no_colour_by_number(template):
    assert not HEX.search(re.sub(r"(href|hx-target|target|data-[\w-]+|swap)=\"#[^\"]*\"", "", text_of(template)))


@pytest.mark.parametrize("style", STYLES, ids=name_of)
def test_colours_are_numbers_in_the_tokens_only(style):
    text = re.sub(r"/\*.*?\*/", "", style.read_text("utf-8"), flags=re.DOTALL)
    if style.name == "tokens.css":
        assert HEX.search(text)
    else:
        assert not HEX.search(text)


@pytest.mark.parametrize("style", STYLES, ids=name_of)
def test_style_sheet_fetches_nothing_the_policy_refuses(style):
    assert all(url.startswith("/static/") for url in re.findall(r"url\(([^)]+)\)", style.read_text("utf-8")))


@pytest.mark.parametrize("style", LAYERED, ids=name_of)
def test_style_sheet_is_one_layer(style):
    text = re.sub(r"/\*.*?\*/", "", style.read_text("utf-8"), flags=re.DOTALL).strip()
    assert re.match(r"@layer (reset|tokens|base|components|areas|utilities) \{", text)
    assert len(re.findall(r"^@layer", text, re.MULTILINE)) == 1


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    asked = {name for template in PAGES for name in re.findall(r"icons?\.icon\(\"([\w-]+)\"", text_of(template))}
    assert asked <= sprite


def test_behaviours_are_plain_scripts_that_import_nothing():
    for script in (ROOT / "static/js").glob("*.js"):
        assert not re.search(r"^\s*(import|export)\b", script.read_text(), re.MULTILINE), script.name
