"""New passwords and proofs for apps: what is asked for by anybody, and what only its holder can use."""

from __future__ import annotations

from typing import Any

from shop.extensions import db
from shop.lib.http.answers import external_url
from shop.notifications.models import Send
from shop.notifications.twilio import SIGNATURE, signature_of
from tests.matrix.entries import Who, entry, mine, own, the
from tests.support.twilio import TOKEN

UNDELIVERED = {"MessageStatus": "undelivered", "ErrorCode": "30003"}
NEW = {"new_password": "Brass-Button-9"}

PROOFS = [
    entry("POST /api/v1/auth/change-password", Who.SIGNED_IN, "user_account",
          body=NEW | {"current_password": own("password")}),
    entry("POST /api/v1/auth/forgot-password/request", Who.ANYONE, "outbox_event", body={"email": own("email")}),
    entry("POST /api/v1/auth/forgot-password/resend", Who.ANYONE, "outbox_event", body={"email": own("email")}),
    entry("POST /api/v1/auth/forgot-password/verify", Who.ANYONE, "user_account", "one_time_code",
          body=NEW | {"email": own("email"), "otp": own("reset code")}),
    entry("POST /api/v1/auth/forgot-password/verify", Who.ANYONE, "user_account", "password_reset",
          body=NEW | {"token": the("reset", alike=422)}),
    entry("POST /api/v1/auth/forgot-email", Who.ANYONE, "outbox_event", body={"phone": "98450 54321"}),
    entry("POST /api/v1/auth/verify-email", Who.SIGNED_IN, "user_account", "email_verification",
          body={"token": mine("email link", alike=422)}),
    entry("POST /api/v1/auth/verify-email/request", Who.SIGNED_IN, "outbox_event"),
    entry("POST /api/v1/auth/verify-phone/request", Who.SIGNED_IN, "outbox_event"),
    entry("POST /webhooks/texts/<int:send_id>", Who.ANYONE, "notification_send", send_id=the("text", alike=403),
          body=UNDELIVERED, headers={SIGNATURE: own("text signature")}),
    entry("POST /api/v1/auth/verify-phone", Who.SIGNED_IN, "user_account", "one_time_code",
          body={"code": own("phone code")}),
]  # fmt: skip


def texts() -> dict[str, Any]:
    """A text message that left, and what Twilio signs when it could not deliver it."""
    send = Send(channel="sms", template="text_phone_code", about="occasion-0", recipient="+919845012345",
                subject="Code", message_id="<text@localhost>", state="sent", retries=0)  # fmt: skip
    db.session.add(send)
    db.session.flush()
    address = external_url("text_status.note", send_id=send.id)
    return {"text": send.id, "text signature": signature_of(TOKEN, address, UNDELIVERED)}
