"""Twilio's Programmable Messaging: one call that hands a text message over, and what it tells of it later.

https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
https://www.twilio.com/docs/usage/security#validating-requests
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from shop.config import Config
from shop.notifications.errors import Undeliverable

SIGNATURE = "X-Twilio-Signature"
NOT_DELIVERED = frozenset({"failed", "undelivered"})
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


def send(config: Config, to: str, words: str, status_address: str) -> None:
    """Hand a text message for a phone in E.164 over; what becomes of it is told to an address of ours.

    Raises Undeliverable, NotTaken, or OSError when nobody answers.
    """
    message = _message(config, to, words) | {"StatusCallback": status_address}
    request = Request(_address(config), urlencode(message).encode())  # noqa: S310 — configured
    request.add_header("Authorization", f"Basic {_credentials(config)}")
    try:
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT) as answer:
            taken = answer.status == 201
    except HTTPError as error:
        with error:
            raise _refusal(error.code, error.read(LONGEST_ANSWER)) from error
    if not taken:
        raise NotTaken(f"Twilio answered {answer.status}")


def is_signed(config: Config, address: str, said: Mapping[str, str], signature: str) -> bool:
    """Whether Twilio says this to the address: HMAC-SHA1 of it and of every field in order, under the token."""
    if not config.twilio_auth_token:
        return False
    expected = signature_of(config.twilio_auth_token, address, said)
    return hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))


def signature_of(token: str, address: str, said: Mapping[str, str]) -> str:
    """What Twilio sends in its header, by its own rule."""
    text = address + "".join(f"{name}{said[name]}" for name in sorted(said))
    return base64.b64encode(hmac.digest(token.encode(), text.encode(errors="replace"), "sha1")).decode()


def reason_not_delivered(said: Mapping[str, str]) -> str | None:
    """Why a message that was taken did not reach the phone; None for any other news."""
    if said.get("MessageStatus") not in NOT_DELIVERED:
        return None
    return f"Twilio could not deliver it ({said.get('ErrorCode', 'no code')[:10]})"


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
