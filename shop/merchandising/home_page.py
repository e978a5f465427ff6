"""The home page: its blocks with their products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shop.catalog import queries as catalog_queries
from shop.catalog.cards import Card
from shop.catalog.pictures import ShownPicture, picture_of
from shop.catalog.rails import Rail, cards_of
from shop.content import queries as content_queries


@dataclass(frozen=True)
class HomeBlock:
    """A block of the home page with the cards it shows."""

    kind: str
    title: str
    content: dict[str, Any]
    cards: list[Card]

    def picture(self, stem: str, widths: Sequence[int], alt: str = "") -> ShownPicture | None:
        """One of the pictures the content names."""
        return picture_of(stem, widths, alt)


def home_blocks() -> list[HomeBlock]:
    """The published blocks in order; a rail without products is left out."""
    blocks = content_queries.blocks()
    rails = {block.id: rail for block in blocks if (rail := _rail(block))}
    filled = dict(zip(rails, cards_of(tuple(rails.values())), strict=True))
    made = [HomeBlock(b.kind, b.title, b.content, list(filled.get(b.id, ()))) for b in blocks]
    return [block for block in made if block.kind != "rail" or block.cards]


def _rail(block: Any) -> Rail | None:
    """The products a block asks for; None for other kinds, and for a category that is no longer there."""
    if block.kind != "rail":
        return None
    source, slug = block.content.get("source", "new"), block.content.get("category", "")
    limit = int(block.content.get("limit", 8))
    if source != "category":
        return Rail(source, limit)
    nodes = catalog_queries.all_nodes(catalog_queries.category_tree())
    return next((Rail(source, limit, node.path) for node in nodes if node.slug == slug), None)
