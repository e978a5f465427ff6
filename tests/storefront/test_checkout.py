"""The steps of the checkout, from the outside."""

import re

import pytest
from sqlalchemy import func, select, update

from shop.accounts.models import Address
from shop.catalog.models import Variant
from shop.checkout import drafts
from shop.delivery.models import DeliveryMethod
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.orders.models import Order
from shop.stock.models import StockLevel
from tests.checkout.buying import ADDRESS, total_of
from tests.factories import a_product, a_user, a_variant, list_again
from tests.storefront.shoppers import (
    CONTACT,
    FORM_ADDRESS,
    at_review,
    place,
    shops_as,
    signed_in_with_bag,
    with_bag,
)
from tests.support.statements import BUDGET, statements

STEPS = ("contact", "address", "delivery", "payment", "review")
KEPT = {"email": "asha@example.com", "phone": "+919845012345"}


def orders_made() -> int:
    return db.session.scalar(select(func.count(Order.id))) or 0


@pytest.mark.covers("ORD-01", "ORD-02")
def test_guest_goes_through_every_step_and_orders_with_cash(client):
    with_bag(client)
    assert client.get("/checkout").location == "/checkout/contact"
    assert client.post("/checkout/contact", data=CONTACT).location == "/checkout/address"
    assert client.post("/checkout/address", data=FORM_ADDRESS).location == "/checkout/delivery"
    assert client.post("/checkout/delivery", data={"method": "1"}).location == "/checkout/payment"
    assert client.post("/checkout/payment", data={"method": "cod"}).location == "/checkout/review"
    review = client.get("/checkout/review").text
    hidden = dict(re.findall(r'name="(key|seen_total)" value="([^"]+)"', review))
    done = client.post("/checkout/review", data=hidden)
    order = db.session.scalars(select(Order)).one()
    assert done.location == f"/order/{order.token}/thanks"
    assert order.number in client.get(done.location).text
    assert (order.email, order.phone, order.address["city"]) == ("asha@example.com", "+919845012345", "Bengaluru")


@pytest.mark.parametrize("step", STEPS)
def test_step_without_a_bag_leads_back_to_the_bag(client, step):
    answer = client.get(f"/checkout/{step}")
    assert (answer.status_code, answer.location) == (303, "/cart")


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_step_cannot_be_skipped(client, step):
    with_bag(client)
    assert client.get(f"/checkout/{step}").location == "/checkout/contact"


@pytest.mark.parametrize("step", STEPS[1:4])
def test_a_skipped_step_saves_nothing(client, step):
    guest = with_bag(client)
    assert client.post(f"/checkout/{step}", data=FORM_ADDRESS | {"method": "1"}).location == "/checkout/contact"
    assert drafts.draft_of(guest) == drafts.Draft()


@pytest.mark.parametrize("step", STEPS)
def test_every_step_shows_what_was_answered_and_the_total(client, step):
    at_review(client, a_variant(price=99900))
    text = client.get(f"/checkout/{step}").text
    assert "₹1,078" in text
    assert text.count("<h1") == 1
    assert ("asha@example.com" in text) or step == "contact"


