"""What mails know of people: everything the shop wrote to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from shop.accounts import events
from shop.accounts.models import User
from shop.extensions import db
from shop.lib.events import Event
from shop.lib.models import OutboxEvent
from shop.lib.personal import Because, Holding, some_of
from shop.lib.queries import rows
from shop.lib.unit_of_work import after_commit
from shop.notifications import postbox, texts
from shop.notifications.models import Send
from shop.notifications.states import Channel
from shop.orders.models import Order


def _mails(user_id: int) -> list[dict[str, Any]]:
    found = rows(select(Send).where(_to(user_id)).order_by(Send.id))
    return [some_of(send, "channel", "template", "recipient", "subject", "text", "created_at", "sent_at")
            for send in found]  # fmt: skip


def _forget_mails(user_id: int) -> None:
    """Rows, the files of a shop that sends nothing, what is owed, and what a mail server said of the address."""
    for send in rows(select(Send).where(_to(user_id))):
        file_of = texts.file_of if send.channel == Channel.SMS else postbox.file_of
        path = file_of(send.id, send.template)
        after_commit(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]
        db.session.delete(send)
    owed = delete(OutboxEvent).where(OutboxEvent.event.in_(_about_people()), OutboxEvent.subject_id == user_id)
    db.session.execute(owed.execution_options(synchronize_session=False))
    for name in _names(user_id):
        told = update(OutboxEvent).where(OutboxEvent.last_error.contains(name, autoescape=True))
        db.session.execute(told.values(last_error="Erased").execution_options(synchronize_session=False))
    db.session.flush()


def _to(user_id: int) -> ColumnElement[bool]:
    """What went to the account, about its orders, or to an address that is proven to be the person's.

    What went to any other is not theirs: somebody may have opened an account with the address of a guest.
    """
    user = db.session.get_one(User, user_id)
    reached = ((user.email, user.email_verified_at), (user.phone, user.phone_verified_at))
    proven = [name for name, proven_at in reached if name and proven_at]
    orders = select(Order.id).where(Order.user_id == user_id)
    return or_(Send.user_id == user_id, Send.order_id.in_(orders), Send.recipient.in_(proven))


def _names(user_id: int) -> list[str]:
    """How the person is reached."""
    user = db.session.get_one(User, user_id)
    return [name for name in (user.email, user.phone) if name]


def _about_people() -> list[str]:
    """The events whose subject is an account; some carry an address."""
    known = (event for event in vars(events).values() if isinstance(event, type) and issubclass(event, Event))
    return [event.__name__ for event in known if "user_id" in event.__dataclass_fields__]


HOLDINGS = (
    Holding((Send.__tablename__,), "mails.json", _mails, _forget_mails),
    Holding((OutboxEvent.__tablename__,), "", Because("Tells what is to be done, by number."),
            Because("What is owed to a person goes with their mails.")),
)  # fmt: skip
