"""The HTML of product cards, kept by what they show: making one costs more than everything else about it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from markupsafe import Markup

from shop.catalog.cards import Card
from shop.lib.http.holes import filled, made_to_keep
from shop.lib.memory import Memory
from shop.store.queries import store

MOST_BYTES = 2 * 1024 * 1024


def install(app: Flask) -> None:
    """Give templates `card_html(card, eager=…, heading=…, focus=…)`."""
    app.jinja_env.globals["card_html"] = CardHtml(app)


class CardHtml:
    """Makes cards of `shared/card.html`; equal cards are made once in a process."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.memory: Memory[Markup] = Memory(MOST_BYTES)

    def __call__(self, card: Card, *, eager: bool | str = False, heading: str = "h3", focus: bool = False) -> Markup:
        """A card; `eager` pictures are loaded at once ("high": before others)."""
        here = store()
        key = (card, card.badge, eager, heading, focus, here.currency, here.locale)
        made = None if self.app.debug else self.memory.get(key)
        if made is None:
            with made_to_keep():
                made = self._make(card, eager, heading, focus)
            self.memory.put(key, made, len(made.encode()) * 2)
        return filled(made)

    def _make(self, *shown: object) -> Markup:
        """Call the macro itself: a card that is rendered as a template of its own costs twice as much."""
        template = self.app.jinja_env.get_template("shared/card.html")
        macros: Any = template.make_module() if self.app.debug else template.module
        made: Markup = macros.card(*shown)
        return made