@pytest.mark.parametrize("step", STEPS)
def test_a_step_stays_in_its_budget_of_statements(client, step):
    at_review(client, *(a_variant() for _ in range(6)))
    client.get("/checkout/contact")
    with statements() as seen:
        assert client.get(f"/checkout/{step}").status_code == 200
    assert len([one for one in seen if not one.startswith("PRAGMA")]) <= BUDGET, "\n".join(seen)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", ""),
        ("email", "asha"),
        ("email", "asha@"),
        ("email", "a" * 300 + "@example.com"),
        ("phone", ""),
        ("phone", "12345"),
        ("phone", "+1 202 555 0143"),
        ("phone", "phone"),
        ("phone", "9" * 400),
    ],
)
def test_wrong_contact_is_refused_and_nothing_typed_is_lost(client, field, typed):
    guest = with_bag(client)
    other = "phone" if field == "email" else "email"
    answer = client.post("/checkout/contact", data=CONTACT | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'value="{KEPT[other]}"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert drafts.draft_of(guest).email is None


@pytest.mark.covers("ACC-11")
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("postal_code", ""),
        ("postal_code", "5600"),
        ("postal_code", "٥٦٠٠٠١"),
        ("postal_code", "099999"),
        ("postal_code", "999999"),
        ("house", "   "),
        ("street", "x" * 161),
        ("landmark", "x" * 121),
        ("state", "Atlantis"),
    ],
)
def test_wrong_address_is_refused_and_nothing_typed_is_lost(client, field, typed):
    guest = with_bag(client)
    client.post("/checkout/contact", data=CONTACT)
    answer = client.post("/checkout/address", data=FORM_ADDRESS | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    kept = "house" if field != "house" else "street"
    assert f'value="{FORM_ADDRESS[kept]}"' in answer.text
    assert drafts.draft_of(guest).address is None


@pytest.mark.covers("ACC-11")
def test_city_and_state_left_empty_are_filled_from_the_pincode(client):
    guest = with_bag(client)
    client.post("/checkout/contact", data=CONTACT)
    client.post("/checkout/address", data=FORM_ADDRESS | {"city": "", "state": "", "postal_code": "600 001"})
    address = drafts.draft_of(guest).address
    assert (address["city"], address["state"]) == ("Chennai", "Tamil Nadu")


def test_looking_up_a_pincode_without_script_fills_the_place_and_saves_nothing(client):
    guest = with_bag(client)
    client.post("/checkout/contact", data=CONTACT)
    answer = client.post("/checkout/address", data={"name": "Asha Rao", "postal_code": "600001", "lookup": "1"})
    assert answer.status_code == 200
    assert 'value="Chennai"' in answer.text
    assert 'value="Asha Rao"' in answer.text
    assert drafts.draft_of(guest).address is None


@pytest.mark.covers("ACC-11")
def test_pincode_fragment_fills_city_state_and_post_offices(client):
    text = client.get("/_f/pincode?postal_code=600001").text
    assert 'value="Chennai"' in text
    assert re.search(r"<option selected value=\"Tamil Nadu\"", text)
    assert '<datalist id="post-offices"><option' in text


@pytest.mark.parametrize("typed", ["", "56", "abcdef", "0" * 5000, "%00", "१२३४५६"])
def test_half_a_pincode_changes_nothing(client, typed):
    assert client.get("/_f/pincode", query_string={"postal_code": typed}).status_code == 204


def test_unknown_pincode_says_so(client):
    answer = client.get("/_f/pincode?postal_code=999999")
    assert answer.status_code == 200
    assert "do not know the pincode" in answer.text


@pytest.mark.covers("ORD-01", "ORD-04")
def test_the_cheapest_delivery_is_chosen_beforehand_whatever_the_shop_shows_first(client):
    with_bag(client)
    client.post("/checkout/contact", data=CONTACT)
    client.post("/checkout/address", data=FORM_ADDRESS)
    db.session.execute(update(DeliveryMethod).values(position=-DeliveryMethod.id))
    db.session.commit()
    text = client.get("/checkout/delivery").text
    assert text.index('value="2"') < text.index('value="1"')
    assert re.findall(r'name="method" value="(\d)"[^>]* checked', text) == ["1"]


@pytest.mark.parametrize("typed", ["", "99", "-1", "1; DROP TABLE", "9" * 30])
def test_unknown_delivery_is_refused(client, typed):
    guest = at_review(client)
    answer = client.post("/checkout/delivery", data={"method": typed})
    assert answer.status_code == 422
    assert drafts.draft_of(guest).delivery_method_id == 1


@pytest.mark.parametrize("typed", ["", "bitcoin", "cod" * 900])
def test_unknown_payment_is_refused(client, typed):
    guest = at_review(client, payment="upi")
    assert client.post("/checkout/payment", data={"method": typed}).status_code == 422
    assert drafts.draft_of(guest).payment_method == "upi"


def saved_address(user, **changes):
    values = FORM_ADDRESS | {"label": "Home", "phone": "+919845012345", "country": "IN"} | changes
    address = Address(user_id=user.id, created_at=now(), **values)
    db.session.add(address)
    db.session.flush()
    return address


@pytest.mark.covers("ACC-11")
def test_signed_in_person_picks_a_saved_address(client):
    user = a_user()
    here = signed_in_with_bag(client, user)
    address = saved_address(user, house="7 Lake View")
    client.post("/checkout/contact", data=CONTACT)
    assert "7 Lake View" in client.get("/checkout/address").text
    answer = client.post("/checkout/address/saved", data={"address_id": str(address.id)})
    assert answer.location == "/checkout/delivery"
    assert drafts.draft_of(here).address["house"] == "7 Lake View"


def test_another_persons_saved_address_does_not_exist(client):
    theirs = saved_address(a_user())
    here = signed_in_with_bag(client, a_user())
    client.post("/checkout/contact", data=CONTACT)
    assert client.post("/checkout/address/saved", data={"address_id": str(theirs.id)}).status_code == 404
    assert drafts.draft_of(here).address is None


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40])
def test_senseless_saved_address_is_refused(client, typed):
    signed_in_with_bag(client, a_user())
    client.post("/checkout/contact", data=CONTACT)
    assert client.post("/checkout/address/saved", data={"address_id": typed}).status_code == 422


def test_guest_has_no_saved_addresses(client):
    theirs = saved_address(a_user())
    with_bag(client)
    client.post("/checkout/contact", data=CONTACT)
    assert client.post("/checkout/address/saved", data={"address_id": str(theirs.id)}).status_code == 404


def test_signed_in_person_keeps_a_new_address_for_next_time(client):
    user = a_user()
    signed_in_with_bag(client, user)
    client.post("/checkout/contact", data=CONTACT)
    client.post("/checkout/address", data=FORM_ADDRESS | {"save": "y"})
    kept = db.session.scalars(select(Address).where(Address.user_id == user.id)).one()
    assert (kept.house, kept.phone) == ("12", "+919845012345")


