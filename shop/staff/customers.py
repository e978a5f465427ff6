"""The customers and what they ordered."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from shop.accounts.customers import queries
from shop.accounts.devices import device_name
from shop.accounts.guards import needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.queries import addresses_of, users
from shop.accounts.session_queries import live_sessions_of
from shop.accounts.visits import visitor
from shop.fulfilment.queries import desk
from shop.lib.http.answers import page
from shop.lib.queries import one_or_404, page_of, rows
from shop.orders.models import Order
from shop.staff.forms.customers import CustomerFilterForm
from shop.staff.forms.paging import page_number

bp = Blueprint("staff_customers", __name__, url_prefix="/staff/customers")
bp.before_request(require_permission)
DEVICES_SHOWN = 5
MOST_LISTED = 10_000


@bp.get("")
@needs(Permission.CUSTOMER_READ)
def index() -> Response:
    """All customers, by search, filters and order."""
    form = CustomerFilterForm(request.args)
    form.offer(queries.choices())
    wanted = form.wanted(request.args.get("sort", ""))
    found = page_of(queries.customers(wanted), page_number(request.args), most=MOST_LISTED)
    return page(
        "staff/customers/index.html",
        form=form,
        people=found,
        chips=[(words, url_for(".index", **kept, sort=wanted.sort)) for words, kept in form.chips()],
        sort=wanted.sort,
        sort_url=lambda by: url_for(".index", **form.kept(sort=by)),
        page_url=lambda number: url_for(".index", **form.kept(sort=wanted.sort, page=number)),
    )


@bp.get("/<int:user_id>")
@needs(Permission.CUSTOMER_READ)
def show(user_id: int) -> Response:
    """One customer with their orders and addresses."""
    person = one_or_404(users().where(User.id == user_id))
    theirs = desk.orders_matching(desk.OrderFilter()).where(Order.user_id == user_id)
    return page(
        "staff/customers/show.html",
        person=person,
        addresses=rows(addresses_of(user_id)),
        orders_page=page_of(theirs, page_number(request.args)),
        page_url=lambda number: url_for(".show", user_id=user_id, page=number),
        devices=[(device_name(one.user_agent), one) for one in rows(live_sessions_of(user_id).limit(DEVICES_SHOWN))],
        may_log_out=visitor().can(Permission.SESSION_END),
    )
