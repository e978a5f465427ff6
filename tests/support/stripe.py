"""Stripe on this machine: localstripe as a process of its own, and the buyer who stands at its page."""

import hashlib
import hmac
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import TracebackType
from urllib.parse import urlencode

from tests.support.ground import ROOT
from tools.processes import die_with_parent, free_port

WEBHOOK_SECRET = "whsec_tests"
SETTINGS = {"stripe_secret_key": "sk_test_shop", "stripe_webhook_secret": WEBHOOK_SECRET}
CARD_OK, CARD_REFUSED, CARD_ASKS = "4242424242424242", "4000000000000002", "4000000000003220"


class LocalStripe:
    """A running localstripe."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "tests.support.stripe_server", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, preexec_fn=die_with_parent)

    @property
    def settings(self) -> dict[str, str]:
        """What a shop is told to use it."""
        return SETTINGS | {"stripe_url": self.url}

    def pay(self, session: str, number: str = CARD_OK) -> bool:
        """The buyer enters a card on Stripe's page; whether it was taken, or asks for its second step."""
        return self._post(f"/_pay/{session}", urlencode({"number": number}).encode())

    def authenticate(self, session: str, is_right: bool = True) -> bool:
        """The buyer's answer to the card's second step."""
        return self._post(f"/_authenticate/{session}", urlencode({"is_right": "yes" if is_right else "no"}).encode())

    def lie(self, session: str, about: str) -> None:
        """Tell of another amount, currency or order from now on than what was paid."""
        self._post(f"/_lie/{session}", urlencode({"about": about}).encode())

    def be_away(self, is_away: bool = True) -> None:
        """Answer nothing any more, or again."""
        self._post("/_mood", json.dumps({"is_away": is_away}).encode())

    def forget(self) -> None:
        """Be as new: shops of other tests gave their orders the same numbers."""
        self._post("/_forget", b"{}")
        self.be_away(False)

    def tell(self, address: str) -> None:
        """Send webhooks to an address from now on."""
        asked = json.dumps({"url": address, "secret": WEBHOOK_SECRET}).encode()
        self._post("/_config/webhooks/shop", asked)

    def _post(self, path: str, body: bytes) -> bool:
        kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
        request = urllib.request.Request(self.url + path, body, {"Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=10):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return False

    def __enter__(self) -> "LocalStripe":
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/nothing", timeout=5).close()
            except urllib.error.HTTPError as error:
                error.close()
                return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("localstripe does not answer")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()


def webhook(event: dict[str, object]) -> tuple[bytes, dict[str, str]]:
    """An event as Stripe sends it: the body, and the header that proves who says it."""
    body = json.dumps({"object": "event", "api_version": "2026-01-01", "created": 1, "livemode": False} | event)
    moment = int(time.time())
    signed = hmac.new(WEBHOOK_SECRET.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    return body.encode(), {"Stripe-Signature": f"t={moment},v1={signed}", "Content-Type": "application/json"}
