"""A double of Twilio's message resource on this machine: checks who asks as Twilio does, and can be slow or refuse."""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs

from tools.processes import free_port

SID, TOKEN, SENDER = "AC" + "0" * 32, "the-account's-token", "+15005550006"


class TwilioDouble:
    """Keeps the messages it took; `answer` is what it says to the next ones, as status, code and sentence."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.messages: list[dict[str, str]] = []
        self.answer: tuple[int, int, str] | None = None
        self.raw: bytes | None = None
        self.seconds = 0.0
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())

    @property
    def settings(self) -> dict[str, str]:
        """What a shop is told to use it."""
        return {"twilio_account_sid": SID, "twilio_auth_token": TOKEN, "twilio_sender": SENDER, "twilio_url": self.url}

    def news(self, status: str, code: str | None = None) -> tuple[str, dict[str, str], dict[str, str]]:
        """What it tells of the newest message: the address, the fields, and the header that proves who says it."""
        message = self.messages[-1]
        said = {"AccountSid": SID, "MessageSid": "SM1", "To": message["To"], "MessageStatus": status}
        said |= {"ErrorCode": code} if code else {}
        address = message["StatusCallback"]
        signed = address + "".join(name + said[name] for name in sorted(said))
        signature = base64.b64encode(hmac.new(TOKEN.encode(), signed.encode(), hashlib.sha1).digest()).decode()
        return address, said, {"X-Twilio-Signature": signature}

    def judge(self, path: str, authorization: str, message: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Twilio's own order: the account first, then the message."""
        expected = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
        if authorization != f"Basic {expected}":
            return 401, _problem(20003, "Authenticate", 401)
        if path != f"/2010-04-01/Accounts/{SID}/Messages.json":
            return 404, _problem(20404, "The requested resource was not found", 404)
        if self.answer:
            status, code, sentence = self.answer
            return status, _problem(code, sentence, status)
        if not message.get("To", "").startswith("+91"):
            return 400, _problem(21211, f"The 'To' number {message.get('To')} is not a valid phone number.", 400)
        if message.get("From") != SENDER:
            return 400, _problem(21606, "The 'From' phone number is not valid for this account", 400)
        self.messages.append(message)
        return 201, {"sid": f"SM{len(self.messages):032d}", "status": "queued", "error_code": None}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                sent = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
                time.sleep(double.seconds)
                status, body = double.judge(self.path, self.headers.get("Authorization", ""), sent)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()
                self.wfile.write(json.dumps(body).encode() if double.raw is None else double.raw)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def __enter__(self) -> "TwilioDouble":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()


def _problem(code: int, sentence: str, status: int) -> dict[str, object]:
    return {
        "code": code,
        "message": sentence,
        "status": status,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
    }
