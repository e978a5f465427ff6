"""The owner's page of tax rates."""

from datetime import timedelta

import pytest

from shop.extensions import db
from shop.pricing.models import TaxRate
from shop.pricing.queries import rates
from shop.store.days import today
from tests.support.shops import ShopClient

SOURCE = "60th GST Council meeting"


def typed(days: int, **more: str) -> dict[str, str]:
    day = (today() + timedelta(days=days)).isoformat()
    return {"tax_class": "apparel", "starts_on": day, "low_rate": "7.5", "source": SOURCE} | more


def kept() -> int:
    db.session.commit()
    return db.session.query(TaxRate).filter_by(source=SOURCE).count()


@pytest.mark.covers("ORD-10")
def test_a_new_rate_holds_from_its_day_on_and_those_before_it_stay(owner: ShopClient) -> None:
    before = rates("IN", ["apparel"], today())
    assert owner.post("/staff/taxes", data=typed(30, threshold="3,000", high_rate="20")).status_code == 303
    text = owner.get("/staff/taxes").text
    assert "7.5 % up to ₹3,000 net a piece, else 20 %" in text
    assert SOURCE in text
    db.session.commit()
    assert rates("IN", ["apparel"], today()) == before
    then = rates("IN", ["apparel"], today() + timedelta(days=30))["apparel"]
    assert (then.low_rate, then.high_rate) == (750, 2000)


@pytest.mark.covers("ORD-10")
@pytest.mark.parametrize(
    ("days", "more", "said"),
    [(-1, {}, "Choose today or a later day"), (5, {"low_rate": "101"}, "from 0 to 100"),
     (5, {"low_rate": "7.555"}, "at most two places"), (5, {"low_rate": "NaN"}, "from 0 to 100"),
     (5, {"threshold": "2500"}, "enter both or none"), (5, {"source": " "}, "Name the law")],
)  # fmt: skip
def test_a_rate_that_makes_no_sense_is_refused_and_keeps_what_was_typed(
    owner: ShopClient, days: int, more: dict[str, str], said: str
) -> None:
    answer = owner.post("/staff/taxes", data=typed(days, **more))
    assert (answer.status_code, kept()) == (422, 0)
    assert said in answer.text


@pytest.mark.covers("ORD-10")
def test_only_a_rate_that_is_still_to_come_is_taken_away(owner: ShopClient) -> None:
    owner.post("/staff/taxes", data=typed(30))
    assert owner.post("/staff/taxes", data=typed(30)).status_code == 409
    coming, holding = (db.session.query(TaxRate.id).filter(rule).order_by(TaxRate.starts_on.desc()).first()[0]
                       for rule in (TaxRate.source == SOURCE, TaxRate.source != SOURCE))  # fmt: skip
    owner.post(f"/staff/taxes/{holding}/removal")
    assert "holds already, so it stays" in owner.get("/staff/taxes").text
    assert owner.post(f"/staff/taxes/{coming}/removal").status_code == 303
    assert kept() == 0
    assert db.session.get(TaxRate, holding) is not None


@pytest.mark.covers("ORD-10")
def test_a_slip_in_a_rate_of_today_is_taken_away_the_same_day(owner: ShopClient) -> None:
    before = rates("IN", ["apparel"], today())
    owner.post("/staff/taxes", data=typed(0, low_rate="50"))
    [rate_id] = db.session.query(TaxRate.id).filter_by(source=SOURCE).one()
    path = f"/staff/taxes/{rate_id}/removal"
    assert path in owner.get("/staff/taxes").text
    assert owner.post(path).status_code == 303
    assert kept() == 0
    assert rates("IN", ["apparel"], today()) == before
