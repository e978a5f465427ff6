"""The sandbox bank's page, and coming back from it."""

import pytest
from sqlalchemy import select, text

from shop.extensions import db
from shop.orders.models import Order
from shop.payments.errors import GatewayAway
from shop.payments.gateways.sandbox.gateway import SandboxGateway
from shop.payments.models import Payment, SandboxIntent
from tests.storefront.shoppers import at_review, place
from tests.support.statements import BUDGET, statements

CARD = {"number": "4242 4242 4242 4242", "holder": "Asha Rao", "expiry": "08/39", "cvv": "123"}
REFUSED, CODE, SILENT = "4000 0000 0000 0002", "4000 0000 0000 3220", "4000 0000 0000 0341"


def at_the_bank(client, method="card"):
    """A buyer whose browser was just sent to the bank; returns the page's address."""
    return place(client, at_review(client, payment=method)).location


def the_order() -> Order:
    db.session.expire_all()
    return db.session.scalars(select(Order)).one()


def comes_back(client, answer):
    """Follow the bank's redirect to the shop."""
    assert answer.location == f"/order/{the_order().token}/payment"
    return client.get(answer.location)


@pytest.mark.covers("PAY-02")
def test_bank_page_says_it_is_a_sandbox_and_lists_its_numbers(client):
    text = client.get(at_the_bank(client)).text
    assert "moves no money" in text
    assert all(number in text for number in ("4242 4242 4242 4242", REFUSED, CODE, SILENT))


@pytest.mark.covers("PAY-02", "ORD-03")
def test_good_card_pays_and_confirms_the_order(client):
    bank = at_the_bank(client)
    back = comes_back(client, client.post(f"{bank}/card", data=CARD))
    order = the_order()
    assert back.location == f"/order/{order.token}/thanks"
    assert (order.state, order.payment_standing) == ("confirmed", "paid")
    assert "Card, paid" in client.get(back.location).text


@pytest.mark.covers("PAY-04")
def test_of_a_card_holder_expiry_and_the_banks_own_name_are_kept(client):
    bank = at_the_bank(client)
    comes_back(client, client.post(f"{bank}/card", data=CARD))
    payment = db.session.scalars(select(Payment)).one()
    assert (payment.last_four, payment.holder, payment.expires) == ("4242", "Asha Rao", "08/2039")
    assert payment.token.startswith("sbt_")
    kept = db.session.execute(text("SELECT * FROM payment, sandbox_intent")).one()
    assert not [value for value in kept if payment.token in str(value) or "4242424242424242" in str(value)]


@pytest.mark.covers("PAY-02")
def test_refused_card_keeps_the_order_and_offers_other_ways(client):
    bank = at_the_bank(client)
    back = comes_back(client, client.post(f"{bank}/card", data=CARD | {"number": REFUSED}))
    assert back.status_code == 200
    assert "did not go through" in back.text
    assert 'value="upi"' in back.text
    assert the_order().state == "placed"


@pytest.mark.covers("PAY-02")
def test_card_with_a_second_step_asks_for_the_code(client):
    bank = at_the_bank(client)
    assert client.post(f"{bank}/card", data=CARD | {"number": CODE}).location == bank
    assert 'autocomplete="one-time-code"' in client.get(bank).text
    wrong = client.post(f"{bank}/code", data={"code": "000000"})
    assert wrong.status_code == 422
    assert the_order().payment_standing == "pending"
    comes_back(client, client.post(f"{bank}/code", data={"code": "123456"}))
    assert the_order().payment_standing == "paid"


@pytest.mark.covers("PAY-02")
def test_bank_that_never_answers_leaves_the_order_waiting(client):
    bank = at_the_bank(client)
    back = comes_back(client, client.post(f"{bank}/card", data=CARD | {"number": SILENT}))
    assert "still waiting" in back.text
    assert "Check again" in back.text
    assert the_order().state == "placed"
    assert client.post(f"/order/{the_order().token}/payment").location == bank


@pytest.mark.parametrize(
    ("upi_id", "standing"), [("success@sandbox", "paid"), ("fail@sandbox", "failed"), ("silent@sandbox", "pending")]
)
def test_upi_ids_do_what_the_page_says(client, upi_id, standing):
    bank = at_the_bank(client, "upi")
    comes_back(client, client.post(f"{bank}/upi", data={"upi_id": upi_id}))
    assert the_order().payment_standing == standing


def test_buyer_who_turns_back_at_the_bank_may_try_again(client):
    bank = at_the_bank(client)
    comes_back(client, client.post(f"{bank}/refusal"))
    again = client.post(f"/order/{the_order().token}/payment", data={"method": "upi"})
    assert again.location.startswith("/bank/sbx_")
    assert again.location != bank
    comes_back(client, client.post(f"{again.location}/upi", data={"upi_id": "success@sandbox"}))
    assert (the_order().payment_standing, the_order().payment_method) == ("paid", "upi")


def test_refused_card_can_become_cash_on_delivery(client):
    bank = at_the_bank(client)
    comes_back(client, client.post(f"{bank}/card", data=CARD | {"number": REFUSED}))
    answer = client.post(f"/order/{the_order().token}/payment", data={"method": "cod"})
    assert answer.location == f"/order/{the_order().token}/thanks"
    assert client.get(answer.location).status_code == 200


