"""Reads a message that left, as far as its words were kept."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from flask import current_app

from shop.notifications import texts
from shop.notifications.models import Send
from shop.notifications.postbox import file_of
from shop.notifications.states import Channel


@dataclass(frozen=True)
class Kept:
    """The words of a message; `from_file` when they stand in a folder of this shop and not in the log."""

    text: str
    html: str | None
    from_file: bool = False


def kept_words(send: Send) -> Kept | None:
    """From the log, or from the folder of a shop without a mail server or provider; None where they held a secret."""
    if send.text is not None:
        return Kept(send.text, send.html)
    return _texted(send) if send.channel == Channel.SMS else _mailed(send)


def _texted(send: Send) -> Kept | None:
    path = texts.file_of(send.id, send.template)
    if current_app.config["SHOP"].twilio_account_sid or not path.exists():
        return None
    return Kept(texts.words_in(path), None, from_file=True)


def _mailed(send: Send) -> Kept | None:
    path = file_of(send.id, send.template)
    if current_app.config["SHOP"].mail_server or not path.exists():
        return None
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Kept(_part(message, "plain") or "", _part(message, "html"), from_file=True)


def _part(message: EmailMessage, kind: str) -> str | None:
    body = message.get_body((kind,))
    return cast(str, body.get_content()).replace("\r\n", "\n") if body else None
