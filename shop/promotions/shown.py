"""A promotion with everything that is said of it: its terms, how it stands, how often it was used, its sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.lib.queries import rows
from shop.promotions.listing import standing_of
from shop.promotions.models import Promotion
from shop.promotions.queries import promotions, uses_by_id
from shop.promotions.states import CouponState
from shop.promotions.terms import Terms, terms_of
from shop.promotions.wording import names_for, sentence


@dataclass(frozen=True)
class Shown:
    """What lists and apps are told of a promotion."""

    id: int
    terms: Terms
    state: CouponState
    status: CouponState
    used: int
    sentence: str
    created_at: datetime

    @property
    def called(self) -> str:
        return self.terms.code or self.terms.name


def shown_of(promotion_ids: Collection[int]) -> list[Shown]:
    """The promotions with these ids, those that end first in front."""
    return shown(rows(promotions().where(Promotion.id.in_(promotion_ids)).order_by(Promotion.ends_at, Promotion.id)))


def shown(found: Sequence[Promotion]) -> list[Shown]:
    """The same for many at once, in a handful of statements."""
    uses = uses_by_id([promotion.id for promotion in found])
    terms = {promotion.id: terms_of(promotion) for promotion in found}
    names = names_for(terms.values())
    return [
        Shown(
            promotion.id,
            terms[promotion.id],
            CouponState(promotion.state),
            standing_of(promotion, uses.get(promotion.id, 0)),
            uses.get(promotion.id, 0),
            sentence(terms[promotion.id], names),
            promotion.created_at,
        )
        for promotion in found
    ]
