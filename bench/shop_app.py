"""The shop for gunicorn, with what only the bench needs, switched on by the environment.

BENCH_COUNT=1 counts the statements of each request; the answer's header X-Statements says how many. One at a time only.
BENCH_RENEW=1 gives every request a stamp of its own, so that nothing kept by the catalogue's stamp is found again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from shop.extensions import db
from wsgi import app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

stamps = app.extensions["whole_pages"].stamps
read_stamp = stamps.read


class Counting:
    """Wraps the whole application, so that what surrounds a view is counted as well."""

    def __init__(self, wsgi: WSGIApplication) -> None:
        self.wsgi = wsgi
        self.statements = 0

    def note(self, *_statement: Any) -> None:
        """One more."""
        self.statements += 1

    def read_stamp(self) -> Any:
        """The stamp's own connection passes no hook of SQLAlchemy."""
        self.note()
        return read_stamp()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request and say what it asked the database."""
        self.statements = 0

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("X-Statements", str(self.statements))], *rest)

        return self.wsgi(environ, start)


if os.environ.get("BENCH_COUNT"):
    counting = Counting(app.wsgi_app)
    app.wsgi_app = counting  # type: ignore[method-assign]
    stamps.read = counting.read_stamp
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", counting.note)

if os.environ.get("BENCH_RENEW"):
    numbers, read = count(), stamps.read
    stamps.read = lambda: f"{read()}-{next(numbers)}"
