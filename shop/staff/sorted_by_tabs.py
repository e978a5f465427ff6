"""The tabs over the pages of what products are sorted by."""

from __future__ import annotations

from flask import request, url_for

TABS = {
    "staff_categories": "Categories",
    "staff_brands": "Brands",
    "staff_occasions": "Occasions",
    "staff_product_types": "Product types",
    "staff_colours": "Colours",
    "staff_filters": "Filters",
    "staff_sizes": "Sizes",
    "staff_synonyms": "Synonyms",
    "staff_empty_searches": "Empty searches",
}


def with_tabs() -> dict[str, object]:
    """A context processor of their blueprints."""
    return {"sorted_by_tabs": _tabs}


def _tabs() -> list[dict[str, object]]:
    here = request.blueprint
    return [{"title": title, "url": url_for(f"{name}.index"), "is_current": name == here}
            for name, title in TABS.items()]  # fmt: skip
