"""The card with a product's pictures on its page, and what it says after somebody worked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.catalog.models import Picture
from shop.catalog.models.products import LONGEST_ALT
from shop.catalog.pictures import ShownPicture, picture_of_row
from shop.lib.errors import ShopError
from shop.lib.queries import rows
from shop.merchandising.pictures import queries
from shop.merchandising.pictures.files import PUT_BACK
from shop.merchandising.pictures.services import mark_of
from shop.staff.forms.pictures import PicturesForm


@dataclass(frozen=True)
class Refusal:
    """A file the shop did not take, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class PictureRow:
    """A picture in the card: what is said of it, or what was typed, and what is wrong with that."""

    picture: Picture
    alt: str
    colour_id: int | None
    error: str | None = None

    @property
    def id(self) -> int:
        return self.picture.id

    @property
    def shown(self) -> ShownPicture | None:
        return picture_of_row(self.picture)

    @property
    def seen(self) -> str:
        """The mark of what is said of it now."""
        return mark_of(self.picture.alt, self.picture.colour_id)


@dataclass(frozen=True)
class After:
    """What happened in the card: files that were refused, and a form that was."""

    refusals: Sequence[Refusal] = field(default_factory=tuple)
    typed: PicturesForm | None = None
    error: ShopError | None = None


NOTHING = After()


def card(product_id: int, colours: Sequence[tuple[int, str]], after: After = NOTHING) -> dict[str, Any]:
    """What the card's template reads; `colours` are those the product is sold in."""
    pictures = rows(queries.pictures_of(product_id))
    found = [_row(picture, after) for picture in pictures if picture.deleted_at is None]
    at_fields = {f"alt-{row.id}" for row in found}
    error = after.error if after.error and after.error.field not in at_fields else None
    return {
        "picture_rows": found,
        "deleted_pictures": [(one.id, picture_of_row(one)) for one in pictures if one.deleted_at],
        "picture_colours": colours,
        "picture_refusals": after.refusals,
        "picture_error": error,
        "longest_alt": LONGEST_ALT,
        "put_back_hours": int(PUT_BACK.total_seconds() // 3600),
        "can_change_pictures": visitor().can(Permission.PRODUCT_UPDATE),
    }


def _row(picture: Picture, after: After) -> PictureRow:
    typed, error = after.typed, after.error
    if typed is None or picture.id not in typed.words:
        return PictureRow(picture, picture.alt, picture.colour_id)
    wrong = str(error) if error and error.field == f"alt-{picture.id}" else None
    return PictureRow(picture, typed.alt(picture.id), typed.colour_id(picture.id), wrong)
