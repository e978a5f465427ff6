"""Whole numbers as people and browsers send them: ASCII digits only, and no longer than a database id."""

from __future__ import annotations

import re
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

DIGITS = re.compile(r"-?[0-9]{1,18}", re.ASCII)


class WholeNumber(Field):
    """A whole number; nothing sent gives the default, anything else is refused with `message`."""

    widget = TextInput()
    data: Any

    def __init__(self, label: str = "", *, message: str, **more: Any) -> None:
        super().__init__(label, **more)
        self.message = message

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        self.data = int(text) if DIGITS.fullmatch(text) else None
        if self.data is None:
            raise ValidationError(self.message)


class Wanted:
    """A validator: the number has to be there."""

    def __call__(self, _form: Any, field: WholeNumber) -> None:
        if field.data is None:
            raise ValidationError(field.message)
