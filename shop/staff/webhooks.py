"""What providers of payment told, and what came of it (PAY-03)."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.http.answers import page
from shop.lib.queries import page_within
from shop.payments.states import WebhookState
from shop.payments.webhooks import events
from shop.staff.forms.paging import page_number
from shop.staff.forms.webhooks import STATES, WebhookFilterForm

bp = Blueprint("staff_webhooks", __name__, url_prefix="/staff/webhooks")
bp.before_request(require_permission)
MOST_LISTED = 10_000
TONES = {
    WebhookState.TAKEN: "info",
    WebhookState.FOLLOWED: "good",
    WebhookState.UNKNOWN: "neutral",
    WebhookState.REFUSED: "bad",
}


@bp.get("")
@needs(Permission.PAYMENT_READ)
def index() -> Response:
    """Events, newest first."""
    form = WebhookFilterForm(request.args)
    return page(
        "staff/webhooks/index.html",
        form=form,
        events=page_within(events(**form.wanted()), page_number(request.args), MOST_LISTED),
        states=STATES,
        tones=TONES,
        page_url=lambda number: url_for(".index", **form.kept(page=number)),
    )
