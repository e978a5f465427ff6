"""Forms of what the owner writes on an order."""

from __future__ import annotations

from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, Length

from shop.lib.http.incoming import stripped
from shop.staff.forms import StaffForm

DAY = DataRequired("Choose a day.")


class PromiseForm(StaffForm):
    """Between which days an order arrives."""

    first = DateField("Arrives from", validators=[DAY])
    last = DateField("to", validators=[DAY])


class NoteForm(StaffForm):
    """A note of the shop's own."""

    note = TextAreaField("Note", filters=[stripped], render_kw={"rows": 2}, validators=[
        DataRequired("Write a note."), Length(max=300, message="A note has at most 300 characters.")])  # fmt: skip
