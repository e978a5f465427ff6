"""The owner's page of settings."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from shop.extensions import db
from shop.lib.models import AuditEntry
from shop.store.cash_settings import CASH_FEE, CASH_NOT_TO
from shop.store.models import SettingValue
from shop.store.setting_services import set_value
from shop.store.settings import FEW_LEFT, GUEST_CHECKOUT, RESERVATION_MINUTES, SETTINGS
from tests.staff.desk import as_role, flashed, words
from tests.support.settings import nothing_is_set
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

PAGE = "/staff/settings"


@pytest.fixture(autouse=True)
def _as_new(app: Flask) -> None:
    nothing_is_set()


def kept() -> dict[str, object]:
    db.session.rollback()
    return {row.key: row.value for row in db.session.scalars(select(SettingValue))}


def fields(owner: ShopClient) -> dict[str, str]:
    """What the page's form sends when nobody touches it."""
    text = owner.get(PAGE).text
    typed = dict(re.findall(r'name="([a-z_]+)"[^>]* value="([^"]*)"', text))
    chosen = dict(re.findall(r'<select [^>]*name="([a-z_]+)".*?value="(\w+)" selected', text, re.S))
    seen = dict(re.findall(r'name="(seen-[a-z_]+)" value="([^"]*)"', text))
    return {name: value for name, value in (typed | chosen | seen).items() if name != "csrf_token"}


@pytest.mark.covers("STO-03")
def test_every_setting_is_there_with_effect_unit_limits_and_default(owner: ShopClient) -> None:
    with statements() as seen:
        page = owner.get(PAGE)
    assert len(seen) <= BUDGET
    for setting in SETTINGS.values():
        for word in (setting.title, setting.effect, f"Default: {setting.words(setting.default)}."):
            assert word in words(page), setting.key
    assert "From 5 to 1440." in words(page)
    assert "Changed" not in words(page)


@pytest.mark.covers("STO-03")
def test_owner_saves_settings_and_sees_what_was_changed(owner: ShopClient) -> None:
    owner.post(PAGE, data=fields(owner) | {"few_left": "3", "guest_checkout": "no"})
    assert flashed(owner) == "Saved: Buying without an account, Say how many are left."
    assert kept() == {FEW_LEFT.key: 3, GUEST_CHECKOUT.key: False}
    page = words(owner.get(PAGE))
    assert page.count("Changed") == 2
    assert "Back to 5 pieces" in page
    assert "Back to Yes" in page


@pytest.mark.covers("STO-03", "OPS-03")
def test_one_save_is_one_request_in_the_audit_log(owner: ShopClient) -> None:
    owner.post(PAGE, data=fields(owner) | {"few_left": "3", "new_days": "7"})
    logged = select(AuditEntry.request_id).where(AuditEntry.table_name == "setting_value")
    requests = db.session.scalars(logged).all()
    assert len(requests) == 2
    assert len(set(requests)) == 1


@pytest.mark.covers("STO-03")
@pytest.mark.parametrize("typed", ["4", "1441", "", "many", "1e2", "٣٠", "-30", "30.5"])
def test_a_value_outside_the_limits_is_told_and_nothing_typed_is_lost(owner: ShopClient, typed: str) -> None:
    answer = owner.post(PAGE, data=fields(owner) | {"reservation_minutes": typed, "few_left": "7"})
    assert answer.status_code == 422
    assert "Time to pay: enter a whole number from 5 to 1440." in words(answer)
    assert f'value="{typed}"' in answer.text
    assert re.search(r'name="few_left"[^>]* value="7"', answer.text)
    assert kept() == {}


@pytest.mark.covers("STO-03")
@pytest.mark.parametrize("typed", ["true", "1", "", "Yes"])
def test_a_yes_or_no_is_one_of_the_two(owner: ShopClient, typed: str) -> None:
    answer = owner.post(PAGE, data=fields(owner) | {"guest_checkout": typed})
    assert answer.status_code == 422
    assert "choose one of the list" in words(answer)
    assert kept() == {}


@pytest.mark.covers("STO-03")
def test_two_owners_who_save_different_settings_both_keep_theirs(owner: ShopClient) -> None:
    seen_by_both = fields(owner)
    owner.post(PAGE, data=seen_by_both | {"few_left": "3"})
    owner.post(PAGE, data=seen_by_both | {"new_days": "7"})
    assert kept() == {"few_left": 3, "new_days": 7}


@pytest.mark.covers("STO-03")
def test_a_setting_goes_back_to_its_default(owner: ShopClient) -> None:
    set_value(RESERVATION_MINUTES, 90)
    set_value(FEW_LEFT, 3)
    owner.post(f"{PAGE}/few_left/default")
    assert flashed(owner) == "Saved: Say how many are left."
    assert kept() == {RESERVATION_MINUTES.key: 90}
    owner.post(f"{PAGE}/few_left/default")
    assert "Nothing was changed." in flashed(owner)
    assert owner.post(f"{PAGE}/no_such/default").status_code == 404


@pytest.mark.covers("STO-03")
def test_enter_in_a_field_saves_and_resets_nothing(owner: ShopClient) -> None:
    set_value(FEW_LEFT, 3)
    text = owner.get(PAGE).text
    buttons = [text.index('form="settings"'), text.index("formaction=")]
    assert buttons == sorted(buttons)


@pytest.mark.covers("STO-03", "ACC-12")
def test_the_team_does_not_change_settings(client: ShopClient) -> None:
    as_role(client, "staff")
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data={"few_left": "3"}).status_code == 403
    assert kept() == {}


@pytest.mark.covers("STO-03")
def test_amounts_and_areas_are_typed_as_people_write_them(owner: ShopClient) -> None:
    owner.post(PAGE, data=fields(owner) | {"cash_fee": "₹49.50", "cash_not_to": "560001  5600*", "cash_most": "0"})
    assert kept() == {CASH_FEE.key: 4950, CASH_NOT_TO.key: "5600*, 560001"}
    page = owner.get(PAGE)
    assert 'value="49.50"' in page.text
    assert "Back to no fee" in words(page)
    owner.post(PAGE, data=fields(owner) | {"cash_fee": "0"})
    assert CASH_FEE.key not in kept()
    for typed, said in (({"cash_fee": "1,000.01"}, "enter an amount. From 0 to ₹1,000."), ({"cash_fee": "x"}, "amount"),
                        ({"cash_not_to": "560"}, "560 is none: write 560001")):  # fmt: skip
        refused = owner.post(PAGE, data=fields(owner) | typed)
        assert (refused.status_code, said in words(refused)) == (422, True)


@pytest.mark.covers("STO-03", "PAY-01")
def test_points_of_cash_on_delivery_that_would_never_count_are_refused(owner: ShopClient) -> None:
    refused = owner.post(PAGE, data=fields(owner) | {"cash_points_code": "60"})
    said = "Enter at most 40: “Points for cash on delivery” decides from there on."
    assert (refused.status_code, said in words(refused), kept()) == (422, True, {})
    assert owner.post(PAGE, data=fields(owner) | {"cash_points_part": "21"}).status_code == 422
    assert owner.post(PAGE, data=fields(owner) | {"cash_points": "80", "cash_points_code": "60"}).status_code == 303
    assert kept() == {"cash_points": 80, "cash_points_code": 60}
