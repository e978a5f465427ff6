"""Forms of the synonyms of the search."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from shop.catalog.search.keeping import LONGEST, Line, line_of, lines_of
from shop.lib.http.incoming import stripped
from shop.staff.forms import StaffForm

TOO_LONG = f"Use at most {LONGEST} characters."
LONGEST_TEXT, MOST_TOLD = 50_000, 10


class SynonymForm(StaffForm):
    """One line: words, and what they also find."""

    words = StringField(
        "Words",
        filters=[stripped],
        description="With commas between them: tee, t-shirt, tshirt.",
        validators=[DataRequired("Enter words that mean the same."), Length(max=LONGEST, message=TOO_LONG)],
    )
    means = StringField("Also find", filters=[stripped], description="Left empty, the words find each other. Filled, "
                        "they also find these, and not the other way round.",
                        validators=[Length(max=LONGEST, message=TOO_LONG)])  # fmt: skip

    def line(self) -> Line:
        """As it is kept, or NotASynonym."""
        return line_of(self.words.data or "", self.means.data or "")


class SynonymTextForm(StaffForm):
    """Many lines at once."""

    text = TextAreaField("Lines", render_kw={"rows": 6}, validators=[
        DataRequired("Paste the lines."), Length(max=LONGEST_TEXT, message="Bring at most 50,000 characters at once.")],
        description="One line for each set, such as “kurta, kurti” or “pants, trousers => jeans”.")  # fmt: skip

    def lines(self) -> list[Line]:
        """The lines as they would be kept; what is wrong stands at the field."""
        found = list(lines_of(self.text.data or ""))
        wrong = [(number, written[:80]) for number, written, line in found if line is None]
        told = [
            f"Line {number} needs two different words or phrases: {written}" for number, written in wrong[:MOST_TOLD]
        ]
        self.text.errors = [*self.text.errors, *told]
        return [line for *_, line in found if line]
