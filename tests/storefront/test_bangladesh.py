"""A shop in Bangladesh, from the bag to the thanks."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalog.models import Product
from shop.extensions import db
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.store.errors import CountryFixed
from shop.store.queries import store
from tests.factories import a_variant
from tests.store.moving import shop_in
from tests.storefront.shoppers import with_bag
from tests.support.shops import ShopClient

CONTACT = {"email": "rahim@example.com", "phone": "01712-345678"}
ADDRESS = {"name": "Rahim Uddin", "house": "12", "street": "Road 7", "landmark": "", "postal_code": "1212", "city": "",
           "state": ""}  # fmt: skip
WALLET, CODE = {"number": "01712 345678"}, {"code": "123456"}


@pytest.fixture
def guest(app: Flask, client: ShopClient) -> ShopClient:
    """A guest with something in the bag that costs ৳1,000."""
    shop_in("BD")
    with_bag(client, a_variant(price=100000))
    return client


def the_order() -> Order:
    db.session.expire_all()
    return db.session.scalars(select(Order)).one()


def order(guest: ShopClient, method: str) -> Any:
    """Go through every step and place the order; the answer to the last."""
    assert guest.post("/checkout/contact", data=CONTACT).location == "/checkout/address"
    assert guest.post("/checkout/address", data=ADDRESS).location == "/checkout/delivery"
    assert guest.post("/checkout/delivery", data={"method": "1"}).location == "/checkout/payment"
    assert guest.post("/checkout/payment", data={"method": method}).location == "/checkout/review"
    hidden = dict(re.findall(r'name="(key|seen_total)" value="([^"]+)"', guest.get("/checkout/review").text))
    return guest.post("/checkout/review", data=hidden)


@pytest.mark.covers("STO-02", "ORD-02")
def test_a_guest_buys_with_cash_on_delivery(guest: ShopClient) -> None:
    placed = order(guest, "cod")
    kept = the_order()
    assert placed.location == f"/order/{kept.token}/thanks"
    assert (kept.currency, kept.phone, kept.address["country"]) == ("BDT", "+8801712345678", "BD")
    assert (kept.address["city"], kept.address["state"]) == ("Dhaka", "Dhaka")
    assert (kept.tax_added.minor, kept.tax_contained.minor, kept.total.minor) == (10790, 0, 118690)
    text = guest.get(placed.location).text
    assert "৳1,186.90" in text
    assert "VAT" in text
    assert audit() == []


@pytest.mark.covers("STO-02", "PAY-02")
@pytest.mark.parametrize("method", ["bkash", "nagad", "rocket"])
def test_a_guest_pays_from_a_wallet_with_its_code(guest: ShopClient, method: str) -> None:
    bank = order(guest, method).location
    assert "Wallet number" in guest.get(bank).text
    assert guest.post(f"{bank}/wallet", data=WALLET).location == bank
    assert "wallet ending in 5678" in guest.get(bank).text
    assert "not right" in guest.post(f"{bank}/code", data={"code": "654321"}).text
    back = guest.get(guest.post(f"{bank}/code", data=CODE).location)
    kept = the_order()
    assert back.location == f"/order/{kept.token}/thanks"
    assert (kept.state, kept.payment_standing) == ("confirmed", "paid")
    payment = db.session.scalars(select(Payment)).one()
    assert (payment.method, payment.last_four, payment.currency) == (method, "5678", "BDT")
    assert f"{payment.brand}, paid" in guest.get(back.location).text
    assert audit() == []


@pytest.mark.covers("STO-02", "PAY-02")
def test_a_refused_wallet_keeps_the_order_and_offers_the_ways_of_the_country(guest: ShopClient) -> None:
    bank = order(guest, "bkash").location
    back = guest.get(guest.post(f"{bank}/wallet", data={"number": "01700000002"}).location)
    assert the_order().state == "placed"
    for method in ("bkash", "nagad", "rocket", "card", "cod"):
        assert f'value="{method}"' in back.text
    assert 'value="upi"' not in back.text


@pytest.mark.covers("STO-02", "PAY-02")
@pytest.mark.parametrize(("number", "said"), [("01712345679", "Only test"), ("0171", "11 digits"), ("", "Enter the")])
def test_a_number_without_a_wallet_pays_nothing(guest: ShopClient, number: str, said: str) -> None:
    bank = order(guest, "bkash").location
    answer = guest.post(f"{bank}/wallet", data={"number": number})
    assert answer.status_code == 422
    assert said in answer.text
    assert guest.post(f"{bank}/upi", data={"upi_id": "success@sandbox"}).status_code == 422
    assert the_order().payment_standing == "pending"


@pytest.mark.covers("STO-02", "ACC-11")
def test_the_address_form_speaks_of_postcodes_and_divisions(guest: ShopClient) -> None:
    guest.post("/checkout/contact", data=CONTACT)
    text = guest.get("/checkout/address").text
    for word in ("Postcode", "Division", "Choose a division", "4 digits", ">Mymensingh<"):
        assert word in text
    assert "Karnataka" not in text
    assert 'value="Chittagong" selected' in re.sub(r"selected value=\"(\w+)\"", r'value="\1" selected',
                                                   guest.get("/_f/pincode?postal_code=4100").text)  # fmt: skip
    assert "A postcode has 4 digits" in guest.post("/checkout/address", data=ADDRESS | {"postal_code": "560001"}).text
    unknown = ADDRESS | {"postal_code": "9999", "city": "Cumilla"}
    assert guest.post("/checkout/address", data=unknown).location == "/checkout/delivery"


@pytest.mark.covers("STO-02")
def test_an_indian_number_is_refused_with_the_countrys_words(guest: ShopClient) -> None:
    answer = guest.post("/checkout/contact", data=CONTACT | {"phone": "98450 12345"})
    assert answer.status_code == 422
    assert "mobile number of Bangladesh" in answer.text
    upi = guest.post("/checkout/contact", data=CONTACT)
    assert upi.location == "/checkout/address"


@pytest.mark.covers("STO-02")
def test_pages_show_taka_and_the_countrys_ways_to_pay(guest: ShopClient) -> None:
    bag = guest.get("/cart").text
    assert "৳1,000" in bag
    assert "Pay by bKash, Nagad, Rocket, card or cash on delivery." in bag
    for mark in ("bKash", "Nagad", "Rocket", "Cards"):
        assert f'<span class="badge">{mark}</span>' in bag
    product = guest.get(f"/p/{db.session.scalars(select(Product.slug)).first()}").text
    assert "Pay by bKash, Nagad, Rocket, card or cash on delivery" in product
    assert "₹" not in bag + product + guest.get("/").text + guest.get("/search?q=tee").text


@pytest.mark.covers("STO-02")
def test_answers_given_in_another_country_are_asked_again(app: Flask, client: ShopClient) -> None:
    with_bag(client)
    client.post("/checkout/contact", data={"email": "asha@example.com", "phone": "98450 12345"})
    client.post("/checkout/address", data=ADDRESS | {"postal_code": "560001"})
    shop_in("BD")
    assert client.get("/checkout/review").location == "/checkout/address"


@pytest.mark.covers("STO-02")
def test_after_the_first_order_the_country_stays(guest: ShopClient) -> None:
    order(guest, "cod")
    with pytest.raises(CountryFixed):
        shop_in("IN")
    db.session.rollback()
    assert (the_order().currency, store().currency) == ("BDT", "BDT")
