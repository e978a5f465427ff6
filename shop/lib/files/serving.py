"""Sends stored pictures, and reads those that come with a form."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from werkzeug.datastructures import FileStorage

from shop.lib.files.errors import TooLarge
from shop.lib.files.kinds import AVIF, OURS, WEBP, StoredPicture, picture_at
from shop.lib.files.recognition import MOST_BYTES, TOO_MANY_BYTES
from shop.lib.files.storage import store
from shop.lib.unit_of_work import steps

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
YEAR = 31_536_000


def install(app: Flask) -> None:
    """Answer the addresses of stored pictures."""
    app.add_url_rule(f"{OURS}/<folder>/<name>", "media", show)


@steps
def show(folder: str, name: str) -> Response:
    """A picture, for whoever knows its token. It never changes: another picture has another token."""
    key = f"{folder}/{name}"
    picture = picture_at(key)
    data = store().get(key) if picture else None
    if picture is None or data is None:
        abort(404)
    media_type = AVIF if name.endswith(".avif") else WEBP
    response = Response(data, mimetype=media_type, headers=HEADERS | _sharing(picture))
    response.headers["Content-Disposition"] = f'inline; filename="picture.{media_type.removeprefix("image/")}"'
    response.set_etag(name)
    response.make_conditional(request)
    return response


def uploaded(name: str) -> bytes:
    """The content of an uploaded file, empty without one; what it is called is nobody's business. Raises BadPicture."""
    sent = request.files.get(name)
    return b"" if sent is None else read(sent)


def read(sent: FileStorage) -> bytes:
    """The content of one of several uploaded files. Raises BadPicture."""
    data = sent.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge(TOO_MANY_BYTES)
    return data


def _sharing(picture: StoredPicture) -> dict[str, str]:
    """A person's picture stays with their browser; others may be kept, and shown by pages that name the CDN."""
    whose, where = ("private", "same-origin") if picture.kind.personal else ("public", "cross-origin")
    return {"Cache-Control": f"{whose}, max-age={YEAR}, immutable", "Cross-Origin-Resource-Policy": where}
