"""Reads of what the owner wrote."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, select

from shop.content.models import Block, Page
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

IN_FOOTER = select(Page.slug, Page.title).where(Page.position.is_not(None)).order_by(Page.position)
ON_HOME_PAGE = (
    select(Block.id, Block.kind, Block.title, Block.content)
    .where(Block.published_at.is_not(None))
    .order_by(Block.position)
)


@kept_by_stamp(most=1)
def footer_pages() -> list[Row[str, str]]:
    """Slug and title of the pages in the footer, in order."""
    return list(db.session.execute(IN_FOOTER).all())


@kept_by_stamp(most=1)
def blocks() -> list[Row[int, str, str, dict[str, Any]]]:
    """Id, kind, title and content of the published blocks of the home page, in order."""
    return list(db.session.execute(ON_HOME_PAGE).all())


def page_by(slug: str) -> Select[Page]:
    """The page with a slug."""
    return select(Page).where(Page.slug == slug)
