"""A person's own data, and the end of their account (ACC-10)."""

from __future__ import annotations

from typing import Any

from flask import Response

from shop.accounts import throttles
from shop.accounts.services.credentials import check_password
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint
from shop.api.schemas.fields import Deleted
from shop.api.schemas.own_data import Confirmed, Export
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import exporting
from shop.membership import services as membership
from shop.membership.errors import NoExport
from shop.membership.models import DataExport

bp = ApiBlueprint("own_data", "users", "Your own data, and the end of your account", guarded=True)
ZIP = {"type": "string", "format": "binary"}


@bp.post("/data-export")
@bp.response(202, Export)
def ask() -> DataExport:
    """Ask for everything the shop knows about you.

    It is packed in the background, and a mail says when it is ready. 429 within a day of the last time.
    """
    return exporting.ask_for_export(_me())


@bp.get("/data-export")
@bp.response(200, Export)
def show() -> DataExport:
    """How far your export is. 404 where none was asked for, or its days are over."""
    export = exporting.export_of(_me())
    if export is None:
        raise NoExport
    return export


@bp.post("/data-export/file")
@throttles.own_password
@bp.body(Confirmed)
@bp.response(200, ZIP, content_type="application/zip")
@steps
def download(body: dict[str, Any]) -> Response:
    """Your export: a ZIP of JSON. 404 before it is ready."""
    check_password(_me(), body["current_password"])
    with unit_of_work(read_only=True):
        content = exporting.content_of(_me())
    return Response(content, mimetype="application/zip")


@bp.delete("/profile")
@throttles.own_password
@bp.body(Confirmed)
@bp.response(200, Deleted)
@steps
def erase(body: dict[str, Any]) -> dict[str, bool]:
    """Delete your account for good, and everything of yours with it; all tokens are dead at once.

    409 while an order or a refund is on its way, and for the last owner. What was sold stays in the books, without you.
    """
    check_password(_me(), body["current_password"])
    with unit_of_work():
        membership.erase(_me(), by=_me())
    return {"deleted": True}


def _me() -> int:
    return visitor().user_id or 0
