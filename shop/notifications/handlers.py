"""Tells people what happened: one doorbell for every event in the catalogue, safe to ring twice."""

from __future__ import annotations

from shop.lib.events import Event, on
from shop.lib.unit_of_work import unit_of_work
from shop.notifications import postbox, services, texts
from shop.notifications.catalogue import MAIL_OF
from shop.notifications.errors import Undeliverable
from shop.notifications.states import Channel

POST = {Channel.EMAIL: postbox.post, Channel.SMS: texts.post}


@on(*MAIL_OF, opens_own_units=True)
def send_mail(event: Event) -> None:
    """Log the message, hand it over with nothing locked, log that it left.

    A crash in between sends a second copy (a mail under the same Message-ID); the other order could lose it.
    """
    with unit_of_work():
        envelope = services.prepare(MAIL_OF[type(event)], event)
    if envelope is None:
        return
    try:
        POST[Channel(envelope.channel)](envelope)
    except Exception as error:
        with unit_of_work():
            services.note_failure(envelope.send_id, error)
            if isinstance(error, Undeliverable) and MAIL_OF[type(event)].is_last:
                services.forget_recipient(envelope.send_id)
        if isinstance(error, Undeliverable):
            return
        raise
    with unit_of_work():
        services.note_sent(envelope.send_id)
        if MAIL_OF[type(event)].is_last:
            services.forget_recipient(envelope.send_id)
