"""One-time codes: six digits that prove somebody reads a mailbox or holds a phone (ACC-05, ACC-07).

Whoever holds a code is a person, by their id, or a guest, by their session's, and has one open code for each purpose. A
new one replaces it, but what was tried and sent stays counted until the right code was used or COUNTED_FOR is over, so
asking again gives nobody more guesses.
"""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import Select, select, update

from shop.accounts.errors import WrongCode
from shop.accounts.events import NobodyAsked
from shop.accounts.models import OneTimeCode, Session, User
from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.events import emit, occasion
from shop.lib.queries import one_or_none
from shop.lib.unit_of_work import unit_of_work
from shop.store.settings import CODE_MINUTES, CODE_TRIES, value_of

CODE = re.compile(r"[0-9]{6}")
COUNTED_FOR = timedelta(hours=1)
MOST_SENT = 5
Holder = int | str


class Purpose(StrEnum):
    """What a code is for; it opens nothing else."""

    RESET = "reset_password"
    PHONE = "verify_phone"
    CASH = "pay_courier"


def make_code(holder: Holder, purpose: Purpose, address: str) -> str | None:
    """A new code to send to an address (e-mail or phone), and to no other.

    None where nothing is to be sent: the tries are used up, too many codes were made, or a delivery that failed comes
    round again after its code would have expired.
    """
    row = _locked(holder, purpose)
    if not _may_send(row):
        return None
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_hash = _hash(holder, purpose, address, code)
    row.expires_at = now() + timedelta(minutes=value_of(CODE_MINUTES))
    db.session.flush()
    return code


def check_code(holder: Holder, purpose: Purpose, address: str, code: object) -> str:
    """The hash of the open code, for `use_code`, where the typed one fits. Opens a unit of its own; raises WrongCode.

    The try is counted before it is compared, so no refusal undoes the count. Where there is nothing to count, as for
    an unknown person (0), as much is written elsewhere, so that time tells nothing.
    """
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise WrongCode
    with unit_of_work():
        kept = take_try(holder, purpose)
        if kept is None:
            emit(NobodyAsked(0), at_once=False)
    if not hmac.compare_digest(_hash(holder, purpose, address, code), kept or "") or kept is None:
        raise WrongCode
    return kept


def take_try(holder: Holder, purpose: Purpose) -> str | None:
    """Count one try; the hash to compare with, or None where no code is open or every try was taken."""
    open_one = update(OneTimeCode).where(_is(holder, purpose), OneTimeCode.used_at.is_(None))
    open_one = open_one.where(OneTimeCode.expires_at > now(), OneTimeCode.tries < value_of(CODE_TRIES))
    return db.session.scalar(open_one.values(tries=OneTimeCode.tries + 1).returning(OneTimeCode.code_hash))


def use_code(holder: Holder, purpose: Purpose, code_hash: str) -> None:
    """Use a checked code up; the row count decides between two. Raises WrongCode for one that was replaced or used."""
    same = update(OneTimeCode).where(_is(holder, purpose), OneTimeCode.code_hash == code_hash)
    same = same.where(OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now())
    if rows_changed(same.values(used_at=now())) != 1:
        raise WrongCode


def end_codes_of(user_id: int) -> None:
    """Kill the open codes of a person; what was tried stays counted."""
    open_ones = update(OneTimeCode).where(OneTimeCode.user_id == user_id, OneTimeCode.expires_at > now())
    db.session.execute(open_ones.values(expires_at=now()))


def _locked(holder: Holder, purpose: Purpose) -> OneTimeCode:
    """The holder's row for a purpose, with counts of its own time; made under the holder's lock where it is missing."""
    _lock(holder)
    row = one_or_none(_row(holder, purpose))
    if row is None:
        row = OneTimeCode(purpose=purpose, code_hash="", tries=0, sends=0, expires_at=now())
        row.user_id, row.session_id = (holder, None) if isinstance(holder, int) else (None, holder)
        row.began_at = now()
        db.session.add(row)
    return row


def _lock(holder: Holder) -> None:
    person = select(User.id).where(User.id == holder)
    guest = select(Session.id).where(Session.id == holder)
    db.session.execute((person if isinstance(holder, int) else guest).with_for_update())


def _may_send(row: OneTimeCode) -> bool:
    """Count one more code, unless it is the same request that comes round again."""
    if occasion() is not None and row.occasion == occasion():
        return row.used_at is None and row.expires_at > now()
    if row.used_at or row.began_at < now() - COUNTED_FOR:
        row.tries, row.sends, row.began_at, row.used_at = 0, 0, now(), None
    if row.sends >= MOST_SENT or row.tries >= value_of(CODE_TRIES):
        return False
    row.sends += 1
    row.occasion = occasion()
    return True


def _row(holder: Holder, purpose: Purpose) -> Select[OneTimeCode]:
    return select(OneTimeCode).where(_is(holder, purpose)).execution_options(populate_existing=True)


def _is(holder: Holder, purpose: Purpose) -> Any:
    held_by = OneTimeCode.user_id if isinstance(holder, int) else OneTimeCode.session_id
    return (held_by == holder) & (OneTimeCode.purpose == purpose)


def _hash(holder: Holder, purpose: Purpose, address: str, code: str) -> str:
    """Keyed, because six digits are guessed from a plain hash at once; a code for another address never fits."""
    said = f"one-time code:{holder}:{purpose}:{address}:{code}"
    return hmac.digest(current_app.config["SHOP"].secret_key.encode(), said.encode(errors="replace"), "sha256").hex()
