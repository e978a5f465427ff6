"""A file is read whatever a spreadsheet made of it, and refused with words where it is none."""

import pytest

from shop.merchandising.csv.reading import MOST_ROWS, Line, Unreadable, read

COLUMNS = ("slug", "name", "sku", "price")
TEXT = 'slug,Name,SKU\r\nharbour-tee,"Harbour tee,\r\nblue",H-1\r\n'
LINES = [Line(2, {"slug": "harbour-tee", "name": "Harbour tee,\nblue", "sku": "H-1"})]


@pytest.mark.covers("CAT-08")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    assert read(TEXT.encode(encoding), COLUMNS).lines == LINES


@pytest.mark.covers("CAT-08")
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_of_spreadsheets_are_read(separator: str) -> None:
    content = separator.join(["slug", "name", "sku"]) + "\n" + separator.join(["harbour-tee", "“Tee”", "H-1"]) + "\n"
    assert read(content.encode(), COLUMNS).lines[0].cells == {"slug": "harbour-tee", "name": "“Tee”", "sku": "H-1"}


@pytest.mark.parametrize("head", ["Slug,Variant SKU", " SLUG , sku", "handle,variant-sku", "slug,Variant_Sku"])
def test_heads_are_known_by_other_names_and_spellings(head: str) -> None:
    assert read(f"{head}\na,b\n".encode(), COLUMNS).lines[0].cells == {"slug": "a", "sku": "b"}


def test_unknown_columns_are_left_out_and_named() -> None:
    table = read(b"slug,Vendor,,price\na,Kora,x,5\n", COLUMNS)
    assert (table.lines[0].cells, table.unknown) == ({"slug": "a", "price": "5"}, ["Vendor"])


def test_empty_lines_are_passed_over_and_rows_keep_their_numbers() -> None:
    table = read(b"slug,name\n,\n\na,Tee\n", COLUMNS)
    assert [line.row for line in table.lines] == [4]


def test_marks_against_formulas_are_taken_off() -> None:
    assert read(b"slug,name\na,'=1+1\n", COLUMNS).lines[0].cells["name"] == "=1+1"


@pytest.mark.covers("CAT-08")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "must name the columns"),
        (b"a,b\n1,2\n", "must name the columns"),
        (b"slug,slug\na,b\n", "slug stands there twice"),
        ("slug,name\na,é\n".encode("latin-1"), "CSV UTF-8"),
        (b"PK\x03\x04\x14\x00\xff\xfe", "CSV UTF-8"),
        (b'slug,name\na,"b" c\n', "Line 2 cannot be read"),
        (b'slug,name\na,"never closed\n', "cannot be read"),
        (b"slug,name\na,b,c\n", "Row 2 has more cells"),
        (b"slug\n" + b"a\n" * (MOST_ROWS + 1), "At most 50,000 lines"),
        (b"slug\n" + b"a" * 200_000, "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_with_words(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(content, COLUMNS)