@pytest.mark.covers("PAY-04")
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("number", ""),
        ("number", "4242 4242 4242 4241"),
        ("number", "5555 5555 5555 4444"),
        ("number", "1" * 400),
        ("number", "४२४२४२४२४२४२४२४२"),
        ("holder", ""),
        ("expiry", "13/30"),
        ("expiry", "01/20"),
        ("expiry", "soon"),
        ("cvv", "1"),
        ("cvv", "abc"),
    ],
)
def test_wrong_card_details_are_refused_and_the_rest_is_kept(client, field, typed):
    bank = at_the_bank(client)
    answer = client.post(f"{bank}/card", data=CARD | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    kept = "expiry" if field == "holder" else "holder"
    assert f'value="{CARD[kept]}"' in answer.text
    assert db.session.scalars(select(SandboxIntent)).one().state == "open"


@pytest.mark.covers("PAY-04")
def test_cvv_is_never_written_back_into_the_page(client):
    bank = at_the_bank(client)
    answer = client.post(f"{bank}/card", data=CARD | {"holder": "", "cvv": "987"})
    assert "987" not in answer.text.partition('name="cvv"')[2][:80]


@pytest.mark.covers("PAY-04")
def test_of_a_card_only_the_last_four_digits_are_stored_and_nothing_is_logged(client, capsys):
    bank = at_the_bank(client)
    comes_back(client, client.post(f"{bank}/card", data=CARD))
    stored = [
        str(value)
        for model in (Payment, SandboxIntent)
        for row in db.session.scalars(select(model))
        for value in vars(row).values()
    ]
    assert "4242" in stored
    said = " ".join(stored) + "".join(capsys.readouterr())
    assert "42424242" not in said.replace(" ", "")


def test_upi_id_without_a_bank_is_refused(client):
    bank = at_the_bank(client, "upi")
    answer = client.post(f"{bank}/upi", data={"upi_id": "asha"})
    assert answer.status_code == 422
    assert 'value="asha"' in answer.text


def test_paid_intent_cannot_be_paid_or_turned_back_again(client):
    bank = at_the_bank(client)
    comes_back(client, client.post(f"{bank}/card", data=CARD))
    client.post(f"{bank}/refusal")
    client.post(f"{bank}/card", data=CARD | {"number": REFUSED})
    client.get(f"/order/{the_order().token}/payment")
    assert the_order().payment_standing == "paid"
    assert client.get(bank).location == f"/order/{the_order().token}/payment"


@pytest.mark.parametrize("path", ["", "/card", "/upi", "/code", "/refusal"])
def test_unknown_intent_is_404(client, path):
    at_review(client)
    answer = client.post(f"/bank/sbx_nobody{path}", data=CARD) if path else client.get("/bank/sbx_nobody")
    assert answer.status_code == (404 if not path else answer.status_code)
    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("method", ["bitcoin", "x" * 500, "١"])
def test_unknown_way_to_pay_is_refused(client, method):
    bank = at_the_bank(client)
    comes_back(client, client.post(f"{bank}/refusal"))
    answer = client.post(f"/order/{the_order().token}/payment", data={"method": method})
    assert answer.status_code == 422
    assert len(db.session.scalars(select(Payment)).all()) == 1


def test_bank_and_payment_pages_stay_in_their_budget(client):
    bank = at_the_bank(client)
    with statements() as seen:
        client.get(bank)
    assert len([one for one in seen if not one.startswith("PRAGMA")]) <= BUDGET
    with statements() as seen:
        client.get(f"/order/{the_order().token}/payment")
    assert len([one for one in seen if not one.startswith("PRAGMA")]) <= 2 * BUDGET


@pytest.mark.covers("PAY-02")
def test_what_is_open_at_the_test_bank_is_not_paid_there_once_somebody_sells_in_earnest(client, make_shop):
    bank = at_the_bank(client)
    in_earnest = make_shop(environment="production").test_client()
    for path, sent in (("card", CARD), ("upi", {"upi_id": "success@sandbox"}), ("code", {"code": "123456"})):
        assert in_earnest.post(f"{bank}/{path}", data=sent).status_code == 404
    assert in_earnest.get(bank).status_code == 404
    assert db.session.scalars(select(SandboxIntent.state)).one() == "open"
    back = f"/order/{the_order().token}/payment"
    assert in_earnest.post(back).location == back
    # Control: the same card where nobody sells in earnest.
    assert client.post(f"{bank}/card", data=CARD).status_code == 303
    assert db.session.scalars(select(SandboxIntent.state)).one() == "succeeded"


@pytest.mark.covers("PAY-02", "ORD-01")
def test_bank_that_does_not_answer_at_the_last_button_leaves_an_order_that_can_be_paid(client, monkeypatch):
    def silent(*_args):
        raise GatewayAway("The bank does not answer.")

    with monkeypatch.context() as away:
        away.setattr(SandboxGateway, "create_intent", silent)
        answer = place(client, at_review(client, payment="card"))
    page = f"/order/{the_order().token}/payment"
    assert (answer.status_code, answer.location) == (303, page)
    assert client.post(page).location.startswith("/bank/")
