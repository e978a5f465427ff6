"""Files (OPS-07): pictures for pages of text."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from shop.accounts.permissions import Permission
from shop.api.door import FILES, ApiBlueprint, needs
from shop.api.schemas.fields import Deleted
from shop.api.schemas.files import NewFile, StoredFile
from shop.api.uploads import drawn_upload
from shop.content import services
from shop.content.models import ContentPicture
from shop.lib.files.kinds import CONTENT_PICTURE, WEBP
from shop.lib.files.storage import content_of, kept
from shop.lib.queries import one_or_404
from shop.lib.unit_of_work import steps, unit_of_work

bp = ApiBlueprint("files", "files", "Pictures for pages of text")
owner = needs(Permission.CONTENT_UPDATE)
FILE = "file"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=31536000, immutable",
}


@bp.post("/upload")
@owner
@bp.doc(**{FILES: [FILE]})
@bp.body(NewFile)
@bp.response(201, StoredFile)
@steps
def upload(_values: dict[str, Any]) -> dict[str, Any]:
    """Keep a picture for pages; it is drawn anew as WebP, and everybody who knows its `url` sees it.

    400 without the file; 413 for more than 5 MB; 415 for what is no JPEG, PNG or WebP.
    """
    webp = drawn_upload(FILE, CONTENT_PICTURE)
    with kept(webp, CONTENT_PICTURE) as picture, unit_of_work():
        added = services.add_picture(picture, len(webp))
        return {"id": added.id, "picture": added.picture, "size": added.size, "created_at": added.created_at}


@bp.get("/<key:file_id>")
@bp.response(200, {"type": "string", "format": "binary"}, content_type=WEBP)
@steps
def download(file_id: int) -> Response:
    """The picture itself, as a download."""
    with unit_of_work(read_only=True):
        picture = one_or_404(select(ContentPicture).where(ContentPicture.id == file_id)).picture
    data = content_of(picture)
    if data is None:
        raise NotFound
    response = Response(data, mimetype=WEBP, headers=HEADERS)
    response.headers["Content-Disposition"] = f'attachment; filename="picture-{file_id}.webp"'
    response.set_etag(picture.token)
    response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response


@bp.delete("/<key:file_id>")
@owner
@bp.response(200, Deleted)
def delete(file_id: int) -> dict[str, bool]:
    """Delete a picture with its file."""
    services.remove_picture(file_id)
    return {"deleted": True}
