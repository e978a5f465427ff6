"""What goes into a cell comes out of it again, and no spreadsheet runs it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.lib.sheets import BOM, as_csv, bared, cell

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NASTY = st.text(st.sampled_from(["'", '"', ",", ";", " ", "a", "₹", *BEGINNINGS]))


@pytest.mark.covers("CAT-08")
@given(TEXTS | NASTY)
def test_text_is_read_back_as_it_was_and_never_begins_as_a_formula(text: str) -> None:
    assert bared(cell(text)) == text
    assert not cell(text).startswith(BEGINNINGS)


@given(st.lists(st.lists(TEXTS | NASTY, min_size=2, max_size=2), max_size=5))
def test_a_file_is_read_back_as_it_was(rows: list[list[str]]) -> None:
    text = as_csv(["one", "two"], rows).decode()
    read = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))
    assert [[bared(value) for value in row] for row in read[1:]] == rows
