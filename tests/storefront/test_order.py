"""An order behind its secret link."""

import pytest
from sqlalchemy import select

from shop.aftersales.services import cancel_order
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.models import Parcel
from shop.lib.actor import SYSTEM
from shop.orders.models import Order
from shop.orders.services import move_order
from shop.orders.states import OrderState
from shop.stock.models import StockLevel
from tests.checkout.buying import an_order, pay
from tests.factories import a_user, a_variant, sign_in
from tests.fulfilment.several import a_parcel, bring, two_parcels
from tests.storefront.shoppers import at_review, place
from tests.support.statements import BUDGET, statements


def link_of(order: Order) -> str:
    return f"/order/{order.token}"


def sent_out(order: Order) -> Parcel:
    """The order with its courier at the door."""
    move_order(order, OrderState.CONFIRMED, SYSTEM)
    parcel = fulfilment.pack_order(order, SYSTEM)
    fulfilment.ship_parcel(parcel, "Blue Dart", "BD123456789IN", SYSTEM)
    fulfilment.send_out(parcel, SYSTEM)
    db.session.commit()
    return parcel


def from_here(client):
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.mark.covers("ORD-02", "OPS-06")
def test_secret_of_a_link_is_not_written_into_the_log(client, capsys):
    order = an_order()
    assert client.get(link_of(order)).status_code == 200
    assert client.get(f"{link_of(order)}/payment").status_code < 400
    written = capsys.readouterr().out
    assert f"path=/order/{order.token[:4]}…/payment" in written
    assert order.token not in written


@pytest.mark.covers("ORD-02", "ORD-04")
def test_link_shows_timeline_lines_totals_and_address(client):
    order = an_order(a_variant(name="Camp shirt", price=159900))
    text = client.get(link_of(order)).text
    assert "Order placed" in text
    assert "Out for delivery" in text
    assert "Camp shirt" in text
    assert "₹1,599" in text
    assert "GST" in text
    assert "12, Church Street" in text


def test_link_is_not_indexed_and_not_kept_by_the_browser(client):
    order = an_order()
    answer = client.get(link_of(order))
    assert '<meta name="robots" content="noindex">' in answer.text
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["", "/thanks", "/payment"])
def test_wrong_token_is_404(client, path):
    an_order()
    assert client.get(f"/order/nobody{path}").status_code == 404


@pytest.mark.parametrize("path", ["/cancellation", "/payment"])
def test_wrong_token_changes_nothing(client, path):
    order = an_order()
    assert from_here(client).post(f"/order/nobody{path}", data={"method": "upi"}).status_code == 404
    assert order.state == "placed"


def test_thanks_of_an_unpaid_order_leads_to_its_payment(client):
    order = an_order(payment="card")
    assert client.get(f"{link_of(order)}/thanks").location == f"{link_of(order)}/payment"


def test_thanks_tells_when_it_arrives_and_what_the_courier_gets(client):
    guest = at_review(client, a_variant(price=199900))
    text = client.get(place(client, guest).location).text
    assert "₹1,999 ready for the courier" in text
    assert "asha@example.com" in text


@pytest.mark.covers("ORD-05")
def test_code_is_shown_only_while_the_courier_is_on_the_way(client):
    order = an_order()
    assert "otp-card" not in client.get(link_of(order)).text
    parcel = sent_out(order)
    code = parcel.otp
    text = client.get(link_of(order)).text
    assert f"{code[:3]} {code[3:]}" in text
    assert "Blue Dart, BD123456789IN" in text
    fulfilment.deliver_parcel(parcel, SYSTEM, otp=code)
    assert "otp-card" not in client.get(link_of(order)).text


@pytest.mark.covers("ORD-06")
def test_buyer_cancels_and_the_stock_comes_back(client):
    order = an_order(a_variant(units=3))
    link = link_of(order)
    assert db.session.scalars(select(StockLevel.reserved)).one() == 1
    answer = from_here(client).post(f"{link}/cancellation", data={"reason": "Ordered twice"})
    assert answer.location == link
    db.session.expire_all()
    assert db.session.get_one(Order, order.id).state == "cancelled"
    assert db.session.scalars(select(StockLevel.reserved)).one() == 0
    assert "Ordered twice" in client.get(link).text


@pytest.mark.covers("ORD-06")
def test_cancelled_paid_order_shows_its_refund(client):
    order = an_order(payment="card")
    link = link_of(order)
    pay(order.id)
    from_here(client).post(f"{link}/cancellation")
    assert "Refund" in client.get(link).text


