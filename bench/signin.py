"""`bin/bench signin`: whether time tells known from unknown at login, reset, resend, wrong codes and forgot e-mail.

Both are asked in turn over one line, of one process, each name once and from an address of its own, so that neither the
machine nor the limits favour one of them. No worker runs: what follows an answer is not part of its time.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import create_engine, insert

from bench.ground import ROOT, Ground
from bench.measuring import NotMeasured
from bench.serving import SHOP, Web, served
from shop.accounts.models import OneTimeCode, User
from shop.accounts.services.codes import Purpose
from shop.accounts.services.passwords import hash_password
from shop.lib.clock import now

PRODUCTS = 1000
WITHIN = 0.10
WARMING = 20
WRONG, NEW = "Wrong-Horse-7", "Brass-Button-9"
SETTINGS = {
    "PROXY_HOPS": "1", "WEB_WORKERS": "1", "WEB_THREADS": "1",
    "TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": "none", "TWILIO_SENDER": "MG0",
}  # fmt: skip
TWICE = {"password": NEW, "password_again": NEW}


@dataclass(frozen=True)
class Question:
    """Something to ask about an account, named in one field, and the status everybody gets."""

    name: str
    path: str
    field: str
    status: int
    rest: tuple[tuple[str, str], ...] = ()


QUESTIONS = (
    Question("login", "/login", "email", 422, (("password", WRONG),)),
    Question("login of an app", "/api/v1/auth/login", "email", 401, (("password", WRONG),)),
    Question("reset by link", "/password/forgot", "email", 303, (("way", "link"),)),
    Question("reset by code", "/password/forgot", "email", 303),
    Question("resend", "/api/v1/auth/forgot-password/resend", "email", 200),
    Question("wrong code", "/password/code", "email", 422, (("code", "000000"), *TWICE.items())),
    Question("forgot e-mail", "/forgot-email", "phone", 303),
)


@dataclass(frozen=True)
class Times:
    """Medians of one question in milliseconds."""

    name: str
    known: float
    unknown: float

    @property
    def is_alike(self) -> bool:
        return abs(self.known / self.unknown - 1) <= WITHIN

    def __str__(self) -> str:
        return f"| {self.name} | {self.known:.2f} | {self.unknown:.2f} | {self.known / self.unknown:.3f} |"


class Line:
    """One visitor's connection, with a new address for each request."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.numbers = count(1)

    def milliseconds(self, question: Question, name: str) -> float:
        """How long one answer takes; it has to be the one everybody gets."""
        field = "identifier" if question.field == "email" else question.field
        body = urlencode({field: name, **dict(question.rest)})
        number = next(self.numbers)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        headers |= {"X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
        began = time.perf_counter()
        self.line.request("POST", question.path, body, headers)
        answer = self.line.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != question.status:
            raise NotMeasured(f"{question.path} answers {answer.status}")
        return took


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a median of known and unknown differs by more than a tenth."""
    parser = argparse.ArgumentParser(prog="bin/bench signin", description=__doc__)
    parser.add_argument("--names", type=int, default=200, help="how many of each kind are asked about (%(default)s)")
    parser.add_argument("--folder", type=Path, default=ROOT / "instance" / "bench", help="where filled shops are kept")
    options = parser.parse_args(arguments)
    measured = measure(options.names, options.folder)
    print("\n| asked | known ms | unknown ms | ratio |\n| --- | --- | --- | --- |")
    print("\n".join(str(times) for times in measured))
    return 0 if all(times.is_alike for times in measured) else 1


def measure(names: int, folder: Path) -> list[Times]:
    """Every question of so many known and unknown names."""
    ground = Ground(folder)
    try:
        ground.start()
        url = ground.shop_of(PRODUCTS)
        _register(url, names + WARMING)
        with served(Web(SHOP, url, ground.folder, SETTINGS | {"REDIS_URL": ground.valkey.url()})) as web:
            line = Line(web.port)
            return [_times(line, question, names) for question in QUESTIONS]
    finally:
        ground.stop()


def _times(line: Line, question: Question, names: int) -> Times:
    """The first few only warm the process; then known and unknown take turns at going first."""
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(names + WARMING):
        for is_known in (True, False) if number % 2 else (False, True):
            took[is_known].append(line.milliseconds(question, _name(question.field, number, is_known=is_known)))
    known, unknown = (statistics.median(took[is_known][WARMING:]) for is_known in (True, False))
    return Times(question.name, known, unknown)


def _name(field: str, number: int, *, is_known: bool) -> str:
    """Names of one length, so that only the account makes the difference."""
    if field == "email":
        return f"{'asha' if is_known else 'ravi'}.{number:05}@bench.example"
    return f"+9198{45 if is_known else 46}0{number:05}"


def _register(url: str, people: int) -> None:
    """So many customers with the hash of a real password, a verified phone, and a code that was sent."""
    password_hash, moment = hash_password(NEW), now()
    known = [
        {
            "first_name": "Asha", "last_name": "Rao", "password_hash": password_hash, "created_at": moment,
            "email": _name("email", number, is_known=True), "phone": _name("phone", number, is_known=True),
            "phone_verified_at": moment,
        }
        for number in range(people)
    ]  # fmt: skip
    engine = create_engine(url)
    with engine.begin() as connection:
        ids = connection.scalars(insert(User).returning(User.id), known).all()
        connection.execute(insert(OneTimeCode), [_code(user_id, moment) for user_id in ids])
    engine.dispose()


def _code(user_id: int, moment: datetime) -> dict[str, Any]:
    sent = {"purpose": Purpose.RESET.value, "code_hash": "0" * 64, "tries": 0, "sends": 1}
    return {"user_id": user_id, **sent, "began_at": moment, "expires_at": moment + timedelta(days=1)}
