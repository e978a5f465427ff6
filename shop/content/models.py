"""What the owner writes: blocks that make up the home page, and pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import LEFT_OUT, audited
from shop.lib.columns import CreatedAt, Id, JsonDict, UtcDateTime
from shop.lib.files.columns import PictureColumn
from shop.lib.files.kinds import CONTENT_PICTURE, StoredPicture
from shop.lib.stamp import shown


@shown
@audited()
class Block(Model):
    """One section of the home page, in order of `position`; `content` holds what its kind needs."""

    __tablename__ = "block"

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120), default="")
    content: Mapped[JsonDict]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@shown
@audited()
class Page(Model):
    """A page of text in Markdown, at /pages/<slug>; those with a position stand in the footer."""

    __tablename__ = "page"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text)
    position: Mapped[int | None]
    updated_at: Mapped[CreatedAt]


@audited()
class ContentPicture(Model):
    """A picture for pages of text; everybody who knows its address sees it."""

    __tablename__ = "content_picture"

    id: Mapped[Id]
    picture: Mapped[StoredPicture] = mapped_column(PictureColumn(CONTENT_PICTURE), info=LEFT_OUT)
    size: Mapped[int]
    created_at: Mapped[CreatedAt]
