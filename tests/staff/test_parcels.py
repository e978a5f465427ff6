"""Shipping, handing over and taking back at the desk."""

import re

import pytest

from shop.fulfilment import rider_links
from shop.orders.states import OrderState
from tests.factories import a_variant
from tests.fulfilment.several import a_parcel, bring, parcels, two_parcels
from tests.fulfilment.test_handover import wrong_for
from tests.fulfilment.walk import an_order_that_is, order_of, parcel_of
from tests.staff.desk import flashed, words
from tests.support.shops import ShopClient


@pytest.mark.covers("ORD-05")
@pytest.mark.parametrize(
    ("carrier", "tracking", "says"),
    [
        ("", "BD 1", "Enter who carries it"),
        ("Blue Dart", "", "Enter the tracking number"),
        ("Blue Dart", "<b>", "letters, digits"),
        ("Blue Dart", "९९", "letters, digits"),
        ("Blue Dart", "9" * 61, "at most 60"),
    ],
)
def test_shipping_needs_carrier_and_number_and_keeps_what_was_typed(
    owner: ShopClient, carrier: str, tracking: str, says: str
) -> None:
    order_id = an_order_that_is("packed")
    typed = {"carrier": carrier, "tracking_number": tracking}
    answer = owner.post(f"/staff/parcels/{parcel_of(order_id).id}/shipment", data=typed)
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{carrier}"' in answer.text
    assert order_of(order_id).state == OrderState.PACKED


@pytest.mark.covers("ORD-05")
def test_a_wrong_code_is_refused_and_counted(owner: ShopClient) -> None:
    order_id = an_order_that_is("out_for_delivery")
    url = f"/staff/parcels/{parcel_of(order_id).id}/delivery"
    wrong = wrong_for(parcel_of(order_id).otp)
    answer = owner.post(url, data={"otp": wrong})
    assert answer.status_code == 422
    assert "not the code of this parcel" in words(answer)
    assert f'value="{wrong}"' in answer.text
    assert parcel_of(order_id).otp_failures == 1


@pytest.mark.covers("ORD-05")
def test_after_five_wrong_codes_even_the_right_one_is_refused(owner: ShopClient) -> None:
    order_id = an_order_that_is("out_for_delivery")
    parcel = parcel_of(order_id)
    url, right = f"/staff/parcels/{parcel.id}/delivery", parcel.otp
    for _ in range(5):
        owner.post(url, data={"otp": wrong_for(right)})
    answer = owner.post(url, data={"otp": right})
    assert answer.status_code == 422
    assert "Too many wrong codes" in words(answer)
    assert order_of(order_id).state == OrderState.OUT_FOR_DELIVERY


@pytest.mark.parametrize("otp", ["12345", "1234567", "abcdef", "१२३४५६"])
def test_what_is_no_code_is_not_counted(owner: ShopClient, otp: str) -> None:
    order_id = an_order_that_is("out_for_delivery")
    answer = owner.post(f"/staff/parcels/{parcel_of(order_id).id}/delivery", data={"otp": otp})
    assert answer.status_code == 422
    assert "six digits" in words(answer)
    assert parcel_of(order_id).otp_failures == 0


@pytest.mark.covers("ORD-05")
def test_without_code_and_reason_nothing_is_delivered(owner: ShopClient) -> None:
    order_id = an_order_that_is("out_for_delivery")
    url = f"/staff/parcels/{parcel_of(order_id).id}/delivery"
    assert owner.post(url, data={}).status_code == 422
    assert owner.post(url, data={"override_reason": "Neighbour signed"}).status_code == 303
    assert order_of(order_id).state == OrderState.DELIVERED


@pytest.mark.covers("ORD-03")
def test_a_failed_delivery_is_noted_with_its_reason(owner: ShopClient) -> None:
    order_id = an_order_that_is("out_for_delivery")
    url = f"/staff/parcels/{parcel_of(order_id).id}/failure"
    assert owner.post(url, data={"reason": ""}).status_code == 422
    owner.post(url, data={"reason": "Nobody at home"})
    order = order_of(order_id)
    assert (order.state, order.history[-1].note) == (OrderState.DELIVERY_FAILED, "Nobody at home")
    assert parcel_of(order_id).refused_at is None


@pytest.mark.covers("ORD-03", "PAY-01")
def test_the_owner_says_that_a_parcel_was_not_wanted(owner: ShopClient) -> None:
    order_id = an_order_that_is("out_for_delivery")
    url = f"/staff/parcels/{parcel_of(order_id).id}/failure"
    owner.post(url, data={"reason": "Wants it in blue", "refused": "y"})
    assert parcel_of(order_id).refused_at


@pytest.mark.covers("ORD-03")
def test_a_failed_parcel_is_sent_back(owner: ShopClient) -> None:
    order_id = an_order_that_is("delivery_failed")
    owner.post(f"/staff/parcels/{parcel_of(order_id).id}/return")
    assert order_of(order_id).state == OrderState.RETURNING


def test_a_step_that_somebody_else_took_is_refused_in_words(owner: ShopClient) -> None:
    order_id = an_order_that_is("shipped")
    parcel = parcel_of(order_id).id
    owner.post(f"/staff/parcels/{parcel}/departure")
    owner.post(f"/staff/parcels/{parcel}/departure")
    assert "This parcel is out for delivery" in flashed(owner)


