"""The owner's pages of text, and the theme."""

import pytest

from shop.content.markdown import html_of
from shop.content.models import Page
from shop.extensions import db


def a_page(slug="about", body="Hello", **more):
    db.session.add(Page(slug=slug, title="About us", body=body, position=1, **more))
    db.session.flush()


@pytest.mark.covers("CMS-01")
def test_a_page_is_markdown_and_stands_in_the_footer(client, app):
    a_page(body="## We sell\n\n| Size | Chest |\n| --- | --- |\n| M | 96 |")
    text = client.get("/pages/about").text
    assert "<h2>We sell</h2>" in text
    assert "<td>96</td>" in text
    assert 'href="/pages/about"' in client.get("/").text


def test_an_unknown_page_is_404(client, app):
    assert client.get("/pages/nothing").status_code == 404


@pytest.mark.parametrize(
    "body",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "<a href='data:x'>y</a>"],
)
def test_markdown_brings_no_code(body):
    html = html_of(body)
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_kept(client, app, theme):
    answer = client.post("/theme", data={"theme": theme}, headers={"Referer": "http://localhost/search?q=x"})
    assert (answer.status_code, answer.location) == (303, "/search?q=x")
    assert f'data-theme="{theme}"' in client.get("/").text


@pytest.mark.parametrize("theme", ["auto", "", "neon", "<script>"])
def test_any_other_theme_forgets_the_choice(client, app, theme):
    client.post("/theme", data={"theme": "dark"})
    client.post("/theme", data={"theme": theme})
    assert "data-theme=" not in client.get("/").text


def test_the_theme_sends_nobody_to_another_site(client, app):
    answer = client.post("/theme", data={"theme": "dark"}, headers={"Referer": "https://evil.example/x"})
    assert answer.location == "/"
