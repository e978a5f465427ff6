"""A real SMTP server in the test's process, that can also be slow, refuse, or be away."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tools.processes import free_port


class MailServer:
    """Keeps what it received in `messages`; `answer` is what it says to the next mails."""

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self.answer = "250 OK"
        self.controller: Controller | None = None

    def up(self) -> None:
        """Listen, on the same port as before."""
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def down(self) -> None:
        """Refuse connections."""
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    def to(self, address: str) -> list[EmailMessage]:
        """The mails one person received, oldest first."""
        return [message for message in self.messages if address in message.get_all("X-RcptTo", [])]

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """aiosmtpd's hook for one received mail."""
        if self.answer.startswith("2"):
            message: Any = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            for recipient in envelope.rcpt_tos:
                message["X-RcptTo"] = recipient
            self.messages.append(message)
        return self.answer

    def __enter__(self) -> "MailServer":
        self.up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()
