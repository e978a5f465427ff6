"""Speaks with PayPal: a token that lasts for hours, requests with a key that makes asking twice harmless, refusals."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

from shop.config import Config
from shop.lib.outside import Answer, NoAnswer, post
from shop.lib.outside import ask as get
from shop.payments.errors import GatewayAway
from shop.payments.gateways.base import ProviderRefuses

A_MINUTE_EARLY = 60
BUSY = 429


class RequestRefused(ProviderRefuses):
    """PayPal does not do what it was asked; `issue` is its own word for why."""

    def __init__(self, issue: str) -> None:
        super().__init__(f"PayPal refuses: {issue}.")
        self.issue = issue


class PayPalClient:
    """One account at PayPal. Every call may raise GatewayAway or RequestRefused."""

    def __init__(self, config: Config) -> None:
        self.url = config.paypal_url
        pair = f"{config.paypal_client_id}:{config.paypal_client_secret}"
        self.credentials = base64.b64encode(pair.encode()).decode()
        self.token, self.ends_at = "", 0.0

    def get(self, path: str) -> Mapping[str, Any]:
        """An answer of PayPal's to a question."""
        try:
            return _body(get(f"{self.url}{path}", bearer=self._token()))
        except NoAnswer as error:
            raise GatewayAway("PayPal does not answer.") from error

    def post(self, path: str, content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """PayPal's answer to a request, which it carries out once for each key."""
        wants = {"PayPal-Request-Id": key, "Prefer": "return=representation"}
        return self._post(path, json.dumps(content).encode(), wants)

    def is_signed(self, said: Mapping[str, str], event: bytes) -> bool:
        """Whether PayPal signed an event. The event is put in as it came: written anew it would be another text."""
        asked = json.dumps(said).encode()[:-1] + b', "webhook_event": ' + event + b"}"
        answer = self._post("/v1/notifications/verify-webhook-signature", asked, {})
        return answer.get("verification_status") == "SUCCESS"

    def _post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
        ours = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token()}"}
        return self._send(path, body, ours | dict(headers))

    def _token(self) -> str:
        """The access token, a new one shortly before the old one ends."""
        if time.monotonic() >= self.ends_at:
            headers = {"Authorization": f"Basic {self.credentials}",
                       "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
            said = self._send("/v1/oauth2/token", b"grant_type=client_credentials", headers)
            self.token = str(said["access_token"])
            self.ends_at = time.monotonic() + float(said["expires_in"]) - A_MINUTE_EARLY
        return self.token

    def _send(self, path: str, body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            return _body(post(f"{self.url}{path}", body, headers))
        except NoAnswer as error:
            raise GatewayAway("PayPal does not answer.") from error


def _body(answer: Answer) -> Mapping[str, Any]:
    """What a good answer says. A wrong key is like nobody there: the operator mends it, and it is asked again."""
    if answer.is_good:
        return answer.body
    if answer.status >= 500 or answer.status in {401, 403, 409, BUSY}:
        raise GatewayAway(f"PayPal answered {answer.status}.")
    details = answer.body.get("details") or [{}]
    raise RequestRefused(str(details[0].get("issue") or answer.body.get("name") or answer.status)[:60])
