"""Records of the store's details: checked, unique in their tax numbers, one in force."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.extensions import db
from shop.lib.errors import NotFound
from shop.store import profiles
from shop.store.errors import BadDetails, CountryFixed, InForce, NumberTaken
from shop.store.models import StoreProfile
from shop.store.profile_rules import checked
from shop.store.profiles import details_of
from shop.store.queries import active_profile, store
from tests.checkout.buying import an_order_id

GSTIN, PAN, OTHER_PAN = "27AAPFU0939F1ZV", "AAPFU0939F", "AAACR5055K"
DETAILS: dict[str, Any] = {
    "name": "Kora", "legal_name": "Kora Retail", "email": "care@kora.example", "country": "IN",
    "address_lines": ["1 Loom Street"],
}  # fmt: skip
SPOILED = {
    "name": " ", "legal_name": "", "email": "kora", "phone": "12", "state": "Dhaka", "address_lines": [],
    "gstin": "27AAPFU0939F1ZX", "pan": "AAPFU0939", "instagram": "http://insecure.example",
    "x": "javascript:alert(1)", "announcement": "a" * 161,
}  # fmt: skip


def in_force() -> StoreProfile:
    return db.session.scalars(active_profile()).one()


@pytest.mark.covers("STO-01")
@pytest.mark.parametrize("name", SPOILED)
def test_a_detail_that_does_not_fit_is_told_at_its_field(name: str):
    with pytest.raises(BadDetails) as refused:
        checked(details_of(None) | DETAILS | {name: SPOILED[name]})
    assert list(refused.value.wrong) == [name]


@pytest.mark.covers("STO-01")
def test_details_are_kept_the_way_they_are_shown():
    typed = {
        "phone": "080 4718 2600",
        "gstin": "27 aapfu0939f1zv",
        "pan": "aapfu0939f",
        "youtube": "https://y.example/k",
    }
    kept = checked(details_of(None) | DETAILS | typed)
    assert (kept["phone"], kept["gstin"], kept["pan"]) == ("+918047182600", GSTIN, PAN)


@pytest.mark.covers("STO-01")
def test_a_detail_is_one_line_because_subjects_of_mails_name_the_shop():
    typed = {"name": "Kora\r\nBcc: all@example.com", "legal_name": "Kora\0 Retail", "address_lines": ["1 Loom\nStreet"]}
    kept = checked(details_of(None) | DETAILS | typed)
    assert (kept["name"], kept["legal_name"]) == ("Kora Bcc: all@example.com", "Kora Retail")
    assert kept["address_lines"] == ["1 Loom Street"]


@pytest.mark.covers("STO-01")
def test_a_gstin_holds_its_pan():
    with pytest.raises(BadDetails) as refused:
        checked(details_of(None) | DETAILS | {"gstin": GSTIN, "pan": OTHER_PAN})
    assert refused.value.wrong == {"pan": ["The GSTIN belongs to another PAN."]}


@pytest.mark.covers("STO-01", "STO-02")
def test_a_store_in_bangladesh_has_its_divisions_and_no_gstin():
    abroad = details_of(None) | DETAILS | {"country": "BD", "state": "Dhaka", "phone": "01712345678"}
    assert checked(abroad)["phone"] == "+8801712345678"
    with pytest.raises(BadDetails) as refused:
        checked(abroad | {"gstin": GSTIN, "state": "Karnataka"})
    assert set(refused.value.wrong) == {"gstin", "state"}


@pytest.mark.covers("STO-01")
@pytest.mark.parametrize(("field", "number"), [("gstin", GSTIN), ("pan", PAN)])
def test_no_two_records_have_one_tax_number(app: Flask, field: str, number: str):
    profiles.create_profile(DETAILS | {field: number})
    with pytest.raises(NumberTaken) as refused:
        profiles.create_profile(DETAILS | {field: number.lower()})
    assert refused.value.field == field
    assert profiles.create_profile(DETAILS).gstin is None


@pytest.mark.covers("STO-01")
def test_another_record_is_put_in_force_in_one_move(app: Flask):
    spare = profiles.create_profile(DETAILS)
    assert (store().name, spare.active_at) == ("True Style", None)
    profiles.activate(spare.id)
    assert (store().name, in_force().id) == ("Kora", spare.id)
    active = select(func.count(StoreProfile.id)).where(StoreProfile.active_at.is_not(None))
    assert db.session.scalar(active) == 1


@pytest.mark.covers("STO-01")
def test_the_record_in_force_cannot_be_deleted(app: Flask):
    spare, active = profiles.create_profile(DETAILS).id, in_force().id
    with pytest.raises(InForce):
        profiles.delete_profile(active)
    profiles.delete_profile(spare)
    with pytest.raises(NotFound):
        profiles.profile(spare)


@pytest.mark.covers("STO-02")
def test_choosing_a_country_brings_its_currency_and_clock(app: Flask):
    record = profiles.change_profile(in_force().id, {"country": "BD", "state": "Dhaka", "phone": ""})
    assert (record.currency, record.time_zone, store().currency) == ("BDT", "Asia/Dhaka", "BDT")


@pytest.mark.covers("STO-02")
def test_after_the_first_order_no_way_leads_to_another_country(app: Flask):
    abroad = profiles.create_profile(DETAILS | {"country": "BD"}).id
    an_order_id()
    for change in (
        lambda: profiles.activate(abroad),
        lambda: profiles.change_profile(in_force().id, {"country": "BD", "state": "", "phone": ""}),
    ):
        with pytest.raises(CountryFixed):
            change()
        db.session.rollback()
    assert store().country == "IN"
    assert profiles.change_profile(abroad, {"country": "IN"}).currency == "INR"
    profiles.activate(abroad)
    assert in_force().id == abroad
