"""Twilio's Programmable Messaging: one call that hands a text message over.

https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
"""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from shop.config import Config
from shop.notifications.errors import Undeliverable

TIMEOUT = 10
LONGEST_ANSWER = 65536
# Twilio's codes for a number that no later try reaches: no number, not reachable, not allowed there, unsubscribed,
# cannot receive, no mobile. https://www.twilio.com/docs/api/errors
NEVER = frozenset({21211, 21214, 21408, 21610, 21612, 21614})


class NotTaken(Exception):
    """Twilio did not take the message; the text says why."""


class _NoRedirects(HTTPRedirectHandler):
    """The account's token goes to the configured address and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def send(config: Config, to: str, words: str) -> None:
    """Hand a text message for a phone in E.164 over. Raises Undeliverable, NotTaken, or OSError when nobody answers."""
    request = Request(_address(config), urlencode(_message(config, to, words)).encode())  # noqa: S310 — configured
    request.add_header("Authorization", f"Basic {_credentials(config)}")
    try:
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT) as answer:
            taken = answer.status == 201
    except HTTPError as error:
        with error:
            raise _refusal(error.code, error.read(LONGEST_ANSWER)) from error
    if not taken:
        raise NotTaken(f"Twilio answered {answer.status}")


def _address(config: Config) -> str:
    return f"{config.twilio_url}/2010-04-01/Accounts/{config.twilio_account_sid}/Messages.json"


def _message(config: Config, to: str, words: str) -> dict[str, str]:
    sender = config.twilio_sender or ""
    return {"To": to, "MessagingServiceSid" if sender.startswith("MG") else "From": sender, "Body": words}


def _credentials(config: Config) -> str:
    return base64.b64encode(f"{config.twilio_account_sid}:{config.twilio_auth_token}".encode()).decode()


def _refusal(status: int, body: bytes) -> Exception:
    """What an error answer says: its code and sentence, where it is Twilio's JSON."""
    try:
        said = json.loads(body)
        code, sentence = int(said["code"]), str(said["message"])[:300]
    except (ValueError, KeyError, TypeError):
        return NotTaken(f"Twilio answered {status}")
    kind = Undeliverable if status == 400 and code in NEVER else NotTaken
    return kind(f"Twilio answered {status}: {sentence} ({code})")
