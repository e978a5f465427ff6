"""The mails a shop without a mail server wrote, and its log of sends."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from flask import current_app
from sqlalchemy import select

from shop.extensions import db
from shop.notifications.models import Send


def mails(template: str = "*") -> list[EmailMessage]:
    """The mails written so far, oldest first."""
    folder = Path(current_app.config["SHOP"].instance_path) / "mail"
    files = sorted(folder.glob(f"*-{template}.eml"))
    return [cast(EmailMessage, message_from_bytes(file.read_bytes(), policy=policy.default)) for file in files]


def mail(template: str) -> EmailMessage:
    """The one mail of this kind."""
    (found,) = mails(template)
    return found


def text(message: EmailMessage) -> str:
    return part(message, "plain")


def html(message: EmailMessage) -> str:
    return part(message, "html")


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return cast(str, body.get_content())


def sends() -> list[Send]:
    """The log of sends, oldest first."""
    return list(db.session.scalars(select(Send).order_by(Send.id)))
