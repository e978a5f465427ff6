"""Stored pictures: written before a row names them, and removed after no row names them any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from flask import current_app

from shop.lib.files.drawing import CENTRE, Frame, drawn
from shop.lib.files.kinds import WEBP, Kind, StoredPicture, new_picture
from shop.lib.files.stores.base import Store, StoreDown
from shop.lib.files.stores.bucket import Bucket
from shop.lib.files.stores.folder import LocalFolder
from shop.lib.unit_of_work import after_commit


def store() -> Store:
    """Where this shop's files lie: the bucket that is configured, else the media folder."""
    shop = current_app.config["SHOP"]
    if not shop.media_bucket:
        return LocalFolder(shop.media_path)
    who = (shop.aws_access_key_id, shop.aws_secret_access_key)
    return Bucket(shop.media_bucket, shop.media_region, shop.media_endpoint, *who)


@contextmanager
def stored(data: bytes, kind: Kind, frame: Frame = CENTRE) -> Iterator[StoredPicture]:
    """A new picture, for a row that is written inside; when that fails no file stays.

    Raises BadPicture, Busy, StoreDown. Slow, so it stands outside of a unit of work.
    """
    with kept(drawn(data, kind, frame), kind) as picture:
        yield picture


@contextmanager
def kept(webp: bytes, kind: Kind) -> Iterator[StoredPicture]:
    """As `stored`, of a picture that has been drawn already."""
    picture = new_picture(kind)
    put(picture.key, webp, WEBP, kind)
    try:
        yield picture
    except BaseException:
        _remove_or_leave(picture)
        raise


def forget(picture: StoredPicture | None) -> None:
    """Remove a picture once this unit has committed that no row names it."""
    if picture is not None:
        after_commit(lambda: _remove_or_leave(picture))


def clean_up(pictures: Iterable[StoredPicture]) -> list[str]:
    """Remove pictures no committed row names; a sentence for each that would not go; the daily sweep takes it."""
    warnings = []
    for picture in pictures:
        try:
            remove(picture)
        except (OSError, StoreDown) as error:
            warnings.append(f"{picture.url} is still there: {getattr(error, 'strerror', None) or error}")
    return warnings


def remove(picture: StoredPicture) -> None:
    """Remove all files of a picture now; what is gone already is fine. Raises StoreDown."""
    place = store()
    for kept in list(place.list(picture.beginning)):
        place.delete(kept.key)


def put(key: str, data: bytes, media_type: str, kind: Kind) -> None:
    """Write a file of a picture. Raises StoreDown."""
    store().put(key, data, media_type, is_public=not kind.personal)


def content_of(picture: StoredPicture) -> bytes | None:
    """The picture's file; None where it is gone. Raises StoreDown."""
    return store().get(picture.key)


def _remove_or_leave(picture: StoredPicture) -> None:
    """What cannot be removed just now is left to the sweep: it must not spoil what has been committed."""
    with suppress(StoreDown):
        remove(picture)
