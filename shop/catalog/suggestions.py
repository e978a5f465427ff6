"""What the search field offers while somebody types: products, and parts of the shop to go to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from shop.catalog import browsing
from shop.catalog.cards import Card, cards
from shop.catalog.models import Brand, ListingRow
from shop.catalog.queries import CategoryNode, all_nodes, category_tree
from shop.catalog.search.searching import Searched, searched_while_typing
from shop.catalog.search.synonyms import Group, Phrase, groups
from shop.catalog.search.words import asked_words, indexed_words
from shop.catalog.wants import Scope, Wants
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

MOST_PRODUCTS, MOST_PLACES = 6, 3


@dataclass(frozen=True)
class ShownBrand:
    """A brand that has products on the shelf."""

    slug: str
    name: str


@dataclass(frozen=True)
class Suggestions:
    """What fits some words; `asked` says with which it was searched."""

    asked: Searched
    cards: Sequence[Card]
    categories: Sequence[CategoryNode]
    brands: Sequence[ShownBrand]

    @property
    def is_empty(self) -> bool:
        return not (self.cards or self.categories or self.brands)


def suggestions(query: str) -> Suggestions | None:
    """What fits a query whose last word may be unfinished, forgiving of slips; None where it has no words."""
    asked = searched_while_typing(query)
    if asked is None:
        return None
    wanted = groups(asked.words if asked.instead else asked_words(query))
    return Suggestions(asked, _cards(asked), _categories(wanted)[:MOST_PLACES], _brands(wanted)[:MOST_PLACES])


def _cards(asked: Searched) -> list[Card]:
    if asked.is_empty:
        return []
    return cards(browsing.listed(Scope(words=asked.words), Wants(), limit=MOST_PRODUCTS))


def _categories(wanted: Sequence[Group]) -> list[CategoryNode]:
    """Where all that is asked for is said, in the order of the tree; not what lies below such a one."""
    saying = {node.id for node, words in _named_categories() if _fits(words, wanted)}
    tree = (node for node, _ in _named_categories() if node.id in saying)
    return [node for node in tree if node.parent is None or node.parent.id not in saying]


@kept_by_stamp(most=1)
def _named_categories() -> list[tuple[CategoryNode, Phrase]]:
    """In the order of the tree, each with the words of its name and of those above it."""
    nodes = all_nodes(category_tree())
    return [(node, _words(" ".join(one.name for one in node.trail))) for node in nodes]


def _brands(wanted: Sequence[Group]) -> list[ShownBrand]:
    return [brand for brand, words in _shown_brands() if _fits(words, wanted)]


@kept_by_stamp(most=1)
def _shown_brands() -> list[tuple[ShownBrand, Phrase]]:
    """By name, those that products on the shelf have, each with the words of its name."""
    named = select(Brand.slug, Brand.name).where(exists().where(ListingRow.brand_id == Brand.id))
    shown = [ShownBrand(*row) for row in db.session.execute(named.order_by(Brand.name)).all()]
    return [(brand, _words(brand.name)) for brand in shown]


def _words(name: str) -> Phrase:
    return tuple(indexed_words(name).split())


def _fits(words: Phrase, wanted: Sequence[Group]) -> bool:
    """Whether the words of a name have all that is asked for, each perhaps only begun."""
    return all(any(_has(words, phrase) for phrase in group.phrases) for group in wanted)


def _has(words: Phrase, phrase: Phrase) -> bool:
    return all(any(word.startswith(asked) for word in words) for asked in phrase)
