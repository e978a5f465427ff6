"""Hands mails over: to the SMTP server, or as files where there is none."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from email import charset
from email.charset import Charset
from pathlib import Path
from typing import Any

from flask import current_app
from flask_mail import Connection, Message

from shop.notifications.errors import UnsafeHeader
from shop.notifications.folder import write
from shop.notifications.services import Envelope

TIMEOUT = 20
ONE_ADDRESS = re.compile(r"[^\s,;:<>\"()\[\]@\x00-\x1f\x7f]+@[^\s,;:<>\"()\[\]@\x00-\x1f\x7f]+")
UTF8 = Charset("utf-8")
UTF8.body_encoding = charset.QP


class PatientConnection(Connection):
    """Flask-Mail's connection with a time limit, that forgives a server hanging up after it has taken the mail."""

    def configure_host(self) -> Any:
        make = smtplib.SMTP_SSL if self.mail.use_ssl else smtplib.SMTP
        host = make(self.mail.server, self.mail.port, timeout=TIMEOUT)
        if self.mail.use_tls:
            host.starttls()
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host

    def __exit__(self, *_: object) -> None:
        if self.host is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.host.quit()


def post(envelope: Envelope) -> None:
    """Hand a mail over or raise; called with no unit open, because a mail server may take its time."""
    message = _message(envelope)
    if current_app.config["SHOP"].mail_server:
        with PatientConnection(current_app.extensions["mail"]) as connection:
            connection.send(message)
    else:
        write(file_of(envelope.send_id, envelope.template), message.as_bytes())


def file_of(send_id: int, template: str) -> Path:
    """Where a mail is written in a shop without a mail server; a second delivery writes the same file."""
    return Path(current_app.config["SHOP"].instance_path) / "mail" / f"{send_id:06d}-{template}.eml"


def _message(envelope: Envelope) -> Message:
    """The mail with quoted-printable bodies: no line is longer than SMTP allows."""
    _refuse_smuggling(envelope)
    words = envelope.words
    message = Message(words.subject, [envelope.recipient], words.text, words.html)
    message.charset = UTF8  # type: ignore[assignment]  # said to be a name, handed on to email.mime, which takes both
    message.msgId = envelope.message_id
    for file in envelope.enclosures:
        message.attach(file.name, file.media_type, file.content)
    message.extra_headers = {"Auto-Submitted": "auto-generated"}
    return message


def _refuse_smuggling(envelope: Envelope) -> None:
    """Safety rule 16: one address, and no line break in anything that becomes a header."""
    if not ONE_ADDRESS.fullmatch(envelope.recipient):
        raise UnsafeHeader("the recipient is not one plain e-mail address")
    if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" for char in envelope.words.subject + envelope.message_id):
        raise UnsafeHeader("the subject holds a line break")
