"""The sandbox bank's own doings: it opens intents, takes test cards, UPI ids and wallets, and gives money back.

Card 4242 4242 4242 4242 succeeds, 4000 0000 0000 0002 is declined, 4000 0000 0000 3220 asks for a code,
4000 0000 0000 0341 never answers. UPI: success@sandbox, fail@sandbox, code@sandbox, silent@sandbox. A wallet asks
01712345678 for a code, declines 01700000002 and never answers 01700000341. The code is 123456.
"""

from __future__ import annotations

import secrets

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.money import ZERO, Money
from shop.lib.queries import one_or_none
from shop.payments.events import SandboxSettled
from shop.payments.gateways.base import IntentRequest, ProviderRefuses
from shop.payments.gateways.sandbox import queries
from shop.payments.models import SandboxIntent, SandboxRefund
from shop.payments.ways import WALLETS, WAYS

CODE = "123456"
OTHER_WAY = "This payment was opened for another way to pay. Go back to the shop and choose again."
CARDS = {
    "4242424242424242": "succeeded",
    "4000000000000002": "failed",
    "4000000000003220": "needs_code",
    "4000000000000341": "silent",
}
UPI_IDS = {
    "success@sandbox": "succeeded",
    "fail@sandbox": "failed",
    "code@sandbox": "needs_code",
    "silent@sandbox": "silent",
}
SETTLED = frozenset({"succeeded", "failed"})
WALLET_NUMBERS = {"01712345678": "needs_code", "01700000002": "failed", "01700000341": "silent"}


class BankRefuses(ProviderRefuses):
    """The sandbox bank cannot take what was entered; nothing was paid."""


def open_intent(request: IntentRequest) -> str:
    """Open an intent once for each idempotency key, also for two who ask at the same moment; returns its id."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(SandboxIntent).values(
        id=f"sbx_{secrets.token_urlsafe(18)}",
        idempotency_key=request.idempotency_key,
        amount=request.amount,
        currency=request.currency,
        method=request.method,
        description=request.description,
        return_url=request.return_path,
        state="open",
        upi_id=request.upi_id,
        refunded=ZERO,
        created_at=now(),
    )
    db.session.execute(fresh.on_conflict_do_nothing(index_elements=["idempotency_key"]))
    mine = select(SandboxIntent.id).where(SandboxIntent.idempotency_key == request.idempotency_key)
    return db.session.scalars(mine).one()


def pay_card(intent_id: str, number: str, holder: str | None = None, expires: str | None = None) -> str:
    """Take a test card and return the intent's new state; of the number only the last four digits are kept.

    `expires` is MM/YYYY. As other providers do, the bank has a name of its own for the card: the token.
    """
    digits = "".join(char for char in number if not char.isspace() and char != "-")
    if digits not in CARDS:
        raise BankRefuses("This bank only knows its test cards. Use one of the numbers listed below.", field="number")
    kept = {"holder": holder, "expires": expires, "token": f"sbt_{secrets.token_urlsafe(12)}"}
    return _answer(intent_id, "card", CARDS[digits], brand="Test card", last_four=digits[-4:], **kept)


def pay_upi(intent_id: str, upi_id: str) -> str:
    """Take a test UPI id and return the intent's new state."""
    known = upi_id.strip().lower()
    if known not in UPI_IDS:
        raise BankRefuses("This bank only knows its test UPI ids. Use one of those listed below.", field="upi_id")
    return _answer(intent_id, "upi", UPI_IDS[known], upi_id=known)


def pay_wallet(intent_id: str, number: str) -> str:
    """Take a test number of the wallet the payment was opened for; the money moves when its code is entered."""
    digits = "".join(char for char in number if not char.isspace() and char != "-")
    if digits not in WALLET_NUMBERS:
        raise BankRefuses("Only test numbers have a wallet here. Use one of those listed below.", field="number")
    method = queries.intent(intent_id).method
    if method not in WALLETS:
        raise BankRefuses(OTHER_WAY)
    return _answer(intent_id, method, WALLET_NUMBERS[digits], brand=WAYS[method].name, last_four=digits[-4:])


def enter_code(intent_id: str, code: str) -> str:
    """Finish a payment that waits for a code."""
    if code.strip() != CODE:
        raise BankRefuses("That code is not right. The test code is 123456.", field="code")
    return _told(intent_id, _move(intent_id, ("needs_code",), {"state": "succeeded"}))


def decline(intent_id: str) -> str:
    """The buyer turned back at the bank."""
    return _told(intent_id, close(intent_id))


def close(intent_id: str) -> str:
    """The shop wants the money no more; it is told nothing that it has not asked for itself."""
    return _move(intent_id, ("open", "needs_code", "silent"), {"state": "failed"})


def settle_silent(intent_id: str) -> str:
    """Let a bank that never answered have taken the money after all, and tell nobody: only asking finds it."""
    return _move(intent_id, ("silent",), {"state": "succeeded"})


def give_back(intent_id: str, amount: Money, idempotency_key: str) -> str:
    """Refund once for each idempotency key, never more than was taken."""
    known = one_or_none(select(SandboxRefund).where(SandboxRefund.idempotency_key == idempotency_key))
    if known:
        return known.id
    left = update(SandboxIntent).where(
        SandboxIntent.id == intent_id,
        SandboxIntent.state == "succeeded",
        SandboxIntent.refunded + amount <= SandboxIntent.amount,
    )
    if rows_changed(left.values(refunded=SandboxIntent.refunded + amount)) != 1:
        raise BankRefuses("The bank has not taken that much.")
    refund = SandboxRefund(
        id=f"sbr_{secrets.token_urlsafe(12)}", intent_id=intent_id, idempotency_key=idempotency_key, amount=amount
    )
    db.session.add(refund)
    return refund.id


def _answer(intent_id: str, method: str, state: str, **details: str | None) -> str:
    if queries.intent(intent_id).method != method:
        raise BankRefuses(OTHER_WAY)
    return _told(intent_id, _move(intent_id, ("open", "silent"), {"state": state, **details}))


def _told(intent_id: str, state: str) -> str:
    """The state, of which the bank tells the shop once there is nothing more to wait for."""
    if state in SETTLED:
        emit(SandboxSettled(intent_id, state))
    return state


def _move(intent_id: str, from_states: tuple[str, ...], values: dict[str, str | None]) -> str:
    mine = update(SandboxIntent).where(SandboxIntent.id == intent_id, SandboxIntent.state.in_(from_states))
    db.session.execute(mine.values(**values))
    intent = queries.intent(intent_id)
    db.session.refresh(intent)
    return intent.state
