"""What becomes of a picture that came by its name: a new one, another in place of one, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from shop.catalog.models import Picture
from shop.lib.errors import NotFound
from shop.lib.files.drawing import drawn
from shop.lib.files.errors import BadPicture
from shop.lib.files.kinds import PRODUCT_PICTURE
from shop.lib.queries import rows
from shop.merchandising.csv.outcomes import Change, Outcome
from shop.merchandising.named_pictures.arriving import SentPicture
from shop.merchandising.named_pictures.naming import Place, Unplaced, place_of, stem_of
from shop.merchandising.pictures import services
from shop.merchandising.pictures.arriving import arriving, digest_of
from shop.merchandising.pictures.errors import OtherColour, TooManyPictures
from shop.merchandising.pictures.rules import check_room
from shop.merchandising.services import lock_product

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
REFUSALS = (Unplaced, BadPicture, TooManyPictures, OtherColour, NotFound)
Coming = dict[str, dict[str, str]]
"""Digests of what is to be shown, by product and name."""


@dataclass(frozen=True)
class Plan:
    """What is to be done with a picture; one that is `changed` takes the place of another."""

    place: Place
    fate: str
    instead: Picture | None = None


def look(row: int, sent: SentPicture, coming: Coming) -> tuple[bytes, Outcome]:
    """Draw a picture and say what would become of it; what is refused is not drawn. Raises Busy.

    `coming` holds what else is to be shown, and gets this.
    """
    outcome = Outcome([row])
    try:
        place = place_of(_right(sent).name)
        webp, others = drawn(sent.content, PRODUCT_PICTURE), coming.setdefault(str(place.product_id), {})
        plan = _plan(place, stem_of(sent.name), digest_of(webp), others)
    except REFUSALS as error:
        return b"", _refused(outcome, sent, error)
    if plan.fate != UNCHANGED:
        others[stem_of(sent.name)] = digest_of(webp)
    return webp, _noted(outcome, sent, plan)


def show(row: int, kept: SentPicture) -> Outcome:
    """Show a picture that was drawn; the product's row is taken before anything is decided. Raises StoreDown."""
    outcome, stem = Outcome([row]), stem_of(kept.name)
    try:
        place = place_of(_right(kept).name)
        lock_product(place.product_id)
        plan = _plan(place, stem, digest_of(kept.content))
        if plan.fate != UNCHANGED:
            _write(plan, stem, kept.content)
    except REFUSALS as error:
        return _refused(outcome, kept, error)
    return _noted(outcome, kept, plan)


def _right(sent: SentPicture) -> SentPicture:
    if sent.problem:
        raise Unplaced(sent.problem)
    return sent


def _plan(place: Place, stem: str, digest: str, coming: Mapping[str, str] | None = None) -> Plan:
    """The same picture twice is one; a name that is known means the picture that came by it. Raises REFUSALS."""
    there, coming = _shown(place.product_id), coming or {}
    if digest in {*coming.values(), *(picture.digest for picture in there)}:
        return Plan(place, UNCHANGED)
    if stem in coming:
        raise Unplaced("Another file of this name came before it.")
    known = {picture.file_name: picture for picture in there if picture.file_name}
    if stem in known:
        return Plan(place, CHANGED, known[stem])
    check_room([*there, *(coming.keys() - known.keys())])
    return Plan(place, NEW)


def _shown(product_id: int) -> list[Picture]:
    """A product's pictures as they are now."""
    wanted = select(Picture).where(Picture.product_id == product_id, Picture.deleted_at.is_(None))
    return rows(wanted.order_by(Picture.position, Picture.id).execution_options(populate_existing=True))


def _write(plan: Plan, stem: str, webp: bytes) -> None:
    with arriving(webp) as new:
        if plan.instead:
            services.replace(plan.instead.id, new)
        else:
            services.add(plan.place.product_id, new, colour_id=plan.place.colour_id, file_name=stem)


def _noted(outcome: Outcome, sent: SentPicture, plan: Plan) -> Outcome:
    outcome.counts[f"{plan.fate}_pictures"] += 1
    if plan.fate != UNCHANGED:
        before = f"picture {plan.instead.position + 1}" if plan.instead else None
        change = Change(outcome.rows[0], plan.place.slug, plan.place.colour, before, sent.name)
        outcome.changes.append(change)
    return outcome


def _refused(outcome: Outcome, sent: SentPicture, error: Exception) -> Outcome:
    outcome.blame(outcome.rows[0], "file", sent.name, error)
    return outcome
