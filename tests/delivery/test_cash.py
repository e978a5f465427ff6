"""Where cash on delivery is offered and what it costs."""

import pytest
from flask import Flask

from shop.delivery.cash import CashTerms, cash_terms
from shop.delivery.zones import Place
from shop.lib.money import Money
from shop.store.cash_settings import CASH_FEE, CASH_MOST, CASH_NOT_TO
from shop.store.setting_services import set_value
from tests.support.settings import shows

HERE, FAR = Place("560034"), Place("744101")


@pytest.mark.covers("ORD-01")
def test_by_itself_cash_on_delivery_is_offered_everywhere_without_a_fee(app: Flask) -> None:
    assert cash_terms(FAR, Money(99999999)) == CashTerms()


@shows(CASH_FEE, CASH_MOST, CASH_NOT_TO)
@pytest.mark.covers("ORD-01", "STO-03")
def test_the_owner_says_what_it_costs_up_to_which_amount_and_where_not(app: Flask) -> None:
    set_value(CASH_FEE, 4900)
    set_value(CASH_MOST, 500000)
    set_value(CASH_NOT_TO, "7441*, 560100-560103")
    assert cash_terms(HERE, Money(500000)) == CashTerms(Money(4900))
    assert cash_terms(HERE, Money(500001)).refusal == "Cash on delivery is for orders up to ₹5,000."
    assert cash_terms(FAR, Money(1)).refusal == "There is no cash on delivery to 744101."
    assert cash_terms(Place("560101"), Money(1)).is_offered is False
    assert cash_terms(None, Money(1)).is_offered


@pytest.mark.covers("STO-03")
@pytest.mark.parametrize(
    ("setting", "good", "bad"),
    [(CASH_FEE, [0, 100, 100_000], [-1, 100_001, 4.5, "4", True, None]),
     (CASH_NOT_TO, ["", "560001", "5600*, 560001-560103"], ["5600", "abc", "9" * 7000, 560001, None])],
)  # fmt: skip
def test_amounts_and_areas_take_only_what_they_are(app: Flask, setting, good, bad) -> None:
    assert all(setting.fits(value) for value in good)
    assert not any(setting.fits(value) for value in bad)
