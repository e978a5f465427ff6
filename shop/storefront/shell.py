"""What stands around every page: the shop, its categories, the footer, the counts of bag and wishlist, the theme."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from shop.catalog import queries as catalog_queries
from shop.content import queries as content_queries
from shop.payments.offers import offered, ways_to_pay
from shop.store.profile_rules import SOCIAL
from shop.store.queries import store
from shop.storefront import personal_html

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


def install(app: Flask) -> None:
    """Give every template its surroundings and its holes; the owner's pages need only the first two surroundings."""
    app.context_processor(_surroundings)
    personal_html.install(app)


def _surroundings() -> dict[str, Any]:
    theme = request.cookies.get(THEME_COOKIE)
    around: dict[str, Any] = {"shop": store(), "theme": theme if theme in THEMES else None}
    if request.path.startswith("/staff"):
        return around
    bag, wished = personal_html.counts()
    return around | {
        "nav_categories": catalog_queries.category_tree(),
        "footer_pages": content_queries.footer_pages(),
        "bag_count": bag,
        "wishlist_count": wished,
        "social_networks": SOCIAL.items(),
        "payment_marks": [way.mark for way in offered().values()],
        "ways_to_pay": ways_to_pay(),
    }
