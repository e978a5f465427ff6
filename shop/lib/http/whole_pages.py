"""Whole pages: each is made once for a state of the catalogue, and with holes for visitors with a session.

Stands in front of Flask. What is no part of a page's key never reaches its view, so nothing personal can be kept: a
view marked `same_for_all` is handed its own parameters and the theme, and no other part of the request. Who has a
session is read by Flask as in every request; only the view is spared, and fills the holes of the kept page.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_path_info

from shop.extensions import db
from shop.lib.http import page_requests, request_log
from shop.lib.http.kept_pages import OPEN, OPEN_HOLES, MadePage, packed_page
from shop.lib.http.kept_pages import PASSED as PASSED_PAGE
from shop.lib.http.page_requests import PACKINGS, Cookies, Environ, PageRequest
from shop.lib.memory import Memory
from shop.lib.stamp import ENDS, PASSED, StampReader

MOST_BYTES = 8 * 1024 * 1024
TURNS = 64
Key = tuple[str, PageRequest, str]
StartResponse = Callable[..., Any]


def install(app: Flask, cookies: Cookies) -> None:
    """Stand in front of everything else that handles the app's requests."""
    with app.app_context():
        stamps = StampReader(db.engine)
    app.wsgi_app = app.extensions["whole_pages"] = WholePages(app, stamps, cookies)  # type: ignore[method-assign]


class WholePages:
    """The WSGI application in front of the shop; a page may depend on `cookies`, as far as they hold known values."""

    def __init__(self, app: Flask, stamps: StampReader, cookies: Cookies) -> None:
        self.app, self.shop, self.stamps, self.cookies = app, app.wsgi_app, stamps, cookies
        self.session_cookie = app.config["SESSION_COOKIE_NAME"]
        self.hosts = tuple(app.config["TRUSTED_HOSTS"])
        self.routes = app.url_map.bind("")
        self.memory: Memory[MadePage] = Memory(MOST_BYTES)
        self.turns = [threading.Lock() for _ in range(TURNS)]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        parameters = self._parameters(environ)
        stamp = None if parameters is None else self.stamps.read()
        if parameters is None or stamp is None:
            return self.shop(environ, start_response)
        began, request_id = time.monotonic(), request_log.new_id()
        asked = page_requests.read(environ, parameters, self.cookies)
        if f"{self.session_cookie}=" in environ.get("HTTP_COOKIE", ""):
            page = self._page((stamp, asked, OPEN_HOLES), environ | {request_log.PASSED: request_id, OPEN: True})
            return self.shop(environ | ({PASSED_PAGE: page} if page.is_worth_keeping else {}), start_response)
        packing = page_requests.packing_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        page = self._page((stamp, asked, packing or PACKINGS[0]), environ | {request_log.PASSED: request_id})
        if page.is_elsewhere:
            # Where it leads keeps all that was asked, also what the view does not read.
            return self.shop(environ, start_response)
        status, headers, body = page.answer(environ, packing)
        request_log.write(environ["REQUEST_METHOD"], asked.path, int(status[:3]), began, request_id=request_id)
        start_response(status, [*headers, (request_log.HEADER, request_id)])
        return [body]

    def _parameters(self, environ: Environ) -> frozenset[str] | None:
        """What the asked view reads of the query; None where the request is not for a page that is kept."""
        if self.app.debug or not page_requests.is_plain(environ):
            return None
        if not page_requests.is_trusted(environ.get("HTTP_HOST", ""), self.hosts):
            return None
        try:
            endpoint, _ = self.routes.match(get_path_info(environ), "GET")
        except HTTPException:
            return None
        return getattr(self.app.view_functions[endpoint], "page_parameters", None)

    def _page(self, key: Key, environ: Environ) -> MadePage:
        """The page as it is kept; of many who ask for one that is not, one makes it and the others wait."""
        page = self._remembered(key)
        if page is not None:
            return page
        with self.turns[hash(key) % TURNS]:
            return self._remembered(key) or self._make(key, environ)

    def _remembered(self, key: Key) -> MadePage | None:
        page = self.memory.get(key)
        return page if page is not None and time.time() < page.until else None

    def _make(self, key: Key, environ: Environ) -> MadePage:
        """Let the shop make the page, and keep it unless something else came of it."""
        stamp, asked, packing = key
        ends: list[float] = []
        plain = page_requests.plain_environ(environ, asked, self.app.config["PREFERRED_URL_SCHEME"])
        made = Response.from_app(self.shop, plain | {PASSED: stamp, ENDS: ends}, buffered=True)
        page = packed_page(made, packing, min(ends, default=math.inf))
        if page.is_worth_keeping:
            self.memory.put(key, page, page.weight + len(asked.query))
        return page
