"""What pages weigh and how often they ask the database, measured on the demo shop (gzip -9, as the design says)."""

import gzip
from typing import Any

import pytest
from flask import Flask

from shop.cli.demo.command import load_once
from tests.factories import a_user, sign_in
from tests.support.statements import BUDGET, statements

HTMX = {"HX-Request": "true"}
PAGES = {
    "home": ("/", 14),
    "listing": ("/c/men", 18),
    "filtered listing": ("/c/men?colour=ecru,ink&size=m&sort=new", 18),
    "search": ("/search?q=shirt", 18),
    "product": ("/p/sunday-crew-tee", 20),
    "suggestions": ("/search/suggest?q=sh", 9),
    "page of text": ("/pages/size-guide", 10),
}
FRAGMENTS = {
    "filter": ("/_f/listing?category=men&colour=ecru", 9),
    "load more": ("/_f/listing?category=men&offset=24&show=48", 9),
    "colour": ("/p/sunday-crew-tee?colour=ink", 9),
}


@pytest.fixture
def demo(app: Flask) -> Flask:
    load_once()
    return app


def weigh(client: Any, url: str, **more: Any) -> tuple[float, int]:
    """Kilobytes and statements of the second visit."""
    client.get(url, **more)
    with statements() as seen:
        answer = client.get(url, **more)
    assert answer.status_code == 200, url
    return len(gzip.compress(answer.data, 9)) / 1024, len(seen)


@pytest.mark.one_engine
def test_pages_keep_to_their_weight(client: Any, demo: Flask) -> None:
    weights = {name: (weigh(client, url)[0], limit) for name, (url, limit) in PAGES.items()}
    weights |= {name: (weigh(client, url, headers=HTMX)[0], limit) for name, (url, limit) in FRAGMENTS.items()}
    assert not {name: pair for name, pair in weights.items() if pair[0] > pair[1]}


def test_pages_keep_to_their_statements(client: Any, demo: Flask) -> None:
    asked = {name: weigh(client, url)[1] for name, (url, _) in PAGES.items()}
    asked |= {name: weigh(client, url, headers=HTMX)[1] for name, (url, _) in FRAGMENTS.items()}
    assert not {name: number for name, number in asked.items() if number > BUDGET}


@pytest.mark.one_engine
def test_pages_keep_to_their_statements_for_someone_signed_in(client: Any, demo: Flask) -> None:
    sign_in(client, a_user())
    asked = {name: weigh(client, url)[1] for name, (url, _) in PAGES.items()}
    assert not {name: number for name, number in asked.items() if number > BUDGET}
