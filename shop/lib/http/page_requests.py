"""What a request for a whole page asks for, and the plain request its view is handed instead."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import Accept
from werkzeug.exceptions import SecurityError
from werkzeug.http import dump_cookie, parse_accept_header
from werkzeug.sansio.http import parse_cookie
from werkzeug.sansio.utils import get_host
from werkzeug.wsgi import get_path_info

SERVER = ("SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST")
PACKINGS = ("br", "gzip")
Environ = dict[str, Any]
Cookies = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class PageRequest:
    """All that decides what a page shows: its path, the parameters and the cookies it reads."""

    path: str
    query: str
    cookie: str


def is_plain(environ: Environ) -> bool:
    """Whether this asks for a whole page to look at."""
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and "HTTP_HX_REQUEST" not in environ
        and "json" not in environ.get("HTTP_ACCEPT", "")
    )


def read(environ: Environ, parameters: frozenset[str], cookies: Cookies) -> PageRequest:
    """The request without what its view does not read; the order of different parameters is no difference."""
    query, sent = environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
    path = get_path_info(environ)
    return PageRequest(path, _query(query, parameters) if query else "", _cookie(sent, cookies) if sent else "")


def plain_environ(environ: Environ, asked: PageRequest, scheme: str) -> Environ:
    """A GET that carries what the page depends on and nothing else of whoever asked."""
    kept = {name: value for name, value in environ.items() if name in SERVER or name.startswith(("wsgi.", "shop."))}
    kept |= {"wsgi.input": io.BytesIO(), "wsgi.url_scheme": scheme}
    kept |= {"REQUEST_METHOD": "GET", "QUERY_STRING": asked.query}
    return kept | ({"HTTP_COOKIE": asked.cookie} if asked.cookie else {})


@lru_cache(maxsize=256)
def packing_for(accept_encoding: str) -> str:
    """The best packing a browser takes: br, gzip, or "" for none."""
    accepted = parse_accept_header(accept_encoding, Accept)
    return next((name for name in PACKINGS if accepted.quality(name) > 0), "")


@lru_cache(maxsize=256)
def is_trusted(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a Host header names this shop; Flask refuses the others."""
    try:
        return bool(get_host("http", host, trusted_hosts=hosts))
    except SecurityError:
        return False


def _query(query: str, parameters: frozenset[str]) -> str:
    known = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] in parameters]
    return urlencode(sorted(known, key=lambda pair: pair[0]))


def _cookie(sent: str, cookies: Cookies) -> str:
    found = parse_cookie(sent)
    known = ((name, found.get(name, "")) for name, values in cookies.items() if found.get(name) in values)
    return "; ".join(dump_cookie(name, value, path=None) for name, value in known)
