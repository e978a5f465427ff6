"""Papers: amounts have their sign, what people typed stays words, and pages know how many they are."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.platypus import Flowable

from shop.lib.pdf import blocks
from shop.lib.pdf.document import NextPaper, as_pdf


def pages(*story: Flowable) -> list[str]:
    return [
        page.extract_text() for page in PdfReader(BytesIO(as_pdf("A paper", "The shop", "At the foot", story))).pages
    ]


def test_amounts_can_be_read_out_of_the_file() -> None:
    (text,) = pages(*blocks.totals([("Delivery", "৳49"), ("Rounding", "−₹0.20"), ("Total", "₹1,548")]))
    for amount in ("৳49", "−₹0.20", "₹1,548"):
        assert amount in text


def test_what_a_person_typed_is_shown_and_never_read_as_markup() -> None:
    typed = "Asha <b>& Sons</b> <img src='/etc/passwd'/>"
    story = [*blocks.header(typed, [typed], typed, [(typed, typed)]), *blocks.parties([(typed, [typed])])]
    (text,) = pages(*story, *blocks.table([typed], [[(typed, typed)]], [1], [0]), *blocks.note(typed))
    assert " ".join(text.split()).count("<b>& Sons</b>") == 11


def test_a_long_table_has_its_titles_and_page_numbers_on_each_page() -> None:
    told = pages(*blocks.table(["Item", "Total"], [["A shirt", "₹1"]] * 100, [3, 1], [0]))
    assert len(told) > 1
    for number, text in enumerate(told, 1):
        assert "Item" in text
        assert f"Page {number} of {len(told)}" in text
    assert sum(text.count("A shirt") for text in told) == 100


@pytest.mark.parametrize("rows", [0, 1, 2, *range(19, 26), 60])
def test_what_ends_a_table_stands_with_its_last_two_rows_below_the_titles(rows: int) -> None:
    row = [("A shirt", "Blue, L"), "₹1"]
    told = pages(
        *blocks.table(["Item", "Price"], [row] * rows, [3, 1], [0], blocks.totals([("Tax", "₹0"), ("Total", "₹9")]))
    )
    assert all(text.count("Price") == 1 for text in told)
    assert [text.count("Total") for text in told] == [*[0] * (len(told) - 1), 1]
    assert told[-1].count("A shirt") >= min(2, rows)
    assert sum(text.count("A shirt") for text in told) == rows


def test_a_row_higher_than_a_page_goes_on_over_the_next() -> None:
    orders = [f"#{number}" for number in range(200)]
    told = pages(
        *blocks.table(["Item", "For"], [["A shirt", "₹1"], ["A belt", orders], ["A cap", "₹2"]], [1, 1], [0, 1])
    )
    assert [number for text in told for number in text.split() if number[0] == "#"] == orders


def test_a_long_foot_and_the_page_number_do_not_stand_on_each_other() -> None:
    foot = "A shop with a very long name, in letters of two scripts, and an address " * 3
    (text,) = [page.extract_text() for page in PdfReader(BytesIO(as_pdf("A paper", "", foot, blocks.note("₹1")))).pages]
    assert "Page 1 of 1" in text


def test_papers_in_one_file_count_their_pages_by_themselves() -> None:
    long = blocks.table(["Item", "Total"], [["A shirt", "₹1"]] * 40, [3, 1], [0])
    told = pages(*blocks.note("One"), NextPaper(), *long, NextPaper(), *blocks.note("Three"))
    assert [text[text.index("Page") :].strip() for text in told] == [
        "Page 1 of 1", "Page 1 of 2", "Page 2 of 2", "Page 1 of 1",
    ]  # fmt: skip


def test_the_same_blocks_make_the_same_file() -> None:
    first, second = (as_pdf("A paper", "The shop", "", blocks.note("₹1")) for _ in range(2))
    assert first == second
