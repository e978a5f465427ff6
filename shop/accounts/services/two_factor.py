"""Two-factor sign-in by authenticator app (ACC-13): keys, codes that work once, recovery codes, a limit of tries.

Codes are those of RFC 6238, six digits and steps of 30 seconds; one step early or late is let pass (section 5.2).
A try is counted before it is looked at, in a unit of its own: a refusal must not undo the count.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import pyotp
from sqlalchemy import case, delete, insert, or_, update

from shop.accounts.errors import TooManyCodes, TwoFactorOn, WrongTwoFactorCode
from shop.accounts.events import TwoFactorSwitchedOff, TwoFactorSwitchedOn
from shop.accounts.models import RecoveryCode, SignInChallenge, TwoFactor, TwoFactorUse
from shop.accounts.queries.two_factor import waiting_key
from shop.accounts.services import people
from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.tokens import hash_of

STEP = 30
TRIES, PAUSE = 5, timedelta(minutes=15)
RECOVERY_CODES, GROUPS, IN_GROUP = 10, 4, 4
# Without signs that look alike: somebody types them from paper, when everything else is lost.
SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
DIGITS = re.compile(r"[0-9]{6}")


def start(user_id: int) -> None:
    """Give a person a new key that waits for its first code.

    Raises TwoFactorOn where one counts already, NotFound for somebody who was erased meanwhile.
    """
    people.hold(user_id)
    known = db.session.get(TwoFactor, user_id, with_for_update=True)
    if known is not None and known.confirmed_at:
        raise TwoFactorOn
    row = known or TwoFactor(user_id=user_id)
    row.secret, row.created_at = pyotp.random_base32(), now()
    db.session.add(row)
    if db.session.get(TwoFactorUse, user_id) is None:
        db.session.add(TwoFactorUse(user_id=user_id, tries=0, tried_at=now(), last_step=0))
    db.session.flush()


def count_try(user_id: int) -> None:
    """Take one of five tries; the sixth within a pause raises TooManyCodes. One UPDATE decides between many at once."""
    rested = TwoFactorUse.tried_at <= now() - PAUSE
    mine = update(TwoFactorUse).where(TwoFactorUse.user_id == user_id, or_(TwoFactorUse.tries < TRIES, rested))
    if not rows_changed(mine.values(tries=case((rested, 1), else_=TwoFactorUse.tries + 1), tried_at=now())):
        raise TooManyCodes


def use_code(user_id: int, typed: str) -> None:
    """Accept an authenticator's code, or a recovery code; each works once. Raises WrongTwoFactorCode."""
    code = re.sub(r"[\s-]", "", typed).lower()
    is_good = _use_step(user_id, code) if DIGITS.fullmatch(code) else _use_recovery_code(user_id, code)
    if not is_good:
        raise WrongTwoFactorCode


def confirm(user_id: int, typed: str) -> list[str]:
    """Let the waiting key count from now on, and return ten recovery codes. Raises WrongTwoFactorCode."""
    row = waiting_key(user_id)
    code = re.sub(r"\s", "", typed)
    if row is None or not DIGITS.fullmatch(code) or not _use_step(user_id, code):
        raise WrongTwoFactorCode
    row.confirmed_at = now()
    emit(TwoFactorSwitchedOn(user_id))
    return new_recovery_codes(user_id)


def new_recovery_codes(user_id: int) -> list[str]:
    """Ten new codes of 80 random bits each; the older ones stop working. They are shown once: only hashes stay."""
    codes = ["-".join(_group() for _ in range(GROUPS)) for _ in range(RECOVERY_CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    rows = [{"user_id": user_id, "code_hash": hash_of(code.replace("-", "")), "created_at": now()} for code in codes]
    db.session.execute(insert(RecoveryCode), rows)
    return codes


def switch_off(user_id: int, *, by_team: bool = False) -> bool:
    """Forget a person's key and codes, and tell them; False where there was none that counted."""
    row = db.session.get(TwoFactor, user_id, with_for_update=True)
    if row is None or row.confirmed_at is None:
        return False
    db.session.delete(row)
    for table in (RecoveryCode, SignInChallenge):
        db.session.execute(delete(table).where(table.user_id == user_id))
    emit(TwoFactorSwitchedOff(user_id, by_team))
    db.session.flush()
    return True


def forget(user_id: int) -> None:
    """Take away whatever second factor there is, also a key that waits: whoever set it up was somebody else."""
    if switch_off(user_id):
        return
    row = db.session.get(TwoFactor, user_id)
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def _use_step(user_id: int, code: str) -> bool:
    """Whether this is the code of a time step after the last one used; one UPDATE decides between two who show it."""
    row = db.session.get(TwoFactor, user_id)
    step = None if row is None else _step_of(code, row.secret)
    if step is None:
        return False
    newer = update(TwoFactorUse).where(TwoFactorUse.user_id == user_id, TwoFactorUse.last_step < step)
    return rows_changed(newer.values(last_step=step, tries=0)) == 1


def _step_of(code: str, secret: str) -> int | None:
    """The time step a code belongs to, of those that are near enough; all are compared, however early one fits."""
    here, totp = int(now().timestamp()) // STEP, pyotp.TOTP(secret)
    fitting = [step for step in (here - 1, here, here + 1) if secrets.compare_digest(totp.generate_otp(step), code)]
    return max(fitting, default=None)


def _use_recovery_code(user_id: int, code: str) -> bool:
    unused = update(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    if not rows_changed(unused.where(RecoveryCode.code_hash == hash_of(code)).values(used_at=now())):
        return False
    return rows_changed(update(TwoFactorUse).where(TwoFactorUse.user_id == user_id).values(tries=0)) == 1


def _group() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(IN_GROUP))
