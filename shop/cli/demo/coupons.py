"""Coupons of the demo shop, standing in every way there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from shop.catalog.models import Category
from shop.extensions import db
from shop.lib.money import Money
from shop.promotions.rules import Kind
from shop.promotions.services import add_promotion
from shop.promotions.states import CouponState
from shop.promotions.terms import Terms

DAY = timedelta(days=1)


def load(moment: datetime) -> None:
    """Add them; days are counted from this moment. The discount that comes by itself rests, so prices are as marked."""
    for terms in _coupons(moment):
        add_promotion(terms)
    tees = Terms("Three for two: T-shirts", kind=Kind.BUY_GET, value=10_000, buy=2, get=1, is_public=True)
    add_promotion(_of(tees, "men-t-shirts"), CouponState.PAUSED)


def _coupons(moment: datetime) -> list[Terms]:
    save = Terms("Ten percent", "SAVE10", Kind.PERCENT, 1_000, minimum=Money(99_900), most=Money(50_000))
    welcome = Terms("Welcome", "WELCOME", Kind.FIXED, 20_000, minimum=Money(149_900), first_order=True, uses_each=1)
    delivery = Terms("Free delivery", "FREESHIP", Kind.FREE_DELIVERY, minimum=Money(49_900), ends_at=moment + 5 * DAY)
    kurtas = Terms("Kurta weeks", "KURTA20", Kind.PERCENT, 2_000, ends_at=moment + 20 * DAY, uses_limit=200)
    over = Terms("Festival of lights", "LIGHTS15", Kind.PERCENT, 1_500, ends_at=moment - 10 * DAY, uses_each=1)
    later = Terms("New Year", "NEWYEAR", Kind.PERCENT, 1_200, starts_at=moment + 30 * DAY, ends_at=moment + 45 * DAY)
    public = [replace(one, is_public=True) for one in (delivery, welcome, save)]
    return [later, over, _of(kurtas, "women-kurtas"), *public]


def _of(terms: Terms, slug: str) -> Terms:
    """Terms for one category alone."""
    found = db.session.scalars(select(Category.id).where(Category.slug == slug)).all()
    return replace(terms, category_ids=frozenset(found))
