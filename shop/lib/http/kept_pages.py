"""Pages as they are kept and sent, and the mark of the views that make them."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar, cast

import brotli
from flask import request
from werkzeug.wrappers import Response

from shop.lib.http import request_log
from shop.lib.http.holes import filled, made_to_keep
from shop.lib.http.page_requests import Environ

VARY = "Cookie, HX-Request, Accept-Encoding"
# A page with holes is packed to take less room here, and unpacked again for everyone it is sent to.
OPEN_HOLES = "holes"
LEVELS = {"br": 5, "gzip": 6, OPEN_HOLES: 1}
# In a request's environment: that the page is made with its holes open; and such a page, to be filled.
OPEN, PASSED = "shop.open_holes", "shop.page_with_holes"
OVERHEAD = 3_000
OF_EACH_ANSWER = {"Content-Length", "Vary", request_log.HEADER}
Headers = list[tuple[str, str]]
Answer = tuple[str, Headers, bytes]
View = TypeVar("View", bound=Callable[..., object])


def same_for_all(*parameters: str) -> Callable[[View], View]:
    """Mark a view whose page is the same for every visitor but for its holes; it reads these query parameters."""

    def mark(view: View) -> View:
        @wraps(view)
        def shown(**asked: object) -> object:
            made: MadePage | None = request.environ.get(PASSED)
            if made is not None:
                return filled(made.text)
            with made_to_keep() if OPEN in request.environ else nullcontext():
                return view(**asked)

        shown.page_parameters = frozenset(parameters)  # type: ignore[attr-defined]
        return cast(View, shown)

    return mark


@dataclass(frozen=True)
class MadePage:
    """A page with its text packed, and the moment until which it holds, in seconds since 1970."""

    status: str
    headers: Headers
    packed: bytes
    digest: str
    until: float

    @property
    def is_worth_keeping(self) -> bool:
        """Whether others may be shown it: no error, no redirect, no cookie."""
        return self.status.startswith("200") and "Set-Cookie" not in dict(self.headers)

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is a redirect."""
        return self.status.startswith("30")

    @property
    def text(self) -> str:
        """The page with its holes open, as it is kept for visitors with a session."""
        return brotli.decompress(self.packed).decode()

    @property
    def weight(self) -> int:
        """The memory it takes, in bytes; its headers are much the same for every page."""
        return len(self.packed) + OVERHEAD

    def answer(self, environ: Environ, packing: str) -> Answer:
        """The page in the packing a visitor takes, or the news that the browser has it already."""
        about = [("ETag", f'"{self.digest}-{packing}"'), ("Content-Encoding", packing)]
        headers = [*self.headers, *(about if packing else [("ETag", f'"{self.digest}"')])]
        if self.is_worth_keeping and self.digest in environ.get("HTTP_IF_NONE_MATCH", ""):
            return "304 NOT MODIFIED", headers, b""
        body = self.packed if packing else brotli.decompress(self.packed)
        headers.append(("Content-Length", str(len(body))))
        return self.status, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


def packed_page(made: Response, packing: str, until: float) -> MadePage:
    """What the shop answered, ready to be kept and sent."""
    text = made.get_data()
    headers = [(name, value) for name, value in made.headers if name not in OF_EACH_ANSWER]
    level = LEVELS[packing]
    packed = gzip.compress(text, level, mtime=0) if packing == "gzip" else brotli.compress(text, quality=level)
    digest = hashlib.blake2b(text, digest_size=12).hexdigest()
    return MadePage(made.status, [*headers, ("Vary", VARY)], packed, digest, until)
