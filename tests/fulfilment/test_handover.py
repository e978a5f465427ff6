"""The code that the customer knows and the courier asks for."""

import pytest
from flask import Flask
from sqlalchemy import text

from shop.extensions import db
from shop.fulfilment import services
from shop.fulfilment.errors import CodeUsedUp, ProofMissing, WrongCode
from shop.orders.states import OrderState
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, parcel_of, step


def wrong_for(code: str | None) -> str:
    return "000001" if code != "000001" else "000002"


@pytest.mark.covers("ORD-05")
def test_out_for_delivery_makes_a_six_digit_code(app: Flask) -> None:
    code = parcel_of(an_order_that_is("out_for_delivery")).otp
    assert code is not None
    assert len(code) == 6
    assert code.isdigit()


def test_the_code_is_kept_encrypted(app: Flask) -> None:
    order_id = an_order_that_is("out_for_delivery")
    kept = db.session.execute(text("SELECT otp FROM parcel WHERE order_id = :id"), {"id": order_id}).scalar_one()
    assert (parcel_of(order_id).otp or "?").encode() not in bytes(kept)


@pytest.mark.covers("ORD-05")
def test_delivered_needs_the_code_and_clears_it(app: Flask) -> None:
    order_id = an_order_that_is("out_for_delivery")
    act(services.deliver_parcel, parcel := parcel_of(order_id), OWNER, otp=parcel.otp)
    assert order_of(order_id).state == OrderState.DELIVERED
    assert parcel_of(order_id).otp is None


@pytest.mark.covers("ORD-05")
def test_a_wrong_code_delivers_nothing(app: Flask) -> None:
    order_id = an_order_that_is("out_for_delivery")
    parcel = parcel_of(order_id)
    with pytest.raises(WrongCode):
        act(services.deliver_parcel, parcel, OWNER, otp=wrong_for(parcel.otp))
    assert order_of(order_id).state == OrderState.OUT_FOR_DELIVERY


@pytest.mark.covers("ORD-05")
def test_without_a_code_a_reason_is_needed_and_kept(app: Flask) -> None:
    order_id = an_order_that_is("out_for_delivery")
    with pytest.raises(ProofMissing):
        act(services.deliver_parcel, parcel_of(order_id), OWNER, otp=" ", override_reason=" ")
    act(services.deliver_parcel, parcel_of(order_id), OWNER, override_reason="Phone was lost")
    assert order_of(order_id).history[-1].note == "Handed over without the code: Phone was lost"


@pytest.mark.covers("ORD-05")
def test_after_five_tries_the_code_no_longer_counts_until_a_new_one_is_sent(app: Flask) -> None:
    order_id = an_order_that_is("out_for_delivery")
    for _ in range(5):
        act(services.take_attempt, parcel_of(order_id))
    with pytest.raises(CodeUsedUp):
        act(services.take_attempt, parcel_of(order_id))
    act(services.renew_code, parcel_of(order_id), OWNER)
    act(services.take_attempt, parcel_of(order_id))
    assert parcel_of(order_id).otp_failures == 1


@pytest.mark.covers("ORD-03", "ORD-05")
def test_the_next_try_has_a_new_code(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    order_id = an_order_that_is("out_for_delivery")
    old = parcel_of(order_id).otp
    monkeypatch.setattr("secrets.randbelow", lambda _top: int(wrong_for(old)))
    step(order_id, "delivery_failed")
    assert parcel_of(order_id).otp is None
    step(order_id, "out_for_delivery")
    assert parcel_of(order_id).otp == wrong_for(old)
