"""Webhooks of providers: each event stored once, whatever it says, before anything follows from it (PAY-03)."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.events import emit
from shop.payments.events import WebhookTaken
from shop.payments.gateways.base import Notice
from shop.payments.models import Payment, WebhookEvent
from shop.payments.states import WebhookState


def take(provider: str, notice: Notice) -> bool:
    """Store an event and owe what follows, in the caller's unit; whether it is new. Two who bring it queue here."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(WebhookEvent).values(
        provider=provider,
        event_id=notice.event_id,
        kind=notice.kind,
        reference=notice.reference,
        state=WebhookState.TAKEN,
        created_at=now(),
    )
    made = db.session.scalar(fresh.on_conflict_do_nothing().returning(WebhookEvent.id))
    if made is None:
        return False
    emit(WebhookTaken(made))
    return True


def note(event: WebhookEvent, state: WebhookState, words: str, payment_id: int | None = None) -> None:
    """Write what came of an event."""
    event.state, event.note, event.payment_id, event.done_at = state, words[:200], payment_id, now()


def payment_of(event: WebhookEvent) -> Select[Payment]:
    """The payment an event is about: the one its provider knows by that reference."""
    return select(Payment).where(Payment.provider == event.provider, Payment.reference == event.reference)


def events(state: str = "", provider: str = "", reference: str = "") -> Select[WebhookEvent]:
    """Events with their payments, newest first, of a state, a provider and an intent."""
    about = joinedload(WebhookEvent.payment).joinedload(Payment.order)
    found = select(WebhookEvent).options(about).order_by(WebhookEvent.id.desc())
    wanted = {WebhookEvent.state: state, WebhookEvent.provider: provider, WebhookEvent.reference: reference}
    return found.where(*(column == value for column, value in wanted.items() if value))
