"""Guards a door's views: signed in, holding the permission the view names, and sure to be that person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request, url_for

from shop.accounts.errors import NotConfirmed
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import back_to, go_to

View = TypeVar("View", bound=Callable[..., Any])


def install(app: Flask) -> None:
    """Must come between reading the visitor and the first look into a body."""
    app.before_request(_make_room)


def needs(permission: Permission) -> Callable[[View], View]:
    """Name the permission a view of a guarded blueprint needs."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def takes(most_bytes: int) -> Callable[[View], View]:
    """Let a view of a guarded blueprint take a larger body than others do, from those who may call it."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def _make_room() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most, permission = getattr(view, "most_bytes", None), getattr(view, "permission", None)
    if most is not None and permission is not None and visitor().can(permission):
        request.max_content_length = most


def confirmed(view: View) -> View:
    """Mark a view for which a stolen session is not enough: the password was given a short while ago."""
    view.asks_password = True  # type: ignore[attr-defined]
    return view


def require_confirmed() -> None:
    """The owner's pages and the API call this for each view, once its permission is there. Raises NotConfirmed."""
    if getattr(_view(), "asks_password", False):
        ask_confirmed()


def ask_confirmed() -> None:
    """The same within a view, where only some of what it does asks for it."""
    if not visitor().is_confirmed:
        raise NotConfirmed


def require_sign_in() -> Any:
    """A blueprint's before_request: strangers go to the login page and come back after it, from a form to its page."""
    if visitor().is_authenticated:
        return None
    wanted = request.full_path.rstrip("?") if request.method == "GET" else back_to("/")
    return go_to(url_for("login.show", next=wanted))


def require_two_factor() -> Any:
    """Lead somebody of the team who still has to set up two-factor sign-in to where that is done."""
    return go_to(url_for("two_factor.show")) if visitor().owes_two_factor else None


def require_permission() -> Any:
    """A blueprint's before_request: signed in and holding the view's permission; a view without one stays shut."""
    answer = require_sign_in() or require_two_factor()
    if answer is not None:
        return answer
    permission = getattr(_view(), "permission", None)
    if permission is None or not visitor().can(permission):
        abort(403)
    require_confirmed()
    return None


def _view() -> Callable[..., Any]:
    return current_app.view_functions[request.endpoint or ""]
