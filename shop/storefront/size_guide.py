"""How sizes run: a kind of garment measured, on a page of its own and in a dialog beside its products (CAT-01)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from shop.catalog.size_guide.queries import guide_of
from shop.catalog.size_guide.tables import Part
from shop.lib.http.answers import external_url, is_htmx, page
from shop.lib.http.kept_pages import same_for_all
from shop.storefront.measuring import measuring

bp = Blueprint("size_guide", __name__)
TITLES = {Part.BODY: "Your body", Part.GARMENT: "The garment", Part.COUNTRIES: "Sizes in other countries"}


@bp.get("/size-guide/<slug>")
@same_for_all("for")
def show(slug: str) -> Response:
    """All rows of the kind's table, or those for one wearer."""
    guide = guide_of(slug)
    wanted = request.args.get("for", "").casefold()
    wearer = next((one for one in guide.table.wearers if one.casefold() == wanted), None)
    table = guide.table.worn_by(wearer) if wearer else guide.table
    charts = [(title, chart) for part, title in TITLES.items() if (chart := table.chart(part))]
    how = measuring(guide.garment, table)
    shown: dict[str, Any] = {"guide": guide, "wearer": wearer, "charts": charts, "note": table.note, "measuring": how}
    if is_htmx():
        answer = make_response(render_template("storefront/size_guide/show.fragments.html", **shown))
        answer.headers["Cache-Control"] = "no-store"
        return answer
    canonical = external_url("size_guide.show", slug=slug, **({"for": wearer.casefold()} if wearer else {}))
    return page("storefront/size_guide/show.html", canonical=canonical, **shown)
