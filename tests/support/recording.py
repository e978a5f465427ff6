"""What tests saw of each operation of the API; a full run fails over one that was never used, refused or read back.

Every worker writes to one file of the run's folder, the process that controls the run reads it at the end.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.support import ground

BASE = "/api/v1/"
DOCUMENTED, GUARDED, WRITING = "documented", "guarded", "writing"
ANSWERED, REFUSED, READ_BACK = "answered", "refused", "read back"
WANTED = {
    DOCUMENTED: (ANSWERED, "never answered with success"),
    GUARDED: (REFUSED, "never refused a stranger"),
    WRITING: (READ_BACK, "had no effect that a test read back from the database"),
}
SAFE = {"get", "head", "options"}
ONLY_READS = {
    "/api/v1/coupons/validate",
    "/api/v1/shipping-methods/calculate-cost",
    "/api/v1/users/data-export/file",
}
"""Posted although nothing changes: the documents say so, or a password does not belong in an address."""
METHODS = {"get", "post", "put", "patch", "delete"}
_noted: set[tuple[str, str, str]] = set()


def note_description(document: dict[str, Any]) -> None:
    """Note what the API says it can do."""
    for path, item in document["paths"].items():
        for method in item.keys() & METHODS if path.startswith(BASE) else ():
            _note(method.upper(), path, DOCUMENTED)
            if item[method].get("security") == [{"bearer": []}]:
                _note(method.upper(), path, GUARDED)
            if method not in SAFE and path not in ONLY_READS:
                _note(method.upper(), path, WRITING)


def note_answer(app: Flask, answer: TestResponse) -> None:
    """Note that an operation answered with success, or refused somebody without a token."""
    asked = answer.request
    if not asked.path.startswith(BASE):
        return
    is_refusal = answer.status_code == 401 and "Authorization" not in asked.headers
    try:
        rule, _ = app.url_map.bind("").match(asked.path, asked.method, return_rule=True)
    except HTTPException:
        return
    if is_refusal or answer.status_code < 300:
        _note(asked.method, _as_described(rule.rule), REFUSED if is_refusal else ANSWERED)


def note_effect(method: str, rule: str) -> None:
    """Note that a test found in the database what an operation had to write."""
    _note(method, _as_described(rule), READ_BACK)


def unproven() -> Iterator[str]:
    """What no test has shown of an operation, each in a sentence."""
    seen = {tuple(json.loads(line)) for line in _file().read_text().splitlines()} if _file().exists() else set()
    if not seen:
        yield "No test said which operations the API has."
    for method, path, kind in sorted(seen):
        proof, otherwise = WANTED.get(kind, ("", ""))
        if proof and (method, path, proof) not in seen:
            yield f"{method} {path} {otherwise}."


def _note(method: str, path: str, kind: str) -> None:
    if (method, path, kind) not in _noted:
        _noted.add((method, path, kind))
        with _file().open("a") as file:
            file.write(json.dumps([method, path, kind]) + "\n")


def _as_described(rule: str) -> str:
    return re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule)


def _file() -> Path:
    return ground.folder() / "operations.jsonl"
