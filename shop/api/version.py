"""Which version of the API this is."""

from __future__ import annotations

from shop.api.door import ApiBlueprint
from shop.api.schemas.shop import Version

VERSION = "1.0.0"
bp = ApiBlueprint("version", "version", "Which API this is")


@bp.get("")
@bp.response(200, Version)
def show() -> dict[str, str]:
    """The version of the API, as its description says it."""
    return {"version": VERSION}
