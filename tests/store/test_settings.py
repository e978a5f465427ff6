"""Settings: typed, within limits, read once, and each with an effect."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.models import AuditEntry
from shop.lib.unit_of_work import unit_of_work
from shop.store.models import SettingValue
from shop.store.setting_services import save_settings, set_value
from shop.store.setting_types import Choice, Whole, YesNo
from shop.store.settings import FEW_LEFT, GROUPS, RESERVATION_MINUTES, SETTINGS, value_of
from tests.support.settings import nothing_is_set
from tests.support.statements import statements

COUNT = Whole("count", "Count", 5, "Counts.", unit="pieces", minimum=0, maximum=10)
FLAG = YesNo("flag", "Flag", True, "Flags.")
PICK = Choice("pick", "Pick", "some", "Picks.", choices=(("none", "Nobody"), ("some", "Some")))


@pytest.fixture(autouse=True)
def _as_new(app: Flask) -> None:
    nothing_is_set()


def kept() -> dict[str, object]:
    return {row.key: row.value for row in db.session.scalars(select(SettingValue))}


@pytest.mark.covers("STO-03")
@pytest.mark.parametrize(
    ("setting", "good", "bad"),
    [
        (COUNT, [0, 10], [-1, 11, True, "5", 5.0, None, [5]]),
        (FLAG, [True, False], [1, 0, "yes", None]),
        (PICK, ["none", "some"], ["all", 1, None, ""]),
    ],
)
def test_a_setting_takes_only_values_of_its_kind_within_its_limits(setting, good, bad):
    assert all(setting.fits(value) and setting.read(value) == value for value in good)
    assert not any(setting.fits(value) for value in bad)
    assert all(setting.read(value) == setting.default for value in bad)


@pytest.mark.covers("STO-03")
def test_every_setting_is_explained_and_its_default_fits(app):
    for setting in SETTINGS.values():
        assert setting.fits(setting.default), setting.key
        assert setting.title, setting.key
        assert setting.effect.endswith("."), setting.key
        assert setting.words(setting.default)
    assert len(SETTINGS) == sum(len(group.settings) for group in GROUPS)


@pytest.mark.covers("STO-03")
def test_a_saved_value_holds_at_once_and_the_default_leaves_no_row(app):
    assert value_of(RESERVATION_MINUTES) == 30
    assert save_settings({RESERVATION_MINUTES.key: 45, FEW_LEFT.key: 5}) == [RESERVATION_MINUTES.key]
    assert value_of(RESERVATION_MINUTES) == 45
    assert kept() == {RESERVATION_MINUTES.key: 45}
    set_value(RESERVATION_MINUTES, 30)
    assert (value_of(RESERVATION_MINUTES), kept()) == (30, {})


@pytest.mark.covers("STO-03")
def test_a_value_outside_its_limits_is_refused_and_nothing_is_saved(app):
    with pytest.raises(ShopError) as refused:
        save_settings({FEW_LEFT.key: 3, RESERVATION_MINUTES.key: 4})
    assert refused.value.field == RESERVATION_MINUTES.key
    assert kept() == {}


@pytest.mark.covers("STO-03")
def test_a_value_from_before_its_limits_counts_as_never_set(app):
    db.session.add(SettingValue(key=RESERVATION_MINUTES.key, value=9999))
    db.session.flush()
    assert value_of(RESERVATION_MINUTES) == 30


@pytest.mark.covers("STO-03", "OPS-03")
def test_what_is_saved_together_is_logged_change_by_change(app):
    save_settings({FEW_LEFT.key: 3, RESERVATION_MINUTES.key: 60})
    logged = db.session.execute(
        select(AuditEntry.record_id, AuditEntry.after).where(AuditEntry.table_name == "setting_value")
    )
    assert {row.record_id: row.after["value"] for row in logged} == {FEW_LEFT.key: 3, RESERVATION_MINUTES.key: 60}


@pytest.mark.covers("STO-03")
def test_all_settings_cost_a_request_one_statement_at_most_and_readers_none(app):
    with app.app_context(), unit_of_work(), statements() as asked:
        assert (value_of(RESERVATION_MINUTES), value_of(FEW_LEFT)) == (30, 5)
    assert len([statement for statement in asked if "setting_value" in statement]) == 1
    with app.app_context(), unit_of_work(read_only=True):
        value_of(FEW_LEFT)
    with app.app_context(), unit_of_work(read_only=True), statements() as asked:
        value_of(RESERVATION_MINUTES)
    assert not [statement for statement in asked if "setting_value" in statement]
