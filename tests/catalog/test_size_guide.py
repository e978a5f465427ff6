"""Size tables read by the names of their columns, lengths in two units, and the size that fits like one's own."""

from decimal import Decimal

import pytest

from shop.catalog.size_guide.comparing import Feel, compare, measures_of, nearest
from shop.catalog.size_guide.lengths import inches, length_of, text_in_inches
from shop.catalog.size_guide.tables import Part, SizeTable

pytestmark = pytest.mark.one_engine
SHIRTS = SizeTable(
    ["Size", "For", "Body chest", "Garment chest", "Length", "UK"],
    [
        ["S", "Men", "91", "101", "68", "36"],
        ["M", "Men", "96", "106", "70", "38"],
        ["L", "Men", "102", "112", "72", "40"],
        ["M", "Women", "88", "98", "65", "12"],
    ],
)
JEANS = SizeTable(["Size", "Waist", "Inseam"], [["30", "78", "81"], ["32", "83", "81"], ["34", "88", "81"]])


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("96", "37¾"),
        ("2.54", "1"),
        ("1,9", "¾"),
        ("86–91", "33¾–35¾"),
        ("0", "0"),
        ("free size", "free size"),
        ("", ""),
    ],
)
def test_lengths_are_said_in_quarters_of_an_inch(cell: str, said: str) -> None:
    assert text_in_inches(cell) == said


def test_an_inch_has_two_and_a_half_centimetres_and_a_bit_exactly() -> None:
    """Halves of a quarter go up: 0.3175 cm is an eighth of an inch."""
    assert [inches(Decimal(text)) for text in ("254", "-2.54", "0.3174", "0.3175")] == ["100", "1", "0", "¼"]


@pytest.mark.parametrize(
    ("text", "length"),
    [("52", "52"), (" 52,5 ", "52.5"), ("52.5", "52.5"), ("-3", None), ("1e3", None), ("٥", None), ("", None)],
)
def test_a_length_is_a_number_with_a_point_or_a_comma(text: str, length: str | None) -> None:
    assert length_of(text) == (Decimal(length) if length else None)


@pytest.mark.covers("CAT-01")
def test_a_table_is_told_apart_into_body_garment_and_other_countries() -> None:
    men = SHIRTS.worn_by("men")
    charts = {part: men.chart(part) for part in (Part.BODY, Part.GARMENT, Part.COUNTRIES)}
    assert {part: chart.columns for part, chart in charts.items() if chart} == {
        Part.BODY: ["Size", "Chest"],
        Part.GARMENT: ["Size", "Chest", "Length"],
        Part.COUNTRIES: ["Size", "UK"],
    }
    body, uk = charts[Part.BODY], charts[Part.COUNTRIES]
    assert body.rows[1] == [("M", "M"), ("96", "37¾")]
    assert uk.rows[1] == [("M", "M"), ("38", "38")]


def test_a_table_without_anybodys_rows_is_shown_whole() -> None:
    assert SHIRTS.wearers == ["Men", "Women"]
    everyone = SHIRTS.worn_by("kids").chart(Part.BODY)
    assert everyone.columns == ["Size", "For", "Chest"]
    assert [row[1][0] for row in everyone.rows] == ["Men", "Men", "Men", "Women"]
    assert SizeTable.of({}).chart(Part.BODY) is None
    assert not SizeTable.of(None)


def beside(table: SizeTable, **mine: str):
    """Each size of the table beside a garment with these lengths, in centimetres."""
    measures = {one.key: one for one in measures_of(table)}
    own = {measures[f"my-{name}"]: Decimal(length) for name, length in mine.items()}
    return compare([row[0] for row in table.rows], own)


@pytest.mark.covers("CAT-03")
@pytest.mark.parametrize(
    ("mine", "size", "feel"),
    [
        ({"chest": "106"}, "M", Feel.TRUE),
        ({"chest": "110", "length": "72"}, "L", Feel.TRUE),
        ({"chest": "120"}, "L", Feel.SNUG),
        ({"chest": "90"}, "S", Feel.ROOMY),
        # The chest counts twice: a long shirt stays an M.
        ({"chest": "106", "length": "72"}, "M", Feel.TRUE),
        # One's own is of a far longer cut.
        ({"chest": "106", "length": "95"}, "M", Feel.TRUE),
        ({"length": "95"}, "L", Feel.SNUG),
        ({"length": "30"}, "S", Feel.ROOMY),
        # As near to M as to L: the larger.
        ({"length": "71"}, "L", Feel.TRUE),
    ],
)
def test_the_nearest_size_is_found_in_steps_from_size_to_size(mine: dict[str, str], size: str, feel: Feel) -> None:
    best = nearest(beside(SHIRTS.worn_by("men"), **mine))
    assert (best.size, best.feel) == (size, feel)


@pytest.mark.covers("CAT-03")
def test_differences_are_in_centimetres_and_a_length_all_sizes_share_decides_nothing() -> None:
    best = nearest(beside(JEANS, waist="84", inseam="78"))
    assert best.size == "32"
    assert [(one.measure.name, one.by) for one in best.differences] == [("Waist", -1), ("Inseam", 3)]
    assert best.is_close
    far = nearest(beside(JEANS, waist="100"))
    assert not far.is_close
    assert nearest(beside(JEANS, inseam="78")) is None


def test_what_is_no_plain_length_or_means_several_sizes_is_not_compared() -> None:
    ranges = SizeTable(["Size", "Waist", "Hip"], [["S", "70–74", "90"], ["M", "75–79", "95"]])
    assert [one.name for one in measures_of(ranges)] == ["Hip"]
    assert measures_of(SHIRTS) == []
    assert measures_of(SizeTable()) == []
    assert compare(["XXL"], {measures_of(JEANS)[0]: Decimal(80)}) == []
