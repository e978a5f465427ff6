"""The HTML of the header's menus, kept by what they show: every page has them, and they seldom change."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask
from markupsafe import Markup

from shop.catalog.queries import CategoryNode
from shop.lib.memory import Memory

MOST = 8


def install(app: Flask) -> None:
    """Give templates `menu_html(template, categories, is_member=…)`."""
    app.jinja_env.globals["menu_html"] = MenuHtml(app)


class MenuHtml:
    """Makes menus of a template; equal ones are made once in a process."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.memory: Memory[Markup] = Memory(MOST)

    def __call__(self, template: str, categories: Sequence[CategoryNode], is_member: bool = False) -> Markup:
        """A menu of these categories and those below them, for someone signed in or not."""
        key = (template, is_member, tuple((one.slug, one.name, _below(one)) for one in categories))
        made = None if self.app.debug else self.memory.get(key)
        if made is None:
            page = self.app.jinja_env.get_template(template)
            made = Markup(page.render(categories=categories, is_member=is_member))  # noqa: S704  (escaped by the template)
            self.memory.put(key, made)
        return made


def _below(category: CategoryNode) -> tuple[tuple[str, str], ...]:
    return tuple((child.slug, child.name) for child in category.children)
