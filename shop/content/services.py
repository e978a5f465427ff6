"""Writes content: pictures for pages."""

from __future__ import annotations

from sqlalchemy import select

from shop.content.models import ContentPicture
from shop.extensions import db
from shop.lib.files.kinds import StoredPicture
from shop.lib.files.storage import forget
from shop.lib.queries import one_or_404


def add_picture(picture: StoredPicture, size: int) -> ContentPicture:
    """Note a stored picture of so many bytes."""
    kept = ContentPicture(picture=picture, size=size)
    db.session.add(kept)
    db.session.flush()
    return kept


def remove_picture(picture_id: int) -> None:
    """Forget a picture; its file goes once this unit has committed. Raises NotFound."""
    kept = one_or_404(select(ContentPicture).where(ContentPicture.id == picture_id).with_for_update())
    forget(kept.picture)
    db.session.delete(kept)
    db.session.flush()
