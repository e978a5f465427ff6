"""What a product's page leads on to."""

from __future__ import annotations

from dataclasses import dataclass

from shop.catalog.cards import Card
from shop.catalog.rails import Rail, cards_of, goes_well_with
from shop.merchandising.product_page.shown import ProductPage

MOST = 8


@dataclass(frozen=True)
class Rails:
    """Products the owner chose to go with it, and what else sells best in its category; none stands in both."""

    goes_well: list[Card]
    similar: list[Card]


def rails_of(shown: ProductPage) -> Rails:
    """The rails below a product."""
    goes_well = goes_well_with(shown.id)
    known = {shown.id, *(card.product_id for card in goes_well)}
    (best,) = cards_of((Rail("category", MOST + len(known), shown.category.path),))
    return Rails(goes_well, [card for card in best if card.product_id not in known][:MOST])
