"""A part paid before the courier gets the rest: two tenders of one order, whatever happens to either."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.aftersales.services import cancel_order, receive_parcel
from shop.catalog.models import Variant
from shop.checkout.cash import part_of
from shop.checkout.errors import NoCash
from shop.checkout.proposals import why_fixed
from shop.checkout.queries import summary_of
from shop.checkout.services import expire_order, pay_another_way
from shop.checkout.services.overriding import override_cash
from shop.checkout.trust import Answer
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.errors import NotPaidYet
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import parcels_of
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.lib.actor import OPERATOR, SYSTEM
from shop.lib.clock import now
from shop.lib.money import ZERO, Money, total
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.notifications.catalogue import MAIL_OF
from shop.notifications.letters.to_buyers import write_cancelled
from shop.notifications.wording import word
from shop.operations.audit import audit
from shop.orders.events import OrderCancelled
from shop.orders.models import Order
from shop.payments.queries import cash_agreed
from shop.promotions.credit.queries import balance_of
from shop.store.cash_settings import CASH_FEE, CASH_PART, CASH_POINTS, CASH_POINTS_CODE, CASH_POINTS_PART, CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.checkout.buying import CARD_REFUSED, a_ready_buyer, an_order_id, order_by, pay, tenders
from tests.checkout.in_parts import (
    FEE,
    PART,
    PRICE,
    REST,
    a_cash_buyer_with,
    an_order_in_parts,
    ask_for_parts,
    begun,
    charge,
    stands,
)
from tests.factories import a_customer, a_user, a_variant
from tests.fulfilment.walk import order_of
from tests.notifications.letterbox import mail, text
from tests.staff.desk import words
from tests.storefront.shoppers import place, shops_as
from tests.support.outbox import run_outbox
from tests.support.settings import shows
from tests.support.shops import ShopClient


@pytest.fixture
def part_first(app: Flask) -> None:
    ask_for_parts()


@shows(CASH_PART)
@pytest.mark.covers("PAY-01", "STO-03")
def test_the_part_is_the_owners_share_and_delivery_at_least_in_whole_paise(app: Flask) -> None:
    assert part_of(Money(PRICE), ZERO) == Money(PART)
    assert [part_of(Money(minor), ZERO).minor for minor in (2, 3, 12, 13)] == [0, 1, 2, 3]
    assert part_of(Money(20000), Money(4900)) == Money(4900)
    assert part_of(Money(4900), Money(9900)) == Money(4900)
    set_value(CASH_PART, 50)
    assert part_of(Money(PRICE), ZERO) == Money(PRICE // 2)


@shows(CASH_POINTS_PART)
@pytest.mark.covers("PAY-01", "STO-03")
def test_points_or_the_owners_word_ask_for_a_part(app: Flask) -> None:
    user_id = (user := a_user()).id
    buyer = a_ready_buyer(a_variant(price=PRICE), visitor=a_customer(user))
    set_value(CASH_WEIGHED, True)
    assert summary_of(buyer).part == ZERO
    override_cash(user_id, Answer.PART_FIRST)
    assert summary_of(buyer).part == Money(PART)
    override_cash(user_id, None)
    for limit in (CASH_POINTS, CASH_POINTS_CODE):
        set_value(limit, 60)
    set_value(CASH_POINTS_PART, 50)
    assert (summary_of(buyer).part, summary_of(buyer).cash_refusal) == (Money(PART), None)
    set_value(CASH_POINTS_PART, 51)
    assert (summary_of(buyer).part, summary_of(buyer).cash_refusal is None) == (ZERO, False)


@pytest.mark.covers("PAY-01", "PAY-06")
@pytest.mark.usefixtures("part_first")
def test_the_order_waits_for_its_part_and_goes_on_with_the_rest_in_cash() -> None:
    order_id = an_order_in_parts(units=3)
    assert (order_of(order_id).waits_for_payment, order_of(order_id).unpaid_until is None) == (True, False)
    assert tenders(order_id) == [("card", "pending", PART)]
    run_outbox()
    told = text(mail("order_placed"))
    assert "waiting for ₹300, the part you pay first" in told
    assert "₹1,200" in told
    assert "once it is there" in (why_fixed(order_of(order_id)) or "")
    db.session.rollback()
    with unit_of_work(), pytest.raises(NotPaidYet):
        fulfilment.confirm_order(db.session.get_one(Order, order_id), OPERATOR)
    assert pay(order_id) == "paid"
    assert stands(order_id) == ("confirmed", "pending", "cod")
    assert tenders(order_id) == [("card", "paid", PART), ("cod", "pending", REST)]
    assert (order_of(order_id).waits_for_payment, order_of(order_id).unpaid_until) == (False, None)
    with unit_of_work():
        order = db.session.get_one(Order, order_id)
        for units in (1, 2):
            fulfilment.pack_units(order, {order.lines[0].id: units}, OPERATOR)
    order = order_of(order_id)
    assert total(list(cash_by_parcel(order, rows(parcels_of(order_id))).values())) == cash_agreed(order) == Money(REST)
    assert audit() == []


@pytest.mark.covers("ORD-08", "PAY-06")
@pytest.mark.usefixtures("part_first")
def test_what_the_courier_collects_makes_the_order_paid() -> None:
    order_id = an_order_in_parts()
    pay(order_id)
    deliver(order_id)
    with unit_of_work():
        fulfilment.collect_cash(db.session.get_one(Order, order_id), OPERATOR)
    assert stands(order_id) == ("delivered", "paid", "cod")
    assert tenders(order_id)[1] == ("cod", "paid", REST)
    assert audit() == []


def deliver(order_id: int, is_taken: bool = True) -> None:
    """Pack the order, send it out, and hand it over, or bring it back."""
    db.session.rollback()
    with unit_of_work():
        fulfilment.pack_order(db.session.get_one(Order, order_id), OPERATOR)
    parcel_id = db.session.scalars(select(Parcel.id).where(Parcel.order_id == order_id)).one()
    db.session.rollback()
    with unit_of_work():
        parcel = db.session.get_one(Parcel, parcel_id)
        fulfilment.ship_parcel(parcel, "Sandbox courier", "AWB1", OPERATOR)
        fulfilment.send_out(parcel, OPERATOR)
        if is_taken:
            fulfilment.deliver_parcel(parcel, OPERATOR, override_reason="Known at the door")
            return
        fulfilment.fail_delivery(parcel, "Did not want it", OPERATOR, is_refused=True)
        fulfilment.start_return(parcel, OPERATOR)
        receive_parcel(parcel, OPERATOR)


@pytest.mark.covers("ORD-06", "PAY-05")
@pytest.mark.usefixtures("part_first")
@pytest.mark.parametrize("is_cancelled", [True, False], ids=["cancelled", "refused at the door"])
def test_the_part_of_an_order_that_is_not_sold_goes_back(is_cancelled: bool) -> None:
    order_id = an_order_in_parts()
    pay(order_id)
    if is_cancelled:
        with unit_of_work():
            cancel_order(db.session.get_one(Order, order_id), SYSTEM, "Changed my mind")
    else:
        deliver(order_id, is_taken=False)
    db.session.rollback()
    assert audit() == []
    run_outbox()
    assert stands(order_id)[1] == "refunded"
    assert [tender[1] for tender in tenders(order_id)] == ["paid", "cancelled"]
    assert audit() == []


@pytest.mark.covers("PAY-01")
@pytest.mark.usefixtures("part_first")
def test_a_part_that_is_refused_is_paid_another_way_or_the_whole_is() -> None:
    set_value(CASH_FEE, FEE)
    order_id = an_order_in_parts()
    assert (pay(order_id, CARD_REFUSED), stands(order_id)) == ("failed", ("placed", "failed", "cod"))
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), "cod", "upi")
    assert tenders(order_id)[1:] == [("upi", "pending", PART)]
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), "card")
    assert tenders(order_id)[2:] == [("card", "pending", PRICE)]
    assert (order_of(order_id).prepaid, order_of(order_id).payment_fee) == (ZERO, ZERO)
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), "cod", "card")
    assert pay(order_id) == "paid"
    assert tenders(order_id)[3:] == [("card", "paid", PART), ("cod", "pending", REST + FEE)]
    assert audit() == []


@pytest.mark.covers("PAY-02")
@pytest.mark.usefixtures("part_first")
@pytest.mark.parametrize(
    ("now_by", "ends"),
    [("cod", ("confirmed", "pending", "cod")), ("card", ("placed", "pending", "card"))],
)
def test_a_part_that_comes_late_counts_and_the_rest_is_asked_for_as_chosen_by_then(
    now_by: str, ends: tuple[str, str, str]
) -> None:
    order_id = an_order_in_parts()
    first = begun(order_id)
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), now_by)
    assert charge(order_id, first) == "paid"
    assert stands(order_id) == ends
    assert tenders(order_id)[-1] == (now_by, "pending", REST)
    db.session.rollback()
    run_outbox()
    assert audit() == []


@pytest.mark.covers("PAY-02")
@pytest.mark.usefixtures("part_first")
def test_a_card_that_was_charged_before_cash_was_chosen_pays_the_whole_order() -> None:
    set_value(CASH_FEE, FEE)
    order_id = an_order_id(a_variant(price=PRICE), payment="card")
    first = begun(order_id)
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), "cod")
    assert charge(order_id, first) == "paid"
    assert stands(order_id) == ("confirmed", "paid", "card")
    assert (order_of(order_id).total, order_of(order_id).prepaid) == (Money(PRICE), ZERO)
    assert audit() == []


@pytest.mark.covers("INV-03", "PAY-02")
@pytest.mark.usefixtures("part_first")
@pytest.mark.parametrize("is_sold_out", [False, True])
def test_an_order_that_ran_out_of_time_is_taken_on_by_its_part_if_goods_are_there(is_sold_out: bool) -> None:
    variant_id = (variant := a_variant(price=PRICE, units=1)).id
    order_id = an_order_in_parts(variant)
    first = begun(order_id)
    with unit_of_work():
        db.session.get_one(Order, order_id).unpaid_until = now()
    assert expire_order(order_id)
    if is_sold_out:
        an_order_id(db.session.get_one(Variant, variant_id), payment="card")
    assert charge(order_id, first) == "paid"
    run_outbox()
    if is_sold_out:
        assert stands(order_id) == ("cancelled", "refunded", "cod")
    else:
        assert stands(order_id) == ("confirmed", "pending", "cod")
        assert tenders(order_id)[1:] == [("cod", "pending", REST)]
    assert audit() == []


@pytest.mark.covers("PAY-05")
@pytest.mark.usefixtures("part_first")
def test_store_credit_counts_as_paid_before() -> None:
    buyer = a_cash_buyer_with(10000)
    some = order_by(buyer)
    assert tenders(some) == [("credit", "paid", 10000), ("card", "pending", PART - 10000)]
    pay(some)
    assert tenders(some)[2:] == [("cod", "pending", REST)]
    enough = order_by(a_cash_buyer_with(PART), key="key-2")
    assert tenders(enough) == [("credit", "paid", PART), ("cod", "pending", REST)]
    assert (stands(enough), order_of(enough).waits_for_payment) == (("placed", "pending", "cod"), False)
    unpaid = order_by(a_cash_buyer_with(20000), key="key-3")
    with unit_of_work():
        db.session.get_one(Order, unpaid).unpaid_until = now()
    assert expire_order(unpaid)
    assert balance_of(order_of(unpaid).user_id) == Money(20000)
    assert audit() == []


@pytest.mark.covers("PAY-01")
def test_without_a_way_to_pay_before_there_is_no_cash_for_whoever_owes_a_part(
    part_first: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.checkout.cash.paid_before", dict)
    with pytest.raises(NoCash):
        an_order_in_parts()


@pytest.mark.covers("ORD-01", "PAY-01")
@pytest.mark.usefixtures("part_first")
def test_the_pages_say_what_is_paid_now_and_what_at_the_door(client: ShopClient) -> None:
    buyer = shops_as(client, a_ready_buyer(a_variant(price=PRICE), payment="card"))
    assert "Pay ₹300 first, and the rest to the courier." in words(client.get("/checkout/payment"))
    refused = client.post("/checkout/payment", data={"method": "cod", "part_method": "cod"})
    assert refused.status_code == 422
    client.post("/checkout/payment", data={"method": "cod", "part_method": "card"})
    review = words(client.get("/checkout/review"))
    assert "You pay now ₹300 You pay the courier ₹1,200" in review
    assert "Pay ₹300 now" in review
    bank_page = place(client, buyer).location
    assert bank_page.startswith("/bank/")
    order = db.session.scalars(select(Order)).one()
    order_id, link = order.id, f"/order/{order.token}"
    assert "Cash on delivery: ₹300 first, then ₹1,200 to the courier" in words(client.get(link))
    assert "Continue with ₹300" in words(client.get(f"{link}/payment"))
    pay(order_id)
    assert client.get(f"{link}/payment").location == f"{link}/thanks"
    assert "Please have ₹1,200 ready for the courier" in words(client.get(f"{link}/thanks"))
    taken_on = words(client.get(link))
    assert "Card ₹300 paid, ₹1,200 to the courier" in taken_on
    assert "The ₹300 you paid goes back" in taken_on
    client.post(f"{link}/cancellation")
    cancelled = words(client.get(link))
    assert ("What you paid goes back" in cancelled, "to the courier" in cancelled) == (True, False)
    letter = write_cancelled(OrderCancelled(order_id))
    assert letter
    assert "What you paid goes back" in word(MAIL_OF[OrderCancelled], letter).text


@pytest.mark.covers("PAY-01")
@pytest.mark.usefixtures("part_first")
def test_whoever_never_reached_the_bank_is_asked_for_the_part_alone_and_how_it_is_paid(client: ShopClient) -> None:
    page = client.get(f"/order/{order_of(an_order_in_parts()).token}/payment")
    assert ("Pay ₹300" in words(page), "Continue with ₹300" in words(page)) == (True, True)
    assert 'name="part_method"' in page.text
