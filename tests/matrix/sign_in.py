"""Ways to sign in: the second factor."""

from __future__ import annotations

from shop.accounts.permissions import Permission as P
from tests.factories import PASSWORD
from tests.matrix.entries import Who, entry, own, the

ANYONE, SIGNED_IN = Who.ANYONE, Who.SIGNED_IN
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
    entry("POST /staff/team/<int:user_id>/two-factor/removal", P.TWO_FACTOR_RESET, "two_factor", "recovery_code",
          user_id=the("coded member")),
]  # fmt: skip
