"""The order desk."""

import pytest
from sqlalchemy import select

from shop.extensions import db
from shop.insights.queries.orders import orders_by
from shop.lib.money import Money
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.payments.refunds import Wanted, refund
from shop.promotions.rules import Kind
from shop.store.days import today
from tests.checkout.buying import a_ready_buyer, an_order, an_order_id, order_by, pay
from tests.checkout.test_store_credit import a_buyer_with
from tests.factories import a_customer, a_user, a_variant
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, parcel_of, step
from tests.promotions.making import a_coupon
from tests.staff.desk import as_role, flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements


def number_of(order_id: int) -> str:
    return order_of(order_id).number


@pytest.mark.covers("ORD-07")
def test_the_list_shows_every_order_with_its_state(owner: ShopClient) -> None:
    numbers = [number_of(an_order_that_is(state)) for state in ("placed", "packed")]
    page = words(owner.get("/staff/orders"))
    assert all(number in page for number in numbers)
    assert "Payment pending Cash on delivery Packed" in page


def a_free_order() -> int:
    a_coupon(None, value=10_000)
    a_coupon(None, kind=Kind.FREE_DELIVERY, value=0)
    return order_by(a_ready_buyer(a_variant()), key="free")


@pytest.mark.covers("ORD-07", "PAY-05")
def test_the_list_says_every_way_an_order_is_paid(owner: ShopClient) -> None:
    pay(order_by(a_buyer_with(25000)))
    order_by(a_buyer_with(25000, payment="cod"), key="two")
    page = words(owner.get("/staff/orders"))
    assert "Paid Store credit + Card Confirmed" in page
    assert "Payment pending Store credit + Cash on delivery Placed" in page
    person = order_of(db.session.scalars(select(Order.id)).first() or 0).user_id
    assert "Store credit + Ca" in words(owner.get(f"/staff/customers/{person}"))


@pytest.mark.covers("ORD-07", "PAY-05")
def test_an_order_says_what_came_in_what_went_back_and_where_to(owner: ShopClient) -> None:
    order_id = order_by(a_buyer_with(25000))
    path = f"/staff/orders/{number_of(order_id)}"
    assert "Came in ₹250 Still to pay ₹1,249" in words(owner.get(path))
    pay(order_id)
    act(refund, order_of(order_id), Wanted("A loose seam", amount=Money(130000)), OWNER)
    page = words(owner.get(path))
    assert "Came in ₹1,499 Went back ₹51 On its way back ₹1,249" in page
    assert ("Refund as store credit" in page, "Refund to Card Test card ···· 4242" in page) == (True, True)
    form = words(owner.get(f"{path}/refund"))
    assert "paid: Store credit ₹250, card ₹1,249. ₹199 of it can still go back." in form
    cash = number_of(order_by(a_buyer_with(25000, payment="cod"), key="two"))
    assert "Came in ₹250 The courier still collects ₹1,249" in words(owner.get(f"/staff/orders/{cash}"))


@pytest.mark.covers("ORD-07", "PRO-02")
def test_what_costs_nothing_was_not_paid_with_credit(owner: ShopClient) -> None:
    number = number_of(a_free_order())
    row = words(owner.get("/staff/orders?method=none"))
    assert f"{number} " in row
    assert "Nothing to pay Confirmed" in row
    assert number not in words(owner.get("/staff/orders?method=credit"))
    page = words(owner.get(f"/staff/orders/{number}"))
    assert "Nothing was to be paid" in page
    assert [one.code for one in orders_by("method", today(), today())] == ["none"]
    assert "Nothing to pay 1" in words(owner.get("/staff/orders/statistics"))


@pytest.mark.covers("ORD-07")
def test_a_view_shows_only_what_waits_for_that_step(owner: ShopClient) -> None:
    to_confirm, to_ship = number_of(an_order_that_is("placed")), number_of(an_order_that_is("packed"))
    page = words(owner.get("/staff/orders?view=ship"))
    assert to_ship in page
    assert to_confirm not in page


@pytest.mark.covers("ORD-07")
@pytest.mark.parametrize("text", ["ASHA@example", "98450", "asha rao", "ORD-"])
def test_orders_are_found_by_number_name_mail_and_phone(owner: ShopClient, text: str) -> None:
    number = number_of(an_order_that_is("placed"))
    assert number in words(owner.get("/staff/orders", query_string={"q": text}))


@pytest.mark.covers("ORD-07")
@pytest.mark.parametrize(
    "query", ["method=card", "payment=paid", "until=2020-01-01", "since=2090-01-01", "q=nobody%25"]
)
def test_filters_leave_out_what_does_not_fit(owner: ShopClient, query: str) -> None:
    number = number_of(an_order_that_is("placed"))
    page = words(owner.get(f"/staff/orders?{query}"))
    assert number not in page
    assert "No order fits" in page


