"""Coupons and automatic discounts: what the owner's apps do with them (PRO-01, PRO-03)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from shop.accounts.permissions import Permission
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.coupons import KINDS, Coupon, CouponChange, CouponQuery, CouponUsage, NewCoupon
from shop.api.schemas.fields import Deleted
from shop.insights.queries.promotions import Usage, usage_of
from shop.lib.errors import WrongFields
from shop.lib.money import Money
from shop.lib.queries import one_or_404, slice_of
from shop.promotions import listing, services
from shop.promotions.models import Promotion
from shop.promotions.queries import promotions
from shop.promotions.shown import Shown, shown
from shop.promotions.states import CouponState
from shop.promotions.terms import PLAIN, SCOPED, Terms, terms_of

bp = ApiBlueprint("coupons", "coupons", "Coupons and discounts that come by themselves")
reads, updates, deletes = (
    needs(Permission.COUPON_READ), needs(Permission.COUPON_UPDATE), needs(Permission.COUPON_DELETE)
)  # fmt: skip
DAYS = 30
NAMES = {field.attribute: name for name, field in CouponChange().fields.items() if field.attribute}


@bp.get("/")
@reads
@bp.query(CouponQuery)
@bp.lists(Coupon)
def index(query: dict[str, Any]) -> Any:
    """Coupons and discounts, the newest first unless `sort` says otherwise."""
    found = slice_of(listing.found(_wanted(query)), query["skip"], query["limit"])
    return [_told(one) for one in shown(found.items)], total_of(found.total)


@bp.post("/")
@updates
@bp.body(NewCoupon)
@bp.response(201, Coupon)
def create(values: dict[str, Any]) -> SimpleNamespace:
    """Add a coupon, or without a code a discount that comes by itself. 409 where another coupon has the code."""
    state = CouponState(values.pop("coupons_status_id", CouponState.ACTIVE))
    with _named_as_here():
        return _one(services.add_promotion(Terms(**values), state))


@bp.get("/<key:item_id>")
@reads
@bp.response(200, Coupon)
def show(item_id: int) -> SimpleNamespace:
    """One coupon or discount."""
    return _one(_promotion(item_id))


@bp.put("/<key:item_id>")
@updates
@bp.body(CouponChange)
@bp.response(200, Coupon)
def update(change: dict[str, Any], item_id: int) -> SimpleNamespace:
    """Change what is sent. 409 where another coupon has the code, or it cannot go into that status."""
    promotion = services.held(item_id)
    if not change:
        raise NothingToChange
    state = change.pop("coupons_status_id", None)
    if change:
        with _named_as_here():
            services.change_promotion(item_id, replace(terms_of(promotion), **change))
    if state is not None and state != promotion.state:
        services.move_promotion(item_id, CouponState(state))
    return _one(promotion)


@bp.delete("/<key:item_id>")
@deletes
@bp.response(200, Deleted)
def remove(item_id: int) -> dict[str, bool]:
    """Delete one that was never used; 409 for one that was: its status can be `archived`."""
    services.delete_promotion(item_id)
    return {"deleted": True}


@bp.get("/<key:item_id>/usage")
@reads
@bp.response(200, CouponUsage)
def usage(item_id: int) -> Usage:
    """How often it was used, what these orders bring in, what it gave away; by day for the last 30 days."""
    _promotion(item_id)
    return usage_of(item_id, DAYS)


@contextmanager
def _named_as_here() -> Iterator[None]:
    """Blame the fields by the names apps know them by."""
    try:
        yield
    except WrongFields as error:
        problems = {NAMES.get(name, name): problem for name, problem in error.problems.items()}
        raise WrongFields(str(error), problems) from None


def _wanted(query: dict[str, Any]) -> listing.Wanted:
    standing = query["coupons_status_id"] or ("active" if query["is_active"] else "")
    if query["expiring_soon"]:
        standing = listing.ENDS_SOON
    kind = KINDS.get(query["type"], "")
    return listing.Wanted(standing, query["q"], kind, query["code"], "" if kind else query["type"], query["sort"])


def _promotion(item_id: int) -> Promotion:
    return one_or_404(promotions().where(Promotion.id == item_id))


def _one(promotion: Promotion) -> SimpleNamespace:
    return _told(shown([promotion])[0])


def _told(one: Shown) -> SimpleNamespace:
    terms = {name: getattr(one.terms, name) for name in PLAIN} | {"value": Money(one.terms.value)}
    limited_to = {name: sorted(getattr(one.terms, name)) for name in SCOPED}
    rest = {"id": one.id, "status": one.status, "used": one.used, "sentence": one.sentence}
    return SimpleNamespace(**terms | limited_to | rest, created_at=one.created_at)
