"""What happened with a customer, in words (ACC-14)."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.queries.people import users
from shop.lib.http.answers import page
from shop.lib.queries import one_or_404
from shop.membership.story import Kind, Moment, story_of
from shop.staff import words
from shop.store.formats import money

bp = Blueprint("staff_customer_story", __name__, url_prefix="/staff/customers/<int:user_id>/timeline")
bp.before_request(require_permission)
LOGINS = {"login": "Logged in", "logout": "Logged out", "failed": "Refused at login"}
MONEY = {"captured": "paid for", "refunded": "given back for"}
MAILS = {"pending": "Message on its way", "sent": "Message sent", "failed": "Message failed"}
ACTIONS = {"create": "added", "update": "changed", "delete": "removed"}


@bp.get("")
@needs(Permission.CUSTOMER_READ)
def show(user_id: int) -> Response:
    """The newest first, from below a moment on."""
    person = one_or_404(users().where(User.id == user_id))
    told = story_of(person, _moment(request.args.get("before", "")))
    older = url_for(".show", user_id=user_id, before=told.older.isoformat()) if told.older else None
    lines = [(moment, *in_words(moment)) for moment in told.moments]
    return page("staff/customers/timeline.html", person=person, lines=lines, older=older)


def in_words(moment: Moment) -> tuple[str, str]:
    """What happened, and what to add."""
    return _WORDS[moment.kind](moment)


def _order(moment: Moment) -> tuple[str, str]:
    return f"Order {moment.number}: {words.order_state(moment.code)[0]}", f"by {moment.text}"


def _money(moment: Moment) -> tuple[str, str]:
    amount = money(moment.amount) if moment.amount else ""
    return f"{amount} {MONEY.get(moment.code, moment.code)} order {moment.number}", ""


def _change(moment: Moment) -> tuple[str, str]:
    """Fields are named; what was in them stands in the audit log, for those who may read it."""
    change = moment.change
    if change is None:
        return "", ""
    fields = ", ".join(line.field for line in change.lines) if moment.code == "update" else ""
    return f"{change.title} {ACTIONS[moment.code]}{': ' + fields if fields else ''}", f"by {moment.text}"


_WORDS = {
    Kind.REGISTERED: lambda _moment: ("Became a customer", ""),
    Kind.LOGIN: lambda moment: (LOGINS.get(moment.code, moment.code), f"from {moment.text}" if moment.text else ""),
    Kind.ORDER: _order,
    Kind.MONEY: _money,
    Kind.MAIL: lambda moment: (f"{MAILS.get(moment.code, moment.code)}: {moment.text}", ""),
    Kind.CHANGE: _change,
}


def _moment(text: str) -> datetime | None:
    """The moment an address names; one nobody can read is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
