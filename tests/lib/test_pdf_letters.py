"""The letters of papers: every script a name here comes in, only the fonts that are needed, and never an empty box."""

from io import BytesIO
from unicodedata import category

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from reportlab.pdfbase.ttfonts import ShapedStr

from shop.lib.pdf import blocks, letters
from shop.lib.pdf.document import as_pdf
from shop.lib.pdf.right_to_left import as_seen
from shop.lib.pdf.words import Look, in_lines

BASE = "HindSiliguri"
NAMES = {
    "Hind": "श्रीमती लक्ष्मी शर्मा",
    BASE: "উদ্দিন আহমেদ বিশ্ববিদ্যালয়",
    "NotoSansGurmukhi": "ਸ੍ਰੀ ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "NotoSansGujarati": "શ્રી નરેન્દ્ર ક્ષેત્ર",
    "NotoSansOriya": "ଶ୍ରୀ ଜଗନ୍ନାଥ ମହାପାତ୍ର",
    "NotoSansTamil": "ஸ்ரீ கிருஷ்ணமூர்த்தி",
    "NotoSansTelugu": "శ్రీ వెంకటేశ్వర్లు",
    "NotoSansKannada": "ಶ್ರೀ ಕೃಷ್ಣಮೂರ್ತಿ",
    "NotoSansMalayalam": "ശ്രീ ഉണ്ണികൃഷ്ണൻ",
    "NotoSansArabic": "محمد احمد خان",
}
"""By the family that has its letters; each name has some that join."""
FAMILIES = (letters.BASE, *letters.SCRIPTS)


def families(text: str) -> set[str]:
    """Which fonts lie in a paper that says this."""
    paper = PdfReader(BytesIO(as_pdf("A paper", "The shop", "At the foot", blocks.note(text))))
    fonts = paper.pages[0]["/Resources"]["/Font"].values()
    return {str(font["/BaseFont"]).partition("+")[2].removesuffix("-Regular") for font in fonts}


def forget_fonts() -> None:
    """As in a process that made no paper yet."""
    for family in FAMILIES:
        for weight in letters.WEIGHTS:
            letters.font(f"{family}-{weight}").unregister()
    letters.font.cache_clear()


def drawn(text: str) -> list[letters.Run]:
    return list(letters.runs(letters.written(text), 9, is_bold=False))


def test_every_family_has_a_name_here() -> None:
    assert set(NAMES) == set(FAMILIES)


@pytest.mark.parametrize("weight", letters.WEIGHTS)
def test_the_base_has_the_signs_of_every_currency_and_what_stands_beside_amounts(weight: str) -> None:
    font = TTFont(letters.FONTS / f"{BASE}-{weight}.ttf")
    assert set(map(ord, "₹৳−×–’é")) <= font.getBestCmap().keys()


@pytest.mark.parametrize("weight", letters.WEIGHTS)
@pytest.mark.parametrize("family", FAMILIES)
def test_fonts_are_small_and_both_weights_know_the_letters(family: str, weight: str) -> None:
    file = letters.FONTS / f"{family}-{weight}.ttf"
    assert file.stat().st_size < 130_000
    assert set(map(ord, NAMES[family])) - {ord(" ")} <= TTFont(file).getBestCmap().keys()


@pytest.mark.parametrize(("family", "name"), NAMES.items())
def test_a_name_is_set_in_the_font_of_its_script_and_its_letters_join(family: str, name: str) -> None:
    runs = [run for run in drawn(name) if run.text.strip()]
    assert {run.font.fontName for run in runs} == {f"{family}-Regular"}
    assert any(len(run.glyphs) != len(run.text) or run.glyphs != run.text for run in runs)
    for run in runs:
        assert isinstance(run.glyphs, ShapedStr)
        assert all(run.font.face.charToGlyph[ord(glyph)] != 0 for glyph in run.glyphs)


