"""Visitors of a running shop: each has a line of its own and a real session cookie, and many come at one moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from select import select
from urllib.parse import urlencode

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf

from shop.accounts.services.sessions import start_session
from shop.accounts.visits import COOKIE_KEY
from shop.extensions import db
from tests.checkout.buying import CARD_OK
from tests.factories import a_user
from tests.support.live import LiveShop

CSRF = "0" * 40
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """What a visitor was told: status, where to go next, and why not. Status 0: the line broke."""

    status: int
    location: str = ""
    refusal: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the shop did what was asked: it leads on and has nothing against it."""
        return self.status == 303 and not self.refusal

    @property
    def is_thanks(self) -> bool:
        """Whether the way leads to the thanks for an order."""
        return self.is_done and self.location.endswith("/thanks")


class Visitor:
    """A browser that keeps its line open and posts from the shop's own pages; without a session, a stranger's."""

    def __init__(self, shop: LiveShop, session_id: str = "", *, is_signed_in: bool = False) -> None:
        self.signer, self.key = _signer(shop.app), session_id[:32]
        self.headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        if session_id:
            content = {COOKIE_KEY: session_id} | ({"csrf_token": CSRF} if is_signed_in else {})
            self.headers["Cookie"] = f"shop={self.signer.dumps(content)}"
        if is_signed_in:
            self.headers["X-CSRFToken"] = _form_token(shop.app)
        self.line = HTTPConnection("127.0.0.1", shop.port, timeout=PATIENCE)
        self.line.connect()

    def place_order(self, total: int) -> Answer:
        """Press the button of the last step; each press of one visitor carries the same key."""
        return self.post("/checkout/review", key=self.key, seen_total=total)

    def pay(self, bank: str, card: str = CARD_OK) -> Answer:
        """Use a card, a good one unless told, on the bank's page."""
        return self.post(f"{bank}/card", number=card, holder="Asha Rao", expiry="12/39", cvv="123")

    def buy(self, total: int) -> Answer:
        """Place the order, pay at the bank, come back; ends at the thanks, or where the line broke."""
        answer = self.place_order(total)
        if answer.location.startswith("/bank/"):
            answer = self.pay(answer.location)
        while answer.status == 303 and not answer.is_thanks:
            answer = self.get(answer.location)
        return answer

    def post(self, path: str, **fields: object) -> Answer:
        """Send a form; a line that breaks is an answer too."""
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def leave(self) -> None:
        """Close the line."""
        self.line.close()

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        if self.line.sock and select([self.line.sock], [], [], 0)[0]:
            # The shop hangs up on a line that was idle for long; a browser then dials again.
            self.line.close()
        try:
            self.line.request(method, path, body, self.headers)
            response = self.line.getresponse()
            response.read()
        except (HTTPException, OSError):
            self.line.close()
            return Answer(0)
        return Answer(response.status, response.getheader("Location", ""), self._refusal(response))

    def _refusal(self, response: HTTPResponse) -> str:
        cookie = SimpleCookie(response.getheader("Set-Cookie", "")).get("shop")
        content: Mapping = self.signer.loads(cookie.value) if cookie and cookie.value else {}
        return " ".join(text for kind, text in content.get("_flashes", ()) if kind == "error")


def owners_session(shop: LiveShop) -> str:
    """The id of a session in which an owner is logged in, for as many browsers at the desk as there are."""
    with shop.inside():
        session_id = start_session(a_user(role="owner").id, None, "tests").id
        db.session.commit()
    return session_id


def all_leave(visitors: Iterable[Visitor]) -> None:
    """Close everybody's line."""
    for visitor in visitors:
        visitor.leave()


def _signer(app: Flask):  # type: ignore[no-untyped-def]
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    return interface.get_signing_serializer(app)


def _form_token(app: Flask) -> str:
    with app.test_request_context():
        from flask import session

        session["csrf_token"] = CSRF
        return str(generate_csrf())