def test_shipped_order_cannot_be_cancelled(client):
    order = an_order()
    sent_out(order)
    assert "/cancellation" not in client.get(link_of(order)).text
    answer = from_here(client).post(f"{link_of(order)}/cancellation")
    assert answer.status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Order, order.id).state == "out_for_delivery"


def test_endless_reason_is_refused_and_kept(client):
    order = an_order()
    answer = from_here(client).post(f"{link_of(order)}/cancellation", data={"reason": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.text
    assert order.state == "placed"


def test_reason_is_never_markup(client):
    order = an_order()
    cancel_order(order, SYSTEM, "<script>alert(1)</script>")
    assert "<script>alert" not in client.get(link_of(order)).text


def test_unpaid_order_can_be_paid_from_its_link(client):
    order = an_order(payment="upi")
    assert f"{link_of(order)}/payment" in client.get(link_of(order)).text
    assert from_here(client).post(f"{link_of(order)}/payment").location.startswith("/bank/")


def test_cash_order_has_no_payment_page(client):
    order = an_order()
    assert client.get(f"{link_of(order)}/payment").location == f"{link_of(order)}/thanks"


def test_paid_order_offers_no_second_payment(client):
    order = an_order(payment="card")
    link = link_of(order)
    pay(order.id)
    answer = from_here(client).post(f"{link}/payment", data={"method": "upi"})
    assert answer.location == f"{link}/thanks"


@pytest.mark.covers("ORD-02")
def test_signed_in_person_claims_a_guests_order_by_its_link(client):
    order, user = an_order(), a_user()
    sign_in(from_here(client), user)
    client.post(f"{link_of(order)}/claim")
    db.session.expire_all()
    assert db.session.get_one(Order, order.id).user_id == user.id


def test_order_that_has_an_owner_is_not_given_away(client):
    order, owner, thief = an_order(), a_user(), a_user()
    order.user_id = owner.id
    sign_in(from_here(client), thief)
    client.post(f"{link_of(order)}/claim")
    db.session.expire_all()
    assert db.session.get_one(Order, order.id).user_id == owner.id


def test_order_page_stays_in_its_budget_however_many_lines(client):
    order = an_order(*(a_variant() for _ in range(8)))
    sent_out(order)
    link = link_of(order)
    with statements() as seen:
        assert client.get(link).status_code == 200
    assert len([one for one in seen if not one.startswith("PRAGMA")]) <= BUDGET, "\n".join(seen)


def test_cancelled_unpaid_order_promises_no_money_back(client):
    order = an_order()
    from_here(client).post(f"{link_of(order)}/cancellation")
    text = client.get(link_of(order)).text
    assert "Your order is cancelled." in text
    assert "What you paid" not in text


def test_phone_number_is_shown_in_groups(client):
    assert "+91 98450 12345" in client.get(link_of(an_order())).text


def test_thanks_of_an_order_that_left_the_shop_leads_to_its_progress(client):
    order = an_order()
    sent_out(order)
    assert client.get(f"{link_of(order)}/thanks").location == link_of(order)


@pytest.mark.covers("PAY-02")
def test_buyer_who_came_back_without_paying_may_choose_cash(client):
    order = an_order(payment="card")
    payment_page = f"{link_of(order)}/payment"
    client.post(payment_page)
    assert "Pay another way" in client.get(payment_page).text
    client.post(payment_page, data={"method": "cod"})
    db.session.rollback()
    assert db.session.scalars(select(Order)).one().payment_method == "cod"


@pytest.mark.covers("ORD-04", "ORD-05")
def test_each_of_several_parcels_has_its_timeline_its_code_and_its_cash(client):
    order_id, first, second = two_parcels()
    bring(first, "shipped", "out_for_delivery")
    order, codes = db.session.get_one(Order, order_id), [a_parcel(id).otp for id in (first, second)]
    link = link_of(order)
    client.get(link)
    with statements() as seen:
        text = client.get(link).text
    assert "Parcel 1" in text
    assert "Parcel 2" in text
    assert text.count("otp-card__code") == 1
    assert f"{codes[0][:3]} {codes[0][3:]}" in text
    assert "₹2,498 ready for this parcel" in text
    assert f"BD {first}" in text
    assert len([one for one in seen if not one.startswith("PRAGMA")]) <= BUDGET, "\n".join(seen)
