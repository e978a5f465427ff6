"""The home page, the text pages, synonyms and who sells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from shop.catalog.models import Synonym
from shop.catalog.search import keeping
from shop.cli.demo.bulk import put
from shop.cli.demo.source import DATA, Row, read
from shop.content.models import Block, Page
from shop.extensions import db
from shop.store.models import StoreProfile


def load(moment: datetime) -> None:
    """Write blocks and pages, and give the store its demo profile."""
    put(Block, ({**block, "position": place, "published_at": moment} for place, block in enumerate(read("home"))))
    put(Page, (_page(page, moment) for page in read("pages")))
    put(Synonym, _synonyms())
    profile = db.session.scalars(select(StoreProfile).order_by(StoreProfile.active_at.desc()).limit(1)).one()
    for name, value in read("store").items():
        setattr(profile, name, value)
    db.session.flush()


def _synonyms() -> Iterator[Row]:
    lines = keeping.lines_of((DATA / "synonyms.txt").read_text(encoding="utf-8"))
    return ({"words": line.words, "means": line.means} for *_, line in lines if line)


def _page(page: Row, moment: datetime) -> Row:
    body = (DATA / "pages" / f"{page['slug']}.md").read_text(encoding="utf-8")
    return {**page, "body": body, "updated_at": moment}
