"""Reads of what the owner wrote."""

from __future__ import annotations

from sqlalchemy import Row, Select, select

from shop.content.models import Block, Page
from shop.extensions import db
from shop.lib.kept import kept_by_stamp


@kept_by_stamp(most=1)
def footer_pages() -> list[Row[str, str]]:
    """Slug and title of the pages in the footer, in order."""
    listed = select(Page.slug, Page.title).where(Page.position.is_not(None)).order_by(Page.position)
    return list(db.session.execute(listed).all())


def blocks() -> Select[Block]:
    """The published blocks of the home page, in order."""
    return select(Block).where(Block.published_at.is_not(None)).order_by(Block.position)


def page_by(slug: str) -> Select[Page]:
    """The page with a slug."""
    return select(Page).where(Page.slug == slug)
