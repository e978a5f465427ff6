"""The log of mails and text messages: what was sent, what waits, what was given up."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.http.headers import pictures
from shop.lib.queries import one_or_404, page_of, rows
from shop.notifications import archive, queries, services
from shop.notifications.catalogue import MAILS
from shop.notifications.states import Channel, SendState
from shop.staff.forms.mail import MailFilterForm, page_number

bp = Blueprint("staff_mail", __name__, url_prefix="/staff/mail")
bp.before_request(require_permission)
OWED_SHOWN = 50
# A mail is somebody else's page: no script, no form, and no request leaves it but for the shop's own pictures.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
CHANNELS = {Channel.EMAIL: "E-mail", Channel.SMS: "Text message"}
TONES = {SendState.SENT: "good", SendState.PENDING: "info", SendState.FAILED: "bad"}


@bp.context_processor
def _words() -> dict[str, object]:
    titles = {mail.template: mail.title for mail in MAILS}
    return {
        "titles": titles,
        "channels": CHANNELS,
        "events": {mail.event.__name__: mail.title for mail in MAILS},
        "tones": TONES,
    }


@bp.get("")
@needs(Permission.MAIL_READ)
def index() -> Response:
    form = MailFilterForm(request.args)
    sends = page_of(queries.sends(form.wanted()), page_number(request.args))
    return page(
        "staff/mail/index.html",
        form=form,
        sends=sends,
        page_url=lambda number: url_for(".index", **{**form.kept(), "page": number}),
        dead=rows(queries.dead_letters().limit(OWED_SHOWN)),
        waiting=rows(queries.waiting_letters().limit(OWED_SHOWN)),
        may_resend=visitor().can(Permission.MAIL_RESEND),
    )


@bp.get("/<int:send_id>")
@needs(Permission.MAIL_READ)
def show(send_id: int) -> Response:
    send = one_or_404(queries.send(send_id))
    return page("staff/mail/show.html", send=send, words=archive.kept_words(send))


@bp.get("/<int:send_id>/html")
@needs(Permission.MAIL_READ)
def html(send_id: int) -> Response:
    words = archive.kept_words(one_or_404(queries.send(send_id)))
    if words is None or words.html is None:
        abort(404)
    response = make_response(words.html)
    response.headers["Content-Security-Policy"] = f"{MAIL_POLICY}; {pictures()}"
    return response


@bp.post("/owed/<int:outbox_id>/attempts")
@needs(Permission.MAIL_RESEND)
def send_again(outbox_id: int) -> Response:
    services.send_again(outbox_id)
    flash("It is on its way again.", "good")
    return go_to(url_for(".index"))
