"""Pictures that come with the body of an operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from flask import request

from shop.lib.files.errors import BadPicture
from shop.lib.files.kinds import Kind, StoredPicture
from shop.lib.files.serving import uploaded
from shop.lib.files.storage import stored


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
