"""A double of PayPal's Orders API on this machine: tokens, keys, agreeing, taking, giving back, signed webhooks."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from typing import Any

CLIENT, SECRET, WEBHOOK_ID = "paypal-client", "paypal-secret", "WH-1"
Answer = tuple[int, dict[str, Any]]


class PayPalDouble:
    """Keeps orders and refunds by their ids; `is_away` lets it answer nothing but 503, `declines` refuse to take."""

    def __init__(self) -> None:
        self.orders: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, Answer] = {}
        self.numbers: Iterator[int] = count(1)
        self.is_away = self.declines = False
        self.tokens = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def settings(self) -> dict[str, str]:
        """What a shop is told to use it."""
        return {"paypal_client_id": CLIENT, "paypal_client_secret": SECRET, "paypal_webhook_id": WEBHOOK_ID,
                "paypal_url": self.url}  # fmt: skip

    def agree(self, order_id: str) -> None:
        """The buyer agrees on PayPal's page."""
        self.orders[order_id]["status"] = "APPROVED"

    def given_back(self, order_id: str) -> list[dict[str, Any]]:
        """The refunds of an order."""
        return list(self.orders[order_id]["purchase_units"][0]["payments"]["refunds"])

    def judge(self, method: str, path: str, headers: Any, body: bytes) -> Answer:
        """PayPal's own order: is it there, who asks, was it asked before, then the thing itself."""
        if self.is_away:
            return 503, {"name": "SERVICE_UNAVAILABLE"}
        if path == "/v1/oauth2/token":
            return self._token(headers["Authorization"], body)
        if headers["Authorization"] != "Bearer token":
            return 401, {"name": "AUTHENTICATION_FAILURE"}
        if path == "/v1/notifications/verify-webhook-signature":
            return self._verify(body)
        key = headers.get("PayPal-Request-Id")
        if key not in self.keys:
            answer = self._answer(method, path, json.loads(body or b"{}"))
            if key is None or answer[0] >= 400:
                return answer
            self.keys[key] = answer
        return self.keys[key]

    def webhook(self, event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        """An event as PayPal sends it: the body, and the headers that prove who says it."""
        body = json.dumps(event, indent=1).encode()
        said = {"auth-algo": "SHA256withRSA", "cert-url": "https://api.paypal.com/cert", "transmission-id": "t-1",
                "transmission-time": "2026-11-24T10:00:00Z", "transmission-sig": _signature(body)}  # fmt: skip
        return body, {f"Paypal-{name.title()}": value for name, value in said.items()}

    def _token(self, authorization: str, body: bytes) -> Answer:
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {expected}" or body != b"grant_type=client_credentials":
            return 401, {"error": "invalid_client"}
        self.tokens += 1
        return 200, {"access_token": "token", "expires_in": 32400}

    def _verify(self, body: bytes) -> Answer:
        said = json.loads(body)
        event = body.partition(b'"webhook_event": ')[2][:-1]
        is_ours = said["webhook_id"] == WEBHOOK_ID and said["transmission_sig"] == _signature(event)
        return 200, {"verification_status": "SUCCESS" if is_ours else "FAILURE"}

    def _answer(self, method: str, path: str, asked: dict[str, Any]) -> Answer:
        parts = path.strip("/").split("/")
        if path == "/v2/checkout/orders":
            return self._create(asked)
        if parts[:2] == ["v2", "payments"]:
            return self._refund(parts[3], asked)
        if parts[3] not in self.orders:
            return 404, {"name": "RESOURCE_NOT_FOUND", "details": [{"issue": "INVALID_RESOURCE_ID"}]}
        return self._capture(parts[3]) if method == "POST" else (200, self.orders[parts[3]])

    def _create(self, asked: dict[str, Any]) -> Answer:
        amount = asked["purchase_units"][0]["amount"]
        if asked["intent"] != "CAPTURE" or amount["currency_code"] == "BDT":
            return 422, {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": "CURRENCY_NOT_SUPPORTED"}]}
        order_id = f"ORDER{next(self.numbers)}"
        link = {"rel": "payer-action", "href": f"https://www.paypal.com/checkoutnow?token={order_id}"}
        order = {"id": order_id, "status": "PAYER_ACTION_REQUIRED", "purchase_units": asked["purchase_units"]}
        self.orders[order_id] = order
        return 201, order | {"links": [link]}

    def _capture(self, order_id: str) -> Answer:
        order = self.orders[order_id]
        if order["status"] != "APPROVED" or self.declines:
            issue = "INSTRUMENT_DECLINED" if self.declines else f"ORDER_IS_{order['status']}"
            return 422, {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": issue}]}
        unit = order["purchase_units"][0]
        taken = {"id": f"CAPTURE{next(self.numbers)}", "status": "COMPLETED", "amount": unit["amount"]}
        unit["payments"] = {"captures": [taken], "refunds": []}
        order["status"] = "COMPLETED"
        return 201, order

    def _refund(self, capture_id: str, asked: dict[str, Any]) -> Answer:
        payments = next(
            unit["payments"] for order in self.orders.values() for unit in order["purchase_units"]
            if any(one["id"] == capture_id for one in unit.get("payments", {}).get("captures", ()))
        )  # fmt: skip
        before = sum(float(one["amount"]["value"]) for one in payments["refunds"])
        if before + float(asked["amount"]["value"]) > float(payments["captures"][0]["amount"]["value"]):
            return 422, {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": "REFUND_AMOUNT_EXCEEDED"}]}
        made = {"id": f"REFUND{next(self.numbers)}", "status": "COMPLETED"} | asked
        payments["refunds"].append(made)
        return 201, made

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, answer = double.judge(self.command, self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def __enter__(self) -> "PayPalDouble":
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()


def _signature(body: bytes) -> str:
    return hmac.new(b"paypal's own key", body, hashlib.sha256).hexdigest()