def test_the_code_is_not_shown_to_staff(owner: ShopClient) -> None:
    order_id = an_order_that_is("out_for_delivery")
    code = parcel_of(order_id).otp
    assert code is not None
    assert code not in owner.get(f"/staff/orders/{order_of(order_id).number}").text


@pytest.mark.parametrize("step", ["shipment", "departure", "code", "delivery", "failure", "return"])
def test_a_parcel_that_does_not_exist_is_not_found(owner: ShopClient, step: str) -> None:
    typed = {"carrier": "DTDC", "tracking_number": "1", "otp": "123456", "reason": "Because"}
    assert owner.post(f"/staff/parcels/987654/{step}", data=typed).status_code == 404


@pytest.mark.covers("ORD-05", "ORD-07")
def test_some_of_an_order_is_packed_now_and_the_rest_later(owner: ShopClient) -> None:
    order_id = an_order_that_is("confirmed", a_variant(), quantity=3)
    path, line = f"/staff/orders/{order_of(order_id).number}", order_of(order_id).lines[0].id
    assert "3 left to pack" in words(owner.get(path))
    assert owner.post(f"{path}/parcels", data={f"units-{line}": "2"}).status_code == 303
    page = words(owner.get(path))
    assert "1 left to pack" in page
    assert "Hand it to a carrier" in page
    assert owner.post(f"{path}/parcels", data={f"units-{line}": "1"}).status_code == 303
    assert [parcel.units for parcel in parcels(order_id)] == [2, 1]


@pytest.mark.covers("ORD-05")
@pytest.mark.parametrize("typed", ["0", "-1", "4", "0.5", "1e9", "NaN", "٣", ""])
def test_a_number_that_cannot_be_packed_stays_on_the_page(owner: ShopClient, typed: str) -> None:
    order_id = an_order_that_is("confirmed", a_variant(), quantity=3)
    line = order_of(order_id).lines[0].id
    answer = owner.post(f"/staff/orders/{order_of(order_id).number}/parcels", data={f"units-{line}": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert parcels(order_id) == []


@pytest.mark.covers("ORD-07")
def test_each_parcel_has_its_own_steps_on_the_page_and_a_mistake_stays_with_it(owner: ShopClient) -> None:
    order_id, first, second = two_parcels()
    answer = owner.post(f"/staff/parcels/{second}/shipment", data={"carrier": "DTDC", "tracking_number": ""})
    assert answer.status_code == 422
    assert answer.text.count('value="DTDC"') == 1 + 1  # the field, and the list of carriers
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    bring(first, "shipped", "out_for_delivery", "delivered")
    path = f"/staff/orders/{order_of(order_id).number}"
    assert "Parcel 1: Collect the cash" in words(owner.get(path))
    assert owner.post(f"/staff/parcels/{first}/cash").status_code == 303
    assert "Collect the cash" not in words(owner.get(path))


@pytest.mark.covers("ORD-03")
def test_one_parcel_of_several_is_taken_back(owner: ShopClient) -> None:
    order_id, first, second = two_parcels()
    bring(first, "shipped", "out_for_delivery", "delivery_failed", "returning")
    assert owner.post(f"/staff/parcels/{first}/receipt").status_code == 303
    assert [a_parcel(id).state for id in (first, second)] == ["returned", "packed"]
    assert order_of(order_id).state == OrderState.PACKED


@pytest.mark.covers("ORD-05", "ORD-07")
def test_a_parcel_is_booked_labelled_and_followed_from_the_desk(owner: ShopClient) -> None:
    order_id = an_order_that_is("packed")
    path, parcel = f"/staff/orders/{order_of(order_id).number}", f"/staff/parcels/{parcel_of(order_id).id}"
    assert owner.get(f"{parcel}/tracking").status_code == 404
    owner.post(f"{parcel}/courier", data={"courier": "sandbox"})
    number = parcel_of(order_id).tracking_number
    assert f"fetches it under {number}" in words(owner.get(path))
    assert owner.get(f"{parcel}/label").mimetype == "application/pdf"
    assert "Nothing yet" in words(owner.get(f"{parcel}/tracking"))
    assert owner.post(f"{parcel}/tracking", data={"event": "picked_up"}).status_code == 303
    assert "Picked up" in words(owner.get(f"{parcel}/tracking"))
    assert order_of(order_id).state == OrderState.SHIPPED
    owner.post(f"{parcel}/courier/cancellation")
    assert "has fetched it" in flashed(owner)


@pytest.mark.covers("ORD-05")
def test_the_riders_link_is_on_the_page_while_the_parcel_is_out(owner: ShopClient) -> None:
    order_id = an_order_that_is("out_for_delivery")
    path, parcel = f"/staff/orders/{order_of(order_id).number}", f"/staff/parcels/{parcel_of(order_id).id}"
    link = f"/rider/{rider_links.token_of(parcel_of(order_id))}"
    assert link in owner.get(path).text
    owner.post(f"{parcel}/rider-link/removal")
    assert "The rider has no link just now" in words(owner.get(path))
    owner.post(f"{parcel}/rider-link")
    page = owner.get(path).text
    assert "/rider/" in page
    assert link not in page
