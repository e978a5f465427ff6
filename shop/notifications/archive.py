"""Reads a mail that left, as far as its words were kept."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from flask import current_app

from shop.notifications.models import Send
from shop.notifications.postbox import file_of


@dataclass(frozen=True)
class Kept:
    """The words of a mail; `from_file` when they stand in this shop's mail folder and not in the log."""

    text: str
    html: str | None
    from_file: bool = False


def kept_words(send: Send) -> Kept | None:
    """From the log, or from the folder of a shop without a mail server; None where they held a secret."""
    if send.text is not None:
        return Kept(send.text, send.html)
    path = file_of(send.id, send.template)
    if current_app.config["SHOP"].mail_server or not path.exists():
        return None
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Kept(_part(message, "plain") or "", _part(message, "html"), from_file=True)


def _part(message: EmailMessage, kind: str) -> str | None:
    body = message.get_body((kind,))
    return cast(str, body.get_content()).replace("\r\n", "\n") if body else None
