"""Mail servers that pull the plug, and a worker that is wrong on purpose."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.mail import MailServer


class PlugPuller(MailServer):
    """Ends the worker as a power cut would, while it hands over its n-th mail, before or after the mail was taken."""

    def __init__(self, at: int, *, is_taken: bool) -> None:
        super().__init__()
        self.at, self.is_taken = at, is_taken
        self.seen = 0
        self.pull: Callable[[], None] = lambda: None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.seen += 1
        if self.seen != self.at:
            return await super().handle_DATA(server, session, envelope)
        if self.is_taken:
            await super().handle_DATA(server, session, envelope)
        self.pull()
        return "451 the power is gone"


def kill_with_children(pid: int) -> None:
    """Kill a process and the children it forked; RQ's job process would otherwise live on and finish."""
    family = [pid, *children_of(pid)]
    for member in family:
        os.kill(member, signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def main() -> None:
    """A worker that marks a row done before its handler has run: the control, which loses mail."""
    import worker
    from shop.lib import outbox
    from shop.lib.unit_of_work import unit_of_work

    handle = outbox._handle

    def settle_first(handler: object, payload: object, outbox_id: int, claim: int) -> None:
        with unit_of_work():
            outbox._settle(outbox_id, claim)
        handle(handler, payload, outbox_id, claim)  # type: ignore[arg-type]

    outbox._handle = settle_first  # type: ignore[assignment]
    worker.main(sys.argv[1:])


if __name__ == "__main__":
    main()
