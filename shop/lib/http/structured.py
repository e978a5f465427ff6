"""What a page says to those who read it by machine: JSON-LD, a block of data that no browser runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Flask
from markupsafe import Markup

from shop.lib.http.answers import absolute


def install(app: Flask) -> None:
    """Give templates `breadcrumb_data(trail)`."""
    app.jinja_env.globals.update(breadcrumb_data=breadcrumb_data)


def breadcrumb_data(trail: Sequence[tuple[str, str | None]]) -> Markup:
    """The way to a page, as titles and addresses from the home page down; the last one may have no address."""
    steps = [_step(place, title, url) for place, (title, url) in enumerate(trail, start=1)]
    return structured({"@type": "BreadcrumbList", "itemListElement": steps})


def structured(data: dict[str, Any]) -> Markup:
    """The block for a thing of schema.org."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False, separators=(",", ":"))
    # The only sign that could end the block; within JSON's strings this is the same one.
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text.replace("<", "\\u003c")))  # noqa: S704


def _step(place: int, title: str, url: str | None) -> dict[str, Any]:
    step = {"@type": "ListItem", "position": place, "name": title}
    return step | ({"item": absolute(url)} if url else {})
