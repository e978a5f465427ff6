"""Papers: amounts have their sign, what people typed stays words, and pages know how many they are."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from shop.lib.pdf import blocks
from shop.lib.pdf.document import as_pdf
from shop.lib.pdf.letters import BESIDE, FONTS


def pages(*story: Flowable) -> list[str]:
    return [
        page.extract_text() for page in PdfReader(BytesIO(as_pdf("A paper", "The shop", "At the foot", story))).pages
    ]


@pytest.mark.parametrize("font", BESIDE)
def test_both_fonts_have_the_signs_of_every_currency_and_what_stands_beside_amounts(font) -> None:
    assert set(map(ord, "₹৳−×–’é")) <= TTFont(FONTS / f"{font}.ttf").getBestCmap().keys()


@pytest.mark.parametrize(("name", "font"), [("উদ্দিন", "HindSiliguri-Regular"), ("श्रीमती", "Hind-Regular")])
def test_letters_of_bengali_and_hindi_join_in_a_font_that_knows_them(name: str, font: str) -> None:
    file = PdfReader(BytesIO(as_pdf("A paper", "The shop", "", blocks.note(f"To {name}, Rao"))))
    fonts = {str(font["/BaseFont"].partition("+")[2]) for font in file.pages[0]["/Resources"]["/Font"].values()}
    assert font in fonts
    line = blocks.words(name)
    line.wrap(500, 50)
    assert line.getActualLineWidths0()[0] < pdfmetrics.stringWidth(name, font, blocks.PLAIN.fontSize)


@pytest.mark.parametrize("name", ["\u09f5\u0932\u09cc", "\u00ad\u09d3\u2028\u0995"])
def test_no_name_keeps_a_paper_from_being_made(name: str) -> None:
    """Letters of two scripts in one word, and a soft hyphen beside letters that join."""
    assert pages(*blocks.header(name, [name], "Invoice", [("For", name)]))


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


def test_the_same_blocks_make_the_same_file() -> None:
    first, second = (as_pdf("A paper", "The shop", "", blocks.note("₹1")) for _ in range(2))
    assert first == second
