"""Puts those who were ticked in the list, or all it shows, into a group, or takes them out; after a look at them."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.datastructures import MultiDict

from shop.accounts.customers import groups, queries
from shop.accounts.guards import needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.http.incoming import LARGEST
from shop.lib.queries import count_of, rows
from shop.staff.forms.customer import GroupingForm
from shop.staff.forms.customers import CustomerFilterForm

bp = Blueprint("staff_customer_grouping", __name__, url_prefix="/staff/customers/grouping")
bp.before_request(require_permission)
NAMED, MOST_CHOSEN = 25, 200


@bp.get("")
@needs(Permission.CUSTOMER_UPDATE)
def preview() -> Response:
    """Who it would be."""
    return _preview_page(request.args)


@bp.post("")
@needs(Permission.CUSTOMER_UPDATE)
def do() -> Response:
    form = _form()
    if not form.validate():
        return _preview_page(request.form, 422, form)
    people, group_id = _people(request.form), int(form.into.data)
    if form.do.data == "add":
        count = groups.add_people(group_id, people, visitor().user_id or 0)
        flash(f"{_so_many(count)} new in the group.", "good")
    else:
        count = groups.remove_people(group_id, people)
        flash(f"{_so_many(count)} not in the group any more.", "good")
    return go_to(url_for("staff_customer_groups.show", group_id=group_id))


def _preview_page(sent: MultiDict[str, str], status: int = 200, form: GroupingForm | None = None) -> Response:
    people, narrowed = _people(sent), _narrowed(sent)
    form = form or _form(formdata=None)
    kept = [("user", str(user_id)) for user_id in _chosen(sent)] or [*narrowed.kept().items(), ("all", "1")]
    return page(
        "staff/customers/grouping.html",
        status,
        form=form,
        named=rows(people.limit(NAMED)),
        count=count_of(people),
        kept=kept,
        back_url=url_for("staff_customers.index", **narrowed.kept()),
    )


def _people(sent: MultiDict[str, str]) -> queries.Customers:
    """Those who were ticked; else everybody the list's filters let through, if everybody was asked for."""
    chosen = _chosen(sent)
    if chosen or not sent.get("all"):
        return queries.customers().where(User.id.in_(chosen))
    return queries.customers(_narrowed(sent).wanted())


def _chosen(sent: MultiDict[str, str]) -> list[int]:
    if sent.get("all"):
        return []
    ids = [
        int(text) for text in sent.getlist("user")[:MOST_CHOSEN] if text.isascii() and text.isdigit() and len(text) < 16
    ]
    return [user_id for user_id in ids if user_id <= LARGEST]


def _narrowed(sent: MultiDict[str, str]) -> CustomerFilterForm:
    form = CustomerFilterForm(sent)
    form.offer(queries.choices())
    return form


def _form(**how: None) -> GroupingForm:
    form = GroupingForm(**how)
    form.offer(queries.choices().groups)
    return form


def _so_many(count: int) -> str:
    return "1 customer is" if count == 1 else f"{count} customers are"