@pytest.mark.parametrize(("family", "name"), NAMES.items())
def test_a_paper_carries_the_fonts_it_needs_and_the_words_to_be_found(family: str, name: str) -> None:
    assert families(name) == {BASE, family}
    page = PdfReader(BytesIO(as_pdf("A paper", "The shop", "", blocks.note(name)))).pages[0]
    told = page.get_contents().get_data().decode("latin-1")
    for word in name.split():
        assert f"/ActualText <feff{word.encode('utf-16-be').hex()}>" in told


def test_a_latin_paper_carries_and_reads_one_family() -> None:
    forget_fonts()
    assert families("12, Church Street, Zoë ₹1,548 ৳49") == {BASE}
    assert {name.partition("-")[0] for name in letters.pdfmetrics.getRegisteredFontNames() if "-" in name} & set(
        FAMILIES
    ) == {BASE}


def test_a_line_of_many_scripts_has_each_in_its_font() -> None:
    runs = [(run.text, run.font.fontName.partition("-")[0]) for run in drawn("12/அ Anna (पुराना) রোড ৳49")]
    assert runs == [
        ("12/", BASE), ("அ", "NotoSansTamil"), (" Anna (", BASE), ("पुराना", "Hind"), (") ", BASE), ("রোড", BASE),
        (" ৳49", BASE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("王伟, 12 深圳", "WangWei, 12 ShenZhen"), ("Дмитрий", "Dmitriy"), ("Asha 🌸👍🏽 Rao", "Asha  Rao"),
        ("№ 5", "No 5"), ("मकान १२।", "मकान १२।"), ("گلی ۱۲،", "گلی 12,"),
        ("e\u0301", "é"), ("a\x00b\nc", "a b c"), ("\ue000\ufe0f\ufeff", ""),
    ],
)  # fmt: skip
def test_what_no_font_has_is_written_in_latin_letters(typed: str, told: str) -> None:
    assert letters.written(typed) == told


@pytest.mark.parametrize(
    "typed", ["\u0378\u0b00\u0dff", "👑", "\U000e0001", "\u09f5\u0932\u09cc", "\u00ad\u09d3\u2028\u0995", "\u093f"]
)
def test_no_name_keeps_a_paper_from_being_made_or_stands_as_a_box(typed: str) -> None:
    as_pdf("A paper", "The shop", typed, [*blocks.header(typed, [typed], typed, [(typed, typed)]), *blocks.note(typed)])
    for run in drawn(typed):
        assert all(run.font.face.charToGlyph.get(ord(glyph), 0) for glyph in run.glyphs)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("12, Church Street", "12, Church Street"),
        ("گلی 12 لاہور", "لاہور 12 گلی"),
        ("Flat 5 (احمد) Rao", "Flat 5 (احمد) Rao"),
        ("احمد (خان) Flat [5]", "Flat [5] (خان) احمد"),
    ],
)
def test_urdu_stands_from_right_to_left_and_brackets_face_it(typed: str, seen: str) -> None:
    assert as_seen(typed, typed) == seen


def test_a_wrapped_line_keeps_the_direction_of_its_text() -> None:
    assert as_seen("Flat 5 احمد", "گلی 12 لاہور Flat 5 احمد") == "احمد Flat 5"


@pytest.mark.parametrize("name", [*NAMES.values(), "Anantapadmanabhaswamytemplestreet"])
def test_a_word_too_long_for_its_line_is_parted_between_letters_that_do_not_join(name: str) -> None:
    look, word = Look(), name.replace(" ", "") * 3
    lines = list(in_lines(word, look, 60))
    assert len(lines) > 1
    assert "".join(lines) == word
    assert all(look.width_of(line) <= 60 for line in lines)
    assert not any(category(line[0]).startswith("M") for line in lines)


def test_the_same_paper_comes_from_processes_that_set_other_names_before() -> None:
    def paper(*before: str) -> bytes:
        forget_fonts()
        for name in before:
            families(name)
        return as_pdf("A paper", "The shop", "", blocks.note(" ".join(NAMES.values())))

    assert paper() == paper(*(name[::-1] for name in reversed(NAMES.values())))
