"""Security and caching headers on every answer."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from shop.lib.http.answers import is_api

PICTURES = "img-src 'self' data:"
POLICY = "; ".join(
    (
        "default-src 'self'",
        PICTURES,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def let_forms_lead_to(response: Response, *origins: str) -> Response:
    """Let forms of this page end at other sites too: browsers look at where a form's answer sends them."""
    allowed = " ".join(("form-action 'self'", *origins))
    response.headers["Content-Security-Policy"] = policy().replace("form-action 'self'", allowed)
    return response


def policy() -> str:
    """What pages may load: everything from the shop itself, pictures also from where public media are."""
    return POLICY.replace(PICTURES, pictures())


def pictures() -> str:
    """The part of a policy that says where pictures may come from."""
    address = urlsplit(current_app.config["SHOP"].media_url or "")
    return f"{PICTURES} {address.scheme}://{address.netloc}" if address.netloc else PICTURES


def install(app: Flask) -> None:
    """Set the headers after every request."""
    app.after_request(_set_headers)


def keep_private(response: Response) -> Response:
    """A blueprint's after_request: pages that a secret link opens are stored nowhere, cookie or not."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _set_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
    if current_app.config["SHOP"].is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "Cache-Control" not in headers:
        _set_caching(response)
    return response


def _set_caching(response: Response) -> None:
    """Nothing personal is kept by anyone: an answer to or with our cookie is private and not stored."""
    cookie = current_app.config["SESSION_COOKIE_NAME"]
    sets_cookie = any(value.startswith(f"{cookie}=") for value in response.headers.getlist("Set-Cookie"))
    speaks_for_someone = cookie in request.cookies or "Authorization" in request.headers
    is_personal = speaks_for_someone or sets_cookie or request.method not in {"GET", "HEAD"}
    response.headers["Cache-Control"] = "private, no-store" if is_personal else "no-cache"
    response.vary.update(("Cookie", "HX-Request", "Authorization") if is_api() else ("Cookie", "HX-Request"))
