"""Ways to sign in: the second factor, Google and GitHub, a mailed link."""

from __future__ import annotations

from shop.accounts.permissions import Permission as P
from tests.factories import PASSWORD
from tests.matrix.elsewhere import BACK, VERIFIER
from tests.matrix.entries import Who, entry, own, the

ANYONE, SIGNED_IN = Who.ANYONE, Who.SIGNED_IN
ELSEWHERE = {"redirect_uri": BACK, "code_verifier": VERIFIER}
CHANGE = {"current_password": PASSWORD, "code": own("app code")}

SIGN_IN = [
    # Whoever holds the token of a login that waits for its code; a page keeps it in its cookie.
    entry("GET /login/code", ANYONE),
    entry("POST /login/code", ANYONE, "session", "sign_in_challenge", "recovery_code",
          body={"code": own("second code")}),
    entry("POST /api/v1/auth/two-factor", ANYONE, "session", "refresh_token", "sign_in_challenge",
          body={"challenge": the("second step", alike=401), "code": own("second code")}),
    entry("GET /account/two-factor", SIGNED_IN),
    entry("POST /account/two-factor/key", SIGNED_IN, "two_factor",
          body={"current_password": PASSWORD, "code": own("waiting code")}),
    entry("GET /account/two-factor/key", SIGNED_IN),
    entry("POST /account/two-factor", SIGNED_IN, "two_factor", "recovery_code", body={"code": own("waiting code")}),
    entry("POST /account/two-factor/recovery-codes", SIGNED_IN, "recovery_code", body=CHANGE),
    entry("POST /account/two-factor/removal", SIGNED_IN, "two_factor", "recovery_code", body=CHANGE),
    entry("POST /staff/customers/<int:user_id>/two-factor/removal", P.TWO_FACTOR_RESET, "two_factor", "recovery_code",
          user_id=the("half logged in")),
    # Confirm it is you.
    entry("GET /staff/confirm", SIGNED_IN),
    entry("POST /staff/confirm", SIGNED_IN, "session", body={"current_password": own("password")}),
    entry("POST /api/v1/auth/confirm-password", SIGNED_IN, "session", body={"current_password": own("password")}),
    # With Google and GitHub, and by a mailed link.
    entry("GET /login/<any(google, github):provider>", ANYONE, provider="google"),
    entry("GET /login/<any(google, github):provider>/callback", ANYONE, provider="github",
          query={"error": "access_denied"}),
    entry("GET /login/link", ANYONE, query={"token": the("login link", alike=410)}),
    entry("POST /login/link", ANYONE, "session", "login_link", body={"token": the("login link", alike=410)}),
    entry("POST /api/v1/auth/oauth/google", ANYONE, "session", "user_account", "linked_sign_in",
          body=ELSEWHERE | {"code": own("google code")}),
    entry("POST /api/v1/auth/oauth/github", ANYONE, "session", "user_account", "linked_sign_in",
          body=ELSEWHERE | {"code": own("github code")}),
    entry("GET /account/sign-ins", SIGNED_IN),
    entry("POST /account/sign-ins/<any(google, github):provider>", SIGNED_IN, provider="github",
          body={"current_password": PASSWORD}),
    entry("POST /account/sign-ins/<any(google, github):provider>/removal", SIGNED_IN, "linked_sign_in",
          provider="google"),
    entry("POST /account/sign-ins/password", SIGNED_IN, "outbox_event"),
    entry("POST /staff/team/<int:user_id>/two-factor/removal", P.TWO_FACTOR_RESET, "two_factor", "recovery_code",
          user_id=the("coded member")),
]  # fmt: skip
