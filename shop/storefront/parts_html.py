"""The HTML of parts that seldom change: header and footer, menus, and the blocks of the home page."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from flask import Flask
from jinja2 import TemplateNotFound, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from shop.catalog.queries import CategoryNode
from shop.lib import stamp
from shop.lib.http.holes import filled, made_to_keep
from shop.lib.memory import Memory
from shop.lib.unit_of_work import is_read_only
from shop.merchandising.home_page import HomeBlock

MOST = 64
SURROUNDINGS = ("shop", "theme", "nav_categories", "footer_pages", "social_networks", "payment_marks")


def install(app: Flask) -> None:
    """Give templates `frame_html(template)`, `menu_html(template, categories)` and `block_html(block, is_first)`."""
    parts = PartsHtml(app)
    app.jinja_env.globals.update(frame_html=parts.frame, menu_html=parts.menu, block_html=parts.block)


class PartsHtml:
    """Makes parts of templates, which are given nothing else; equal parts are made once in a process."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.memory: Memory[Markup] = Memory(MOST)

    @pass_context
    def frame(self, context: Context, template: str) -> Markup:
        """What stands around every page of one theme until the catalogue's stamp changes.

        It is given what is the same for everyone, and nothing of the page or of who looks.
        """
        shown = {name: context.get(name) for name in SURROUNDINGS}
        if not is_read_only():
            return self._make(template, shown)
        return self._kept(template, (stamp.current(), shown["theme"]), shown)

    def menu(self, template: str, categories: Sequence[CategoryNode]) -> Markup:
        """A menu of these categories and those below them."""
        names = tuple((one.slug, one.name, _below(one)) for one in categories)
        return self._kept(template, names, {"categories": categories})

    def block(self, block: HomeBlock, is_first: bool) -> Markup:
        """A block of the home page without products; nothing for a kind that has no template."""
        key = (block.title, repr(block.content), is_first)
        return self._kept(f"storefront/home/_{block.kind}.html", key, {"block": block, "is_first": is_first})

    def _kept(self, template: str, key: Hashable, shown: dict[str, Any]) -> Markup:
        made = None if self.app.debug else self.memory.get((template, key))
        if made is None:
            with made_to_keep():
                made = self._make(template, shown)
            self.memory.put((template, key), made)
        return filled(made)

    def _make(self, template: str, shown: dict[str, Any]) -> Markup:
        try:
            page = self.app.jinja_env.get_template(template)
        except TemplateNotFound:
            return Markup()
        return Markup(page.render(shown))  # noqa: S704  (the template escapes what it is given, as every other)


def _below(category: CategoryNode) -> tuple[tuple[str, str], ...]:
    return tuple((child.slug, child.name) for child in category.children)
