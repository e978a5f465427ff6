"""The pictures of a product as one form: their order, what is said of each, and the button that was pressed."""

from __future__ import annotations

from functools import cached_property

from werkzeug.datastructures import MultiDict

from shop.catalog.models.products import LONGEST_ALT
from shop.lib.http.incoming import stripped
from shop.merchandising.pictures.services import Words, mark_of

MOST_DIGITS = 15
STEPS = {"earlier": -1, "later": 1}


class PicturesForm:
    """What was posted; ids that are no numbers count as not sent."""

    def __init__(self, posted: MultiDict[str, str]) -> None:
        self.posted = posted
        press, _, picture_id = posted.get("op", "").partition(":")
        self.press, self.pressed_id = press, _number(picture_id)

    @cached_property
    def order(self) -> list[int]:
        """The pictures as they lie now, moved by the button that was pressed."""
        lying = [number for number in map(_number, self.posted.getlist("picture")) if number]
        if self.pressed_id not in lying or not self.moved:
            return lying
        place = max(0, lying.index(self.pressed_id) + STEPS[self.press]) if self.press in STEPS else 0
        lying.remove(self.pressed_id)
        return [*lying[:place], self.pressed_id, *lying[place:]]

    @property
    def moved(self) -> int | None:
        """The picture one of whose buttons for another place was pressed."""
        return self.pressed_id if self.press in {"first", *STEPS} else None

    @property
    def removed(self) -> int | None:
        """The picture whose delete button was pressed."""
        return self.pressed_id if self.press == "remove" else None

    def alt(self, picture_id: int) -> str:
        """What was typed of a picture."""
        return str(stripped(self.posted.get(f"alt-{picture_id}", "")))[:LONGEST_ALT]

    def colour_id(self, picture_id: int) -> int | None:
        """The colour that was chosen; None for all."""
        return _number(self.posted.get(f"colour-{picture_id}", ""))

    @cached_property
    def words(self) -> dict[int, Words]:
        """What was changed, by picture: what somebody did not touch is not saved over what others wrote since."""
        typed = {one: Words(self.alt(one), self.colour_id(one), self._seen(one)) for one in self.order}
        return {one: new for one, new in typed.items() if new.seen and new.seen != mark_of(new.alt, new.colour_id)}

    def _seen(self, picture_id: int) -> str:
        return self.posted.get(f"seen-{picture_id}", "")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
