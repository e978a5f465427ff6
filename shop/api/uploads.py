"""Pictures that come with the body of an operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from shop.lib.errors import ShopError
from shop.lib.files.drawing import drawn
from shop.lib.files.errors import BadPicture, OtherFormat, TooLarge
from shop.lib.files.kinds import Kind, StoredPicture
from shop.lib.files.serving import uploaded
from shop.lib.files.storage import stored


class FileMissing(ShopError):
    """An upload without its file."""

    status = 400

    def __init__(self, name: str) -> None:
        super().__init__(f"Send the picture as the file `{name}` of a multipart.", field=name)


def drawn_upload(name: str, kind: Kind) -> bytes:
    """The picture that was sent, drawn anew. Raises FileMissing, 413, 415, BadPicture at the file's name, Busy."""
    try:
        data = uploaded(name)
        if not data:
            raise FileMissing(name)
        return drawn(data, kind)
    except TooLarge as error:
        raise RequestEntityTooLarge(str(error)) from error
    except OtherFormat as error:
        raise UnsupportedMediaType(str(error)) from error
    except BadPicture as error:
        raise BadPicture(str(error), field=name) from error


@contextmanager
def sent_pictures(model: Any, columns: Mapping[str, str]) -> Iterator[dict[str, StoredPicture]]:
    """The pictures that were sent, by the columns that keep them, while their rows are written. Raises BadPicture.

    `columns` has a model's picture columns by the names of the files.
    """
    table = model.__table__
    with ExitStack() as stack:
        sent = {name: column for name, column in columns.items() if name in request.files}
        yield {column: _stored(stack, name, table.columns[column].type.kind) for name, column in sent.items()}


def _stored(stack: ExitStack, name: str, kind: Kind) -> StoredPicture:
    try:
        return stack.enter_context(stored(uploaded(name), kind))
    except BadPicture as error:
        raise BadPicture(str(error), field=name) from error
