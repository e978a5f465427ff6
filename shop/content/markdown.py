"""The owner's Markdown as safe HTML."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

from shop.lib.files.kinds import CONTENT_PICTURE, public_address

READER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "img", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}


@lru_cache(maxsize=256)
def html_of(markdown: str) -> str:
    """HTML with the few tags a page of text needs; everything else is dropped."""
    return nh3.clean(
        READER.render(markdown),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_only_our_pictures,
        url_schemes={"http", "https", "mailto", "tel"},
    )


def _only_our_pictures(tag: str, name: str, value: str) -> str | None:
    """Another site's picture would tell it who reads, and no page lets it load."""
    if (tag, name) == ("img", "src") and not value.startswith(f"{public_address()}/{CONTENT_PICTURE.folder}/"):
        return None
    return value