@pytest.mark.parametrize(
    "query",
    ["view=nonsense", "payment='", "since=yesterday", "page=-1", "page=99999999999", "q=%00",
     "since=0001-01-01", "until=9999-12-31"],
)  # fmt: skip
def test_an_odd_address_still_answers(owner: ShopClient, query: str) -> None:
    assert owner.get(f"/staff/orders?{query}").status_code == 200


def test_the_list_costs_the_same_for_many_orders(owner: ShopClient) -> None:
    for _ in range(4):
        an_order(a_variant(), a_variant())
    with statements() as seen:
        owner.get("/staff/orders")
    assert len(seen) <= BUDGET


def test_an_order_page_costs_the_same_for_many_lines(owner: ShopClient) -> None:
    visitor = a_customer(a_user())
    order_id = an_order(a_variant(), a_variant(), a_variant(), payment="card", visitor=visitor).id
    pay(order_id)
    step(order_id, "packed", "shipped", "out_for_delivery")
    number = number_of(order_id)
    owner.get("/staff/orders")
    with statements() as seen:
        assert owner.get(f"/staff/orders/{number}").status_code == 200
    assert len(seen) <= BUDGET


@pytest.mark.covers("ORD-03", "ORD-07")
def test_a_cash_order_is_walked_to_the_cash(owner: ShopClient) -> None:
    order_id = an_order_that_is("placed")
    number = number_of(order_id)
    owner.post(f"/staff/orders/{number}/confirmation")
    owner.post(f"/staff/orders/{number}/parcels")
    parcel = f"/staff/parcels/{parcel_of(order_id).id}"
    owner.post(f"{parcel}/shipment", data={"carrier": "Delhivery", "tracking_number": "DL-77"})
    owner.post(f"{parcel}/departure")
    owner.post(f"{parcel}/delivery", data={"otp": parcel_of(order_id).otp})
    assert owner.post(f"/staff/orders/{number}/cash").status_code == 303
    order = order_of(order_id)
    assert (order.state, order.payment_standing) == (OrderState.DELIVERED, "paid")
    page = words(owner.get(f"/staff/orders/{number}"))
    assert "Delhivery DL-77" in page
    assert "Handed over against the code" in page
    assert "by Meera Nair" in page


@pytest.mark.parametrize("state", ["placed", "confirmed", "packed", "shipped", "out_for_delivery", "delivery_failed",
                                   "returning", "delivered"])  # fmt: skip
def test_each_state_shows_one_next_step(owner: ShopClient, state: str) -> None:
    page = owner.get(f"/staff/orders/{number_of(an_order_that_is(state))}").text
    assert page.count('id="next-step-title"') == 1
    assert page.count('class="button" type="submit"') == 1


@pytest.mark.covers("ORD-03")
def test_what_came_back_is_taken_back(owner: ShopClient) -> None:
    order_id = an_order_that_is("returning")
    assert owner.post(f"/staff/orders/{number_of(order_id)}/receipt").status_code == 303
    assert order_of(order_id).state == OrderState.RETURNED
    assert parcel_of(order_id).state == "returned"


@pytest.mark.covers("ORD-03")
def test_cancelling_needs_a_reason_and_keeps_it(owner: ShopClient) -> None:
    order_id = an_order_that_is("packed")
    number = number_of(order_id)
    refused = owner.post(f"/staff/orders/{number}/cancellation", data={"reason": "  "})
    assert refused.status_code == 422
    assert "Write a short reason" in words(refused)
    assert order_of(order_id).state == OrderState.PACKED
    owner.post(f"/staff/orders/{number}/cancellation", data={"reason": "Customer called"})
    assert order_of(order_id).history[-1].note == "Customer called"


def test_two_owners_at_once_confirm_once(owner: ShopClient) -> None:
    number = number_of(an_order_that_is("placed"))
    owner.post(f"/staff/orders/{number}/confirmation")
    owner.post(f"/staff/orders/{number}/confirmation")
    assert "This order is confirmed, so it cannot become confirmed." in flashed(owner)
    order = db.session.query(Order).filter_by(number=number).one()
    assert [row.to_state for row in order.history] == ["placed", "confirmed"]


def test_an_unpaid_card_order_says_it_waits(owner: ShopClient) -> None:
    number = number_of(an_order_id(payment="card"))
    assert "Waiting for payment" in words(owner.get(f"/staff/orders/{number}"))
    owner.post(f"/staff/orders/{number}/confirmation")
    assert "not paid yet" in flashed(owner)


@pytest.mark.parametrize("path", ["/staff/orders/ORD-1999-0001", "/staff/orders/%00", "/staff/customers/99999999"])
def test_what_does_not_exist_is_not_found(owner: ShopClient, path: str) -> None:
    assert owner.get(path).status_code == 404


def test_support_sees_orders_but_moves_nothing(client: ShopClient) -> None:
    number = number_of(an_order_that_is("placed"))
    support = as_role(client, "support")
    page = support.get(f"/staff/orders/{number}")
    assert page.status_code == 200
    assert "Confirm order" not in page.text
    assert "Cancel this order" not in page.text
    assert support.post(f"/staff/orders/{number}/confirmation").status_code == 403
