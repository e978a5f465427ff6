"""Hands text messages over: to Twilio, or to a folder and the log where there is no provider."""

from __future__ import annotations

import re
from pathlib import Path

import structlog
from flask import current_app

from shop.lib.http.answers import external_url
from shop.notifications import twilio
from shop.notifications.errors import Undeliverable, UnsafeHeader
from shop.notifications.folder import write
from shop.notifications.services import Envelope

END_OF_HEAD = "\n\n"
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
log = structlog.get_logger()


def post(envelope: Envelope) -> None:
    """Hand a text message over or raise; called with no unit open, because a provider may take its time.

    Raises Undeliverable where no later try could help.
    """
    if not E164.fullmatch(envelope.recipient):
        raise UnsafeHeader("the recipient is not one phone number")
    config = current_app.config["SHOP"]
    if config.twilio_account_sid:
        address = external_url("text_status.note", send_id=envelope.send_id)
        twilio.send(config, envelope.recipient, envelope.words.text, address)
    elif config.sends_texts:
        log.info("text_message", to=envelope.recipient, words=envelope.words.text)
        written = f"To: {envelope.recipient}{END_OF_HEAD}{envelope.words.text}"
        write(file_of(envelope.send_id, envelope.template), written.encode())
    else:
        raise Undeliverable("this shop sends no text messages: TWILIO_ACCOUNT_SID is not set")


def file_of(send_id: int, template: str) -> Path:
    """Where a text message is written in a shop without a provider."""
    return Path(current_app.config["SHOP"].instance_path) / "sms" / f"{send_id:06d}-{template}.txt"


def words_in(path: Path) -> str:
    """The words of a text message in its file, without the line that says to whom it went."""
    return path.read_text("utf-8").partition(END_OF_HEAD)[2]
