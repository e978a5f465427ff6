"""The sandbox bank's webhooks: JSON with the event's id, its kind and the intent, signed with a key of the shop."""

from __future__ import annotations

import hmac
import json

from flask import current_app

from shop.payments.gateways.base import Notice, WrongSignature

SIGNATURE = "X-Sandbox-Signature"


def written(event_id: str, kind: str, intent_id: str) -> bytes:
    """What the bank sends about an intent."""
    return json.dumps({"id": event_id, "kind": kind, "intent": intent_id}).encode()


def signature_of(body: bytes) -> str:
    """HMAC-SHA256 of a webhook under a key that is made from the shop's own secret."""
    secret = current_app.config["SHOP"].secret_key.encode()
    key = hmac.digest(secret, b"sandbox webhooks", "sha256")
    return hmac.new(key, body, "sha256").hexdigest()


def read(signature: str, body: bytes) -> Notice:
    """What a webhook says. Raises WrongSignature."""
    if not hmac.compare_digest(signature_of(body).encode(), signature.encode(errors="replace")):
        raise WrongSignature
    try:
        said = json.loads(body)
        return Notice(str(said["id"])[:120], str(said["kind"])[:80], str(said["intent"])[:80])
    except (ValueError, KeyError, TypeError) as error:
        raise WrongSignature from error
