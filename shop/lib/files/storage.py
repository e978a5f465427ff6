"""The media folder: a picture is written before a row names it, and removed after no row names it any more."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from flask import current_app

from shop.lib.files.drawing import CENTRE, Frame, drawn
from shop.lib.files.kinds import KINDS, Kind, StoredPicture, new_picture, picture_named
from shop.lib.unit_of_work import after_commit

UNFINISHED = ".part"


@contextmanager
def stored(data: bytes, kind: Kind, frame: Frame = CENTRE) -> Iterator[StoredPicture]:
    """A new picture, for a row that is written inside; when that fails no file stays. Raises BadPicture, Busy.

    Slow, so it stands outside of a unit of work.
    """
    picture = new_picture(kind)
    _write(path_of(picture), drawn(data, kind, frame))
    try:
        yield picture
    except BaseException:
        remove(picture)
        raise


def forget(picture: StoredPicture | None) -> None:
    """Remove a picture once this unit has committed that no row names it."""
    if picture is not None:
        after_commit(lambda: remove(picture))


def remove(picture: StoredPicture) -> None:
    """Remove the file now; one that is gone already is fine."""
    path_of(picture).unlink(missing_ok=True)


def path_of(picture: StoredPicture) -> Path:
    """Where the file lies: known folders and the token's hexadecimal digits, nothing anyone sent."""
    return _root() / picture.kind.folder / picture.token[:2] / f"{picture.token}.webp"


def pictures_older_than(age: timedelta) -> Iterator[StoredPicture]:
    """Finished files by their age; unfinished ones that old are removed on the way."""
    until = time.time() - age.total_seconds()
    for path in (path for folder in KINDS for path in (_root() / folder).glob("*/*")):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < until and (picture := _finished(path)):
                yield picture


def _finished(path: Path) -> StoredPicture | None:
    if path.suffix == UNFINISHED:
        path.unlink()
        return None
    return picture_named(path.parts[-3], path.stem)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, also when the power fails: under another name first, on the disk, then in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(UNFINISHED)
    try:
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _root() -> Path:
    root: Path = current_app.config["SHOP"].media_path
    return root
