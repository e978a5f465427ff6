"""An app that speaks to a running shop, and only through operations its description has."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Told:
    """What the shop answered."""

    status: int
    body: Any
    headers: Any


@dataclass
class LiveApp:
    """Keeps the access token once there is one; `used` are the operations it went through."""

    url: str
    token: str = ""
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.described = self._open("GET", "/api/openapi.json", None, {}).body["paths"]

    def get(self, path: str, **query: Any) -> Told:
        return self.send("GET", path, **query)

    def send(self, method: str, path: str, body: Any = None, *, form: Any = None, key: str = "", **query: Any) -> Told:
        """Send JSON, or a form; what the description does not know is not sent."""
        asked = f"/api/v1{path}"
        self.used.add(self._operation(method, asked))
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {} if body is None else {"Content-Type": "application/json"}
        data = json.dumps(body).encode() if body is not None else urlencode(form).encode() if form else None
        return self._open(method, f"{asked}?{urlencode(query)}" if query else asked, data, headers)

    def _operation(self, method: str, path: str) -> str:
        for template, item in self.described.items():
            pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
            if method.lower() in item and re.fullmatch(pattern, path):
                return f"{method} {template}"
        raise AssertionError(f"{method} {path} is not in the description")

    def _open(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> Told:
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Told(answer.status, json.load(answer), answer.headers)
        except urllib.error.HTTPError as refused:
            return Told(refused.code, json.load(refused), refused.headers)
