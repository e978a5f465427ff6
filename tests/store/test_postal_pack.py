"""The packed Indian postal directory that fills city and state from a pincode."""

import json
import re

import pytest

from shop.store.postal_pack import INDIA, PostalRow, read_pack
from tools.postal.build import packed_rows
from tools.postal.names import district_name, office_name


@pytest.fixture(scope="module")
def rows() -> list[PostalRow]:
    return list(read_pack())


def states() -> list[dict[str, str]]:
    return json.loads((INDIA.parent / "india-states.json").read_text())


def office(code: int, name: str, **facts: str | None) -> dict[str, str | int | None]:
    place = {"District": "PUNE", "State": "MAHARASHTRA", "Division": "Pune City", "BranchType": "BO"}
    return {"Pincode": code, "Name": name, **place, **facts}


@pytest.mark.covers("ACC-11")
def test_the_whole_country_is_there(rows: list[PostalRow]) -> None:
    assert len(rows) == 19_584
    assert sum(len(row.offices) for row in rows) == 165_544


@pytest.mark.covers("ACC-11")
def test_a_known_pincode_names_its_place(rows: list[PostalRow]) -> None:
    koramangala = next(row for row in rows if row.code == "560034")
    assert (koramangala.district, koramangala.state) == ("Bengaluru Urban", "Karnataka")
    assert koramangala.offices[0] == "Koramangala"


def test_codes_are_six_digits_rising_and_unique(rows: list[PostalRow]) -> None:
    codes = [row.code for row in rows]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[1-9]\d{5}", code) for code in codes)


def test_every_row_has_a_district_offices_and_an_official_state(rows: list[PostalRow]) -> None:
    assert all(row.district and row.offices for row in rows)
    assert {row.state for row in rows} == {state["name"] for state in states()}


def test_no_place_is_shouted(rows: list[PostalRow]) -> None:
    assert {row.district for row in rows if row.district.isupper()} == {"NTR"}


def test_states_have_unique_codes() -> None:
    assert len(states()) == 36
    assert len({state["iso"] for state in states()}) == len({state["gst"] for state in states()}) == 36
    assert all(re.fullmatch(r"IN-[A-Z]{2}", s["iso"]) and re.fullmatch(r"\d\d", s["gst"]) for s in states())


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Rampur B.O", "Rampur"),
        ("BASWAPUR BO", "Baswapur"),
        ("Bengaluru G.P.O.", "Bengaluru GPO"),
        ("Jogia  B.O (Alauli S.O)", "Jogia (Alauli)"),
        ("Mehatpur SO Jalandhar", "Mehatpur (Jalandhar)"),
        ("Antri (Gwalior", "Antri (Gwalior)"),
        ("Crpf Kadarpur SO", "CRPF Kadarpur"),
        ("Chak 20 GG B.O", "Chak 20 GG"),
    ],
)
def test_offices_lose_their_kind_and_their_capitals(written: str, clean: str) -> None:
    assert office_name(written) == clean


def test_a_district_is_named_by_its_state() -> None:
    assert district_name("AURANGABAD", "Maharashtra") == "Chhatrapati Sambhajinagar"
    assert district_name("AURANGABAD", "Bihar") == "Aurangabad"


def test_the_commonest_district_wins_and_head_offices_come_first() -> None:
    offices = [office(411004, "Zari B.O"), office(411004, "Arale B.O", District="SATARA")]
    offices += [office(411004, "Zari B.O"), office(411004, "Deccan H.O", BranchType="HO")]
    assert list(packed_rows(offices)) == [("411004", "Pune", "Maharashtra", ["Deccan", "Arale", "Zari"])]


def test_a_code_without_district_gets_its_divisions() -> None:
    nowhere = office(411078, "Katraj S.O", District=None, State=None)
    assert ("411078", "Pune", "Maharashtra", ["Katraj"]) in packed_rows([office(411004, "Deccan"), nowhere])


def test_the_directory_is_read_row_by_row() -> None:
    first = next(read_pack())
    assert first.code == "110001"
    assert "Connaught Place" in first.offices
