"""The owner's pages of text."""

from __future__ import annotations

from flask import Blueprint, Response
from markupsafe import Markup

from shop.content import queries as content_queries
from shop.content.markdown import html_of
from shop.lib.http.answers import external_url, page
from shop.lib.http.kept_pages import same_for_all
from shop.lib.queries import one_or_404

bp = Blueprint("pages", __name__)


@bp.get("/pages/<slug>")
@same_for_all()
def show(slug: str) -> Response:
    text = one_or_404(content_queries.page_by(slug))
    # html_of keeps a short list of tags; nothing of the owner's own HTML reaches the page.
    body = Markup(html_of(text.body))  # noqa: S704
    return page("storefront/pages/show.html", text=text, body=body, canonical=external_url("pages.show", slug=slug))
