"""New passwords and proofs for apps: what is asked for by anybody, and what only its holder can use."""

from __future__ import annotations

from tests.matrix.entries import Who, entry, own, the

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
    entry("POST /api/v1/auth/verify-email", Who.ANYONE, "user_account", "email_verification",
          body={"token": the("email link", alike=422)}),
    entry("POST /api/v1/auth/verify-email/request", Who.SIGNED_IN, "outbox_event"),
    entry("POST /api/v1/auth/verify-phone/request", Who.SIGNED_IN, "outbox_event"),
    entry("POST /api/v1/auth/verify-phone", Who.SIGNED_IN, "user_account", "one_time_code",
          body={"code": own("phone code")}),
]  # fmt: skip
