"""What the search field offers while somebody types: products, and parts of the shop to go to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from shop.catalog import browsing
from shop.catalog.cards import Card, cards
from shop.catalog.models import Brand, ListingRow
from shop.catalog.queries import CategoryNode, all_nodes, category_tree
from shop.catalog.search.searching import Searched, searched
from shop.catalog.search.synonyms import Group, Phrase, groups
from shop.catalog.search.words import indexed_words
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
    asked = searched(query)
    if asked is None:
        return None
    wanted = groups(asked.words)
    return Suggestions(asked, _cards(asked), _categories(wanted)[:MOST_PLACES], _brands(wanted)[:MOST_PLACES])


def _cards(asked: Searched) -> list[Card]:
    if asked.is_empty:
        return []
    return cards(browsing.listed(Scope(words=asked.words), Wants(), limit=MOST_PRODUCTS))


def _categories(wanted: Sequence[Group]) -> list[CategoryNode]:
    """Where all that is asked for is said, in the order of the tree; not what lies below such a one."""
    return [node for node in all_nodes(category_tree()) if _says(node, wanted) and not _says(node.parent, wanted)]


def _says(node: CategoryNode | None, wanted: Sequence[Group]) -> bool:
    return node is not None and _fits(" ".join(one.name for one in node.trail), wanted)


def _brands(wanted: Sequence[Group]) -> list[ShownBrand]:
    return [brand for brand in _shown_brands() if _fits(brand.name, wanted)]


@kept_by_stamp(most=1)
def _shown_brands() -> list[ShownBrand]:
    """By name, those that products on the shelf have."""
    named = select(Brand.slug, Brand.name).where(exists().where(ListingRow.brand_id == Brand.id))
    return [ShownBrand(*row) for row in db.session.execute(named.order_by(Brand.name)).all()]


def _fits(name: str, wanted: Sequence[Group]) -> bool:
    """Whether a name has all that is asked for, word by word, each perhaps only begun."""
    words = indexed_words(name).split()
    return all(any(_has(words, phrase) for phrase in group.phrases) for group in wanted)


def _has(words: Collection[str], phrase: Phrase) -> bool:
    return all(any(word.startswith(asked) for word in words) for asked in phrase)
