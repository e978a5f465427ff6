"""Sends stored pictures, and reads those that come with a form."""

from __future__ import annotations

from flask import Flask, Response, abort, request, send_file

from shop.lib.files.errors import BadPicture
from shop.lib.files.kinds import picture_named
from shop.lib.files.recognition import MOST_BYTES, TOO_MANY_BYTES
from shop.lib.files.storage import path_of
from shop.lib.unit_of_work import steps

HEADERS = {
    "Content-Disposition": 'inline; filename="picture.webp"',
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
YEAR = 31_536_000


def install(app: Flask) -> None:
    """Answer the addresses of stored pictures."""
    app.add_url_rule("/media/<folder>/<token>.webp", "media", show)


@steps
def show(folder: str, token: str) -> Response:
    """A picture, for whoever knows its token. It never changes: another picture has another token."""
    picture = picture_named(folder, token)
    if picture is None or not (path := path_of(picture)).is_file():
        abort(404)
    response = send_file(path, mimetype="image/webp", etag=token)
    whose = "private" if picture.kind.personal else "public"
    response.headers.update(HEADERS | {"Cache-Control": f"{whose}, max-age={YEAR}, immutable"})
    return response


def uploaded(name: str) -> bytes:
    """The content of an uploaded file, empty without one; what it is called is nobody's business. Raises BadPicture."""
    sent = request.files.get(name)
    if sent is None:
        return b""
    data = sent.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadPicture(TOO_MANY_BYTES)
    return data
