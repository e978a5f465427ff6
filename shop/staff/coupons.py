"""Coupons and automatic discounts: listed, added, changed, paused and archived (PRO-01, PRO-03)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.insights.queries.promotions import usage_of
from shop.insights.queries.sales import revenue_of
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import count_of, one_or_404, page_of
from shop.promotions import listing, services
from shop.promotions.models import Promotion
from shop.promotions.queries import promotions, was_used
from shop.promotions.shown import shown
from shop.promotions.states import NEXT, CouponState
from shop.promotions.terms import Terms, terms_of, tidied
from shop.promotions.wording import names_for, sentence
from shop.staff import words
from shop.staff.charts import revenue_chart
from shop.staff.forms.coupons import CouponFilterForm, CouponForm
from shop.staff.forms.paging import page_number
from shop.staff.forms.products import number_of
from shop.staff.saves import flash_saved

bp = Blueprint("staff_coupons", __name__, url_prefix="/staff/coupons")
bp.before_request(require_permission)
ONE = "/<int:promotion_id>"
S = CouponState
TABS = {
    "": "All", S.ACTIVE: "Active", S.SCHEDULED: "Scheduled", listing.ENDS_SOON: "Expiring soon", S.USED_UP: "Used up",
    S.PAUSED: "Paused", S.EXPIRED: "Expired", S.ARCHIVED: "Archived",
}  # fmt: skip
VERBS = {S.PAUSED: "Paused. It counts again once it is active.", S.ACTIVE: "Active again.", S.ARCHIVED: "Archived."}
STATES, DAYS = frozenset(S), 30


@bp.get("")
@needs(Permission.COUPON_READ)
def index() -> Response:
    """All coupons and discounts, by how they stand."""
    form, view = CouponFilterForm(request.args), request.args.get("view", "")
    view = view if view in TABS else ""
    wanted = form.wanted(view)
    kept = {"q": wanted.q, "type": wanted.type, "sort": "" if wanted.sort == "newest" else wanted.sort}
    asked: dict[str, Any] = {name: value for name, value in kept.items() if value}
    found, numbers = page_of(listing.found(wanted), page_number(request.args)), listing.counts()
    tabs = [
        {"title": words.coupon_state(S(tab))[0] if tab in STATES else title, "is_current": tab == view,
         "url": url_for(".index", view=tab or None, **asked), "count": numbers[tab]} for tab, title in TABS.items()
    ]  # fmt: skip
    return page(
        "staff/coupons/index.html",
        form=form,
        view=view,
        tabs=tabs,
        is_narrowed=bool(wanted.q or wanted.type),
        found=found,
        archived=_archived(wanted) if not found.items else 0,
        coupons=shown(found.items),
        page_url=lambda number: url_for(".index", view=view or None, page=number, **asked),
        may_update=visitor().can(Permission.COUPON_UPDATE),
    )


@bp.get("/new")
@needs(Permission.COUPON_UPDATE)
def new() -> Response:
    """An empty form; `?like=` begins with the terms of another, but for its code."""
    like = request.args.get("like", "")
    terms = replace(terms_of(_promotion(number_of(like))), code=None) if like else Terms(uses_each=1)
    return _new_page(CouponForm(formdata=None).offer(terms).begin_with(terms))


@bp.post("/new")
@needs(Permission.COUPON_UPDATE)
def create() -> Response:
    """Add a coupon or discount; `preview` only says in a sentence what it would be."""
    form = CouponForm().offer()
    if not form.validate():
        return _new_page(form, 422)
    if "preview" in request.form:
        return _new_page(form, said=_said(form))
    try:
        promotion = services.add_promotion(form.terms())
    except ShopError as error:
        form.blame(error)
        return _new_page(form, error.status)
    flash_saved(f"{promotion.code or promotion.name} is there.")
    return go_to(url_for(".show", promotion_id=promotion.id))


@bp.post("/sentence")
@needs(Permission.COUPON_UPDATE)
def say() -> Response:
    """What the form says so far, in one sentence."""
    form = CouponForm().offer()
    return page("staff/coupons/_sentence.html", sentence=_said(form) if form.validate() else "")


@bp.get(ONE)
@needs(Permission.COUPON_READ)
def show(promotion_id: int) -> Response:
    return _coupon_page(promotion_id)


@bp.post(ONE)
@needs(Permission.COUPON_UPDATE)
def save(promotion_id: int) -> Response:
    """Change it; `preview` only says in a sentence what it would be."""
    form = CouponForm().offer(terms_of(_promotion(promotion_id)))
    if not form.validate():
        return _coupon_page(promotion_id, form, 422)
    if "preview" in request.form:
        return _coupon_page(promotion_id, form, said=_said(form))
    try:
        services.change_promotion(promotion_id, form.terms())
    except ShopError as error:
        form.blame(error)
        return _coupon_page(promotion_id, form, error.status)
    flash_saved()
    return go_to(url_for(".show", promotion_id=promotion_id))


@bp.post(f"{ONE}/<any(active, paused, archived):state>")
@needs(Permission.COUPON_UPDATE)
def move(promotion_id: int, state: str) -> Response:
    """Pause it, let it count again, or put it away."""
    services.move_promotion(promotion_id, S(state))
    flash_saved(VERBS[S(state)])
    return go_to(url_for(".show", promotion_id=promotion_id))


@bp.post(f"{ONE}/removal")
@needs(Permission.COUPON_DELETE)
def remove(promotion_id: int) -> Response:
    """Delete one that no order used."""
    services.delete_promotion(promotion_id)
    flash("Deleted.", "good")
    return go_to(url_for(".index"))


@bp.get(f"{ONE}/usage")
@needs(Permission.COUPON_READ)
def usage(promotion_id: int) -> Response:
    """How often it was used, what those orders brought in, and what it cost."""
    promotion = _promotion(promotion_id)
    found = usage_of(promotion_id, 2 * DAYS)
    before, month = found.days[:DAYS], found.days[DAYS:]
    return page(
        "staff/coupons/usage.html",
        coupon=shown([promotion])[0],
        usage=found,
        month=month,
        month_revenue=revenue_of(month),
        before_revenue=revenue_of(before),
        chart=revenue_chart(month, before),
    )


def _archived(wanted: listing.Wanted) -> int:
    """How many of the archived ones fit what was looked for among the others and not found."""
    is_asked = wanted.q and not wanted.standing
    return count_of(listing.found(replace(wanted, standing=S.ARCHIVED))) if is_asked else 0


def _promotion(promotion_id: int) -> Promotion:
    return one_or_404(promotions().where(Promotion.id == promotion_id))


def _new_page(form: CouponForm, status: int = 200, said: str = "") -> Response:
    return page("staff/coupons/new.html", status, form=form, sentence=said)


def _coupon_page(promotion_id: int, form: CouponForm | None = None, status: int = 200, said: str = "") -> Response:
    coupon = shown([_promotion(promotion_id)])[0]
    return page(
        "staff/coupons/show.html",
        status,
        coupon=coupon,
        form=form or CouponForm(formdata=None).offer(coupon.terms).begin_with(coupon.terms),
        sentence=said if form else coupon.sentence,
        moves=NEXT[coupon.state],
        is_used=was_used(promotion_id),
        may_update=visitor().can(Permission.COUPON_UPDATE),
        may_delete=visitor().can(Permission.COUPON_DELETE),
    )


def _said(form: CouponForm) -> str:
    """A valid form in one sentence."""
    terms = tidied(form.terms())
    return sentence(terms, names_for([terms]))
