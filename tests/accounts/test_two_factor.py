"""Codes of an authenticator app and recovery codes: each works once, and five tries are all there are."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from shop.accounts.errors import TooManyCodes, TwoFactorOn, WrongTwoFactorCode
from shop.accounts.models import RecoveryCode, TwoFactor, User
from shop.accounts.queries.two_factor import is_on, recovery_codes_left, waiting_key
from shop.accounts.services import sessions, two_factor
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.models import AuditEntry
from tests.accounts.authenticator import STEP, code_of, with_app
from tests.factories import a_user
from tests.notifications.letterbox import mail
from tests.notifications.letterbox import text as said
from tests.storefront.people import is_live
from tests.support.outbox import run_outbox

pytestmark = pytest.mark.covers("ACC-13")


@pytest.fixture
def user(app: Flask) -> User:
    return a_user("asha@example.com")


def accepts(user: User, code: str) -> bool:
    try:
        two_factor.use_code(user.id, code)
    except WrongTwoFactorCode:
        return False
    return True


def test_codes_are_those_of_the_rfc() -> None:
    """RFC 6238, appendix B, in six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [pyotp.TOTP(secret).at(moment) for moment in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


def test_key_counts_only_after_a_code_of_it_was_shown(user: User) -> None:
    two_factor.start(user.id)
    key = waiting_key(user.id)
    assert key
    assert not is_on(user.id)
    with pytest.raises(WrongTwoFactorCode):
        two_factor.confirm(user.id, "000000" if code_of(key.secret) != "000000" else "111111")
    assert not is_on(user.id)
    two_factor.confirm(user.id, code_of(key.secret))
    assert is_on(user.id)
    with pytest.raises(TwoFactorOn):
        two_factor.start(user.id)


def test_key_that_waits_too_long_is_shown_and_taken_no_more(user: User) -> None:
    two_factor.start(user.id)
    secret = db.session.get_one(TwoFactor, user.id).secret
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert waiting_key(user.id) is None
        with pytest.raises(WrongTwoFactorCode):
            two_factor.confirm(user.id, code_of(secret))


def test_code_works_once_and_no_code_before_it_works_after_it(user: User) -> None:
    secret, _codes = with_app(user)
    with time_machine.travel(now() + 10 * STEP, tick=False):
        early, here, late = (code_of(secret, ahead) for ahead in (-1, 0, 1))
        assert accepts(user, here)
        assert [accepts(user, code) for code in (here, early)] == [False, False]
        assert accepts(user, late)
        assert not accepts(user, late)


def test_code_is_taken_one_step_early_or_late_and_no_further(user: User) -> None:
    secret, _codes = with_app(user)
    with time_machine.travel(now() + 20 * STEP, tick=False):
        assert [accepts(user, code_of(secret, ahead)) for ahead in (-2, 2, -1, 1)] == [False, False, True, True]


@pytest.mark.parametrize("ways", [str, lambda code: f" {code[:3]} {code[3:]} ", lambda code: f"{code[:3]}-{code[3:]}"])
def test_code_is_taken_as_people_write_it(user: User, ways) -> None:  # type: ignore[no-untyped-def]
    secret, _codes = with_app(user)
    assert accepts(user, ways(code_of(secret, 1)))


def test_what_only_looks_like_a_code_is_none(user: User) -> None:
    secret, _codes = with_app(user)
    code = code_of(secret, 1)
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    arabic = "".join(chr(ord(digit) + 0x630) for digit in code)
    odd = [full_width, arabic, f"+{code}", f"{code}.0", f"0{code}", code[:5], "", "true", "null", "[]", "\ud800", "\0"]
    assert [text for text in odd if accepts(user, text)] == []


def test_recovery_code_works_once_however_it_is_typed(user: User) -> None:
    _secret, codes = with_app(user)
    assert len(set(codes)) == recovery_codes_left(user.id) == 10
    assert accepts(user, f" {codes[0].upper()} ")
    assert accepts(user, codes[1].replace("-", ""))
    assert not accepts(user, codes[0])
    assert recovery_codes_left(user.id) == 8


def test_new_recovery_codes_end_the_old_ones_and_nobody_elses(user: User) -> None:
    _secret, codes = with_app(user)
    other = a_user()
    _secret, others = with_app(other)
    fresh = two_factor.new_recovery_codes(user.id)
    assert [accepts(user, code) for code in (codes[0], fresh[0], others[0])] == [False, True, False]
    assert accepts(other, others[0])


def test_five_tries_then_a_pause(user: User) -> None:
    secret, codes = with_app(user)
    for _ in range(5):
        two_factor.count_try(user.id)
    with pytest.raises(TooManyCodes):
        two_factor.count_try(user.id)
    with time_machine.travel(now() + timedelta(minutes=14)), pytest.raises(TooManyCodes):
        two_factor.count_try(user.id)
    with time_machine.travel(now() + timedelta(minutes=16)):
        two_factor.count_try(user.id)
        assert accepts(user, code_of(secret))
        for _ in range(4):
            two_factor.count_try(user.id)
        assert accepts(user, codes[0])
        two_factor.count_try(user.id)


def test_key_is_kept_encrypted_and_recovery_codes_as_hashes(user: User) -> None:
    secret, codes = with_app(user)
    kept = db.session.execute(text("SELECT secret FROM two_factor")).scalar_one()
    assert secret.encode() not in bytes(kept)
    hashes = set(db.session.scalars(select(RecoveryCode.code_hash)))
    assert not hashes & {code for plain in codes for code in (plain, plain.replace("-", ""))}


def test_audit_log_tells_that_it_was_switched_on_and_off_but_never_the_key(user: User) -> None:
    secret, _codes = with_app(user)
    two_factor.switch_off(user.id)
    db.session.commit()
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.table_name == "two_factor")).all()
    assert [entry.action for entry in entries][0::2] == ["create", "delete"]
    assert not [entry for entry in entries if secret in f"{entry.before}{entry.after}"]


def test_switching_on_and_off_is_told_by_mail(user: User) -> None:
    user_id = user.id
    with_app(user)
    run_outbox()
    assert "asks for a code" in said(mail("two_factor_on"))
    two_factor.switch_off(user_id, by_team=True)
    run_outbox()
    assert "somebody of our team" in said(mail("two_factor_off"))


def test_switching_off_what_is_off_tells_nobody(user: User) -> None:
    two_factor.start(user.id)
    assert not two_factor.switch_off(user.id)
    assert not two_factor.switch_off(a_user().id)


def test_operator_switches_it_off_for_the_last_owner(user: User, app: Flask) -> None:
    with_app(user)
    row = sessions.start_session(user.id, None, "tests")
    user_id, session_id = user.id, row.id
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["shop", "two-factor-off", " Asha@Example.com "])
    assert done.exit_code == 0, done.output
    assert not is_on(user_id)
    assert not is_live(session_id)
    again = app.test_cli_runner().invoke(args=["shop", "two-factor-off", "asha@example.com"])
    assert (again.exit_code, "Nobody" in again.output) == (1, True)
