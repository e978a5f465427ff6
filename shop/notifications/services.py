"""Keeps the log of sends: opens one, notes that it left or why it did not."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import delete

from shop.accounts.masking import masked
from shop.accounts.models import Farewell
from shop.extensions import db
from shop.lib import outbox, wake
from shop.lib.clock import now
from shop.lib.events import Event
from shop.lib.queries import one_or_404
from shop.lib.unit_of_work import after_commit
from shop.notifications import queries
from shop.notifications.catalogue import Mail
from shop.notifications.letters.letter import Enclosure, Letter
from shop.notifications.models import Send
from shop.notifications.states import Channel, SendState
from shop.notifications.wording import Words, channel_of, word


@dataclass(frozen=True)
class Envelope:
    """A message ready to be handed over, with nothing left to read from the database."""

    send_id: int
    template: str
    message_id: str
    recipient: str
    words: Words
    channel: str = Channel.EMAIL
    enclosures: tuple[Enclosure, ...] = ()


def prepare(mail: Mail, event: Event) -> Envelope | None:
    """Word the mail an event causes and log it as pending; None when it has left already or there is nothing to say.

    An attempt after a failure keeps row and Message-ID, so a reader's program can tell a second copy from a new mail.
    """
    about = mail.about(event)
    send = queries.send_about(mail.template, about)
    if send is not None and send.state == SendState.SENT:
        return None
    letter = mail.write(event)
    if letter is None:
        return None
    words = word(mail, letter)
    send = _again(send) if send else _open(mail, about, letter)
    _note_words(send, mail, words)
    db.session.flush()
    return Envelope(send.id, send.template, send.message_id, send.recipient, words, send.channel, letter.enclosures)


def note_sent(send_id: int) -> None:
    """The mail was taken over by the mail server, or written to the folder."""
    send = db.session.get_one(Send, send_id)
    send.state, send.error, send.sent_at = SendState.SENT, None, now()


def forget_recipient(send_id: int) -> None:
    """Nothing says any more whom a last mail went to, but that it left."""
    send = db.session.get_one(Send, send_id)
    send.recipient, send.text, send.html = masked(send.recipient), None, None
    db.session.execute(delete(Farewell).where(Farewell.user_id == send.user_id))


def note_failure(send_id: int, error: Exception) -> None:
    """The mail did not leave; the outbox tries again."""
    send = db.session.get_one(Send, send_id, with_for_update=True)
    if send.state != SendState.SENT:
        send.state, send.error = SendState.FAILED, f"{type(error).__name__}: {error}"[:500]


def note_undelivered(send_id: int, reason: str) -> None:
    """The provider took a text message and could not deliver it. Raises NotFound."""
    send = one_or_404(queries.send(send_id).where(Send.channel == Channel.SMS))
    send.state, send.error = SendState.FAILED, reason


def _open(mail: Mail, about: str, letter: Letter) -> Send:
    send = Send(
        channel=channel_of(mail, letter),
        template=mail.template,
        about=about,
        recipient=letter.recipient,
        message_id=_message_id(mail.template, about),
        order_id=letter.order_id,
        user_id=letter.user_id,
        retries=0,
        state=SendState.PENDING,
    )
    db.session.add(send)
    return send


def _again(send: Send) -> Send:
    send.state = SendState.PENDING
    send.retries += 1
    return send


def _note_words(send: Send, mail: Mail, words: Words) -> None:
    """A mail that carries a code or a key is logged without its words."""
    send.subject = words.subject[:200]
    send.text = None if mail.holds_secret else words.text
    send.html = None if mail.holds_secret else words.html


def _message_id(template: str, about: str) -> str:
    host = urlsplit(current_app.config["SHOP"].base_url).hostname or "localhost"
    return f"<{template.replace('_', '-')}.{about}@{host}>"


def send_again(outbox_id: int) -> None:
    """Owe a failed event again, from now. Raises NotFound for one that never failed or is done."""
    one_or_404(queries.failed_letter(outbox_id))
    outbox.retry(outbox_id)
    after_commit(wake.ring)
