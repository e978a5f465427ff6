"""The outbox as a test's shop works it off: without Redis, here and now."""

from sqlalchemy import select

from shop.extensions import db
from shop.lib import outbox
from shop.lib.events import Event, emit
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work


def run_outbox() -> None:
    """Commit what the test wrote, then run all that is due until nothing is."""
    db.session.commit()
    while outbox.relay_once():
        pass


def happen(event: Event) -> None:
    """Let something happen and run what follows."""
    with unit_of_work():
        emit(event)
    run_outbox()


def owed() -> list[OutboxEvent]:
    """What is not done yet, given up or not."""
    return list(db.session.scalars(select(OutboxEvent).where(OutboxEvent.done_at.is_(None)).order_by(OutboxEvent.id)))
