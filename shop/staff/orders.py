"""The order desk: the list, one order, and what is done to an order as a whole."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.aftersales import rest
from shop.aftersales import services as aftersales
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.many import STEPS
from shop.fulfilment.queries import desk
from shop.lib.http.answers import go_to, page
from shop.lib.queries import count_of, one_or_404, page_of
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.payments.tenders import tenders_of
from shop.staff import words
from shop.staff.forms.orders import CancelForm, OrderFilterForm
from shop.staff.forms.paging import page_number
from shop.staff.order_bulk import OFFERED
from shop.staff.order_page import order_page
from shop.staff.shell import queue_counts

bp = Blueprint("staff_orders", __name__, url_prefix="/staff/orders")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.ORDER_READ)
def index() -> Response:
    """All orders, by view, filter and search."""
    form = OrderFilterForm(request.args)
    found = page_of(desk.orders_matching(form.wanted()), page_number(request.args))
    return page(
        "staff/orders/index.html",
        form=form,
        orders_page=found,
        tenders=tenders_of([order.id for order in found.items]),
        views=_views(form),
        archived=_archived(form) if not found.items else 0,
        customer=_customer(form),
        steps=STEPS,
        offered=OFFERED.get(form.wanted().view, ()),
        are_ticked="ticked" in request.args,
        may_move=visitor().can(Permission.ORDER_UPDATE),
        page_url=lambda number, **more: url_for(".index", **form.kept(page=number, **more)),
    )


@bp.get("/<number>")
@needs(Permission.ORDER_READ)
def show(number: str) -> Response:
    """One order."""
    return order_page(number)


@bp.post("/<number>/confirmation")
@needs(Permission.ORDER_UPDATE)
def confirm(number: str) -> Response:
    """Take an order on."""
    order = _order(number)
    fulfilment.confirm_order(order, visitor().actor)
    return _done(number, f"Confirmed. The customer gets {words.news(order)}.")


@bp.post("/<number>/cancellation")
@needs(Permission.ORDER_CANCEL)
@confirmed
def cancel(number: str) -> Response:
    """Cancel it, with a reason."""
    form = CancelForm()
    if not form.validate():
        return order_page(number, 422, cancel=form)
    aftersales.cancel_order(_order(number), visitor().actor, form.reason.data)
    return _done(number, "Cancelled. Its pieces are back on the shelf.")


@bp.post("/<number>/rest/cancellation")
@needs(Permission.ORDER_CANCEL)
@confirmed
def cancel_rest(number: str) -> Response:
    """Cancel what was not sent, with a reason."""
    form = CancelForm()
    if not form.validate():
        return order_page(number, 422, cancel=form)
    rest.cancel_rest(_order(number), visitor().actor, form.reason.data)
    return _done(number, "The rest is cancelled. Its pieces are on the shelf; what was paid for them goes back.")


@bp.post("/<number>/receipt")
@needs(Permission.ORDER_UPDATE)
@confirmed
def receive_back(number: str) -> Response:
    """Take an undelivered order back into stock."""
    aftersales.receive_back(_order(number), visitor().actor)
    return _done(number, "Back in the shop. Its pieces are on the shelf again; what was paid is refunded.")


@bp.post("/<number>/cash")
@needs(Permission.PAYMENT_COLLECT)
def collect_cash(number: str) -> Response:
    """Note that the couriers brought the cash of all that was delivered."""
    fulfilment.collect_cash(_order(number), visitor().actor)
    return _done(number, "Cash noted.")


def _customer(form: OrderFilterForm) -> User | None:
    """Whose orders alone are shown."""
    user_id = form.wanted().user_id
    return db.session.get(User, user_id) if user_id else None


def _archived(form: OrderFilterForm) -> int:
    """How many of the archived orders fit what was looked for and not found."""
    wanted = form.wanted()
    return 0 if wanted.view or not wanted.text else count_of(desk.orders_matching(replace(wanted, view=desk.ARCHIVED)))


def _order(number: str) -> Order:
    return one_or_404(desk.order_numbered(number))


def _done(number: str, message: str) -> Response:
    flash(message, "good")
    return go_to(url_for(".show", number=number))


def _views(form: OrderFilterForm) -> list[dict[str, object]]:
    counts, here = queue_counts(), form.wanted().view
    return [
        {
            "title": words.order_state(code)[0] if code == OrderState.DELIVERED else title,
            "url": url_for(".index", **form.kept(view=code)),
            "is_current": code == here,
            "count": counts.get(code) or None,
        }
        for code, title in words.VIEWS.items()
    ]