def test_signed_in_person_finds_the_contact_filled_in(client):
    user = a_user("ravi@example.com")
    signed_in_with_bag(client, user)
    assert 'value="ravi@example.com"' in client.get("/checkout/contact").text


@pytest.mark.covers("ORD-01")
def test_double_submit_of_one_page_makes_one_order(client):
    guest = at_review(client)
    first = place(client, guest)
    total = db.session.scalars(select(Order)).one().total.minor
    second = place(client, guest, seen_total=total)
    assert first.location == second.location
    assert orders_made() == 1


def test_second_window_with_a_key_of_its_own_finds_the_bag_empty(client):
    guest = at_review(client)
    place(client, guest)
    answer = place(client, guest, key="another-window-key", seen_total=1)
    assert answer.location == "/cart"
    assert orders_made() == 1


@pytest.mark.covers("ORD-01", "CRT-02")
def test_price_changed_between_bag_and_payment_stops_and_shows_both_totals(client):
    product = a_product(price=200000)
    guest = at_review(client, product.variants[0])
    db.session.execute(update(Variant).where(Variant.product_id == product.id).values(price=Money(230000)))
    list_again(product)
    answer = place(client, guest, seen_total=200000)
    assert answer.status_code == 409
    assert "₹2,000" in answer.text
    assert "₹2,300" in answer.text
    assert orders_made() == 0
    hidden = dict(re.findall(r'name="(key|seen_total)" value="([^"]+)"', answer.text))
    assert client.post("/checkout/review", data=hidden).status_code == 303
    assert db.session.scalars(select(Order)).one().total == Money(230000)


def test_a_forged_total_never_sets_the_price(client):
    guest = at_review(client)
    assert place(client, guest, seen_total=1).status_code == 409
    assert orders_made() == 0


@pytest.mark.covers("ORD-01")
def test_piece_that_sold_out_meanwhile_leads_to_the_bag_which_is_kept(client):
    guest = at_review(client)
    seen = total_of(guest)
    db.session.execute(update(StockLevel).values(reserved=StockLevel.on_hand))
    assert place(client, guest, seen_total=seen).location == "/cart"
    assert orders_made() == 0
    assert client.get("/checkout/review").location == "/cart"
    assert drafts.draft_of(guest).email == "asha@example.com"


@pytest.mark.parametrize(
    "fields",
    [{}, {"key": ""}, {"key": "x" * 500}, {"seen_total": "-5"}, {"seen_total": "9" * 40}, {"seen_total": "१२३"}],
)
def test_senseless_review_form_orders_nothing(client, fields):
    at_review(client)
    answer = client.post("/checkout/review", data={"key": "k" * 20, "seen_total": "1"} | fields if fields else {})
    assert answer.location == "/checkout/review"
    assert orders_made() == 0


def test_card_buyer_is_sent_to_the_bank(client):
    answer = place(client, at_review(client, payment="card"))
    assert answer.status_code == 303
    assert answer.location.startswith("/bank/sbx_")
    assert db.session.scalars(select(Order)).one().payment_standing == "pending"


def test_double_submit_of_a_card_order_goes_to_the_same_bank_page(client):
    guest = at_review(client, payment="card")
    first = place(client, guest)
    second = place(client, guest, seen_total=db.session.scalars(select(Order)).one().total.minor)
    assert first.location == second.location


def test_back_after_ordering_shows_the_bag_page_and_never_orders_again(client):
    place(client, at_review(client))
    assert client.get("/checkout/review").location == "/cart"
    assert client.get("/checkout/payment").location == "/cart"


def test_two_guests_never_see_each_others_answers(client, app):
    at_review(client)
    stranger = app.test_client()
    with_bag(stranger)
    assert "asha@example.com" not in stranger.get("/checkout/contact").text


def test_checkout_pages_are_private_and_not_indexed(client):
    shops_as(client, at_review(client))
    answer = client.get("/checkout/review")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in answer.text


def test_post_from_another_site_is_refused(client):
    guest = with_bag(client)
    answer = client.post("/checkout/contact", data=CONTACT, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert drafts.draft_of(guest).email is None


@pytest.mark.covers("ORD-01")
def test_a_phone_that_is_corrected_later_is_the_one_the_courier_calls(client):
    guest = at_review(client)
    client.post("/checkout/contact", data=CONTACT | {"phone": "98450 99999"})
    place(client, guest)
    order = db.session.scalars(select(Order)).one()
    assert (order.phone, order.address["phone"]) == ("+919845099999", "+919845099999")


@pytest.mark.covers("ORD-01")
def test_the_phone_of_a_saved_address_stays_when_the_buyers_own_is_corrected(client):
    guest = at_review(client)
    drafts.save_address(guest, ADDRESS | {"phone": "+919845077777"})
    db.session.commit()
    client.post("/checkout/contact", data=CONTACT | {"phone": "98450 99999"})
    place(client, guest)
    order = db.session.scalars(select(Order)).one()
    assert (order.phone, order.address["phone"]) == ("+919845099999", "+919845077777")
