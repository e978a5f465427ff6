"""The signed-in person's invoices."""

import pytest
from flask.testing import FlaskClient

from tests.factories import a_customer, a_user, sign_in
from tests.fulfilment.walk import an_order_that_is, order_of
from tests.invoices.ledger import the_invoice

PAGE = "/account/invoices"


@pytest.mark.covers("PAY-07")
def test_everybody_finds_their_own_invoices_and_nobody_elses(client: FlaskClient) -> None:
    buyer = a_user()
    sign_in(client, buyer)
    assert "No invoices yet" in client.get(PAGE).text
    mine, other = an_order_that_is("shipped", visitor=a_customer(buyer)), an_order_that_is("shipped")
    text = client.get(PAGE).text
    assert the_invoice(mine).number in text
    assert f"/order/{order_of(mine).token}/invoices/{the_invoice(mine).id}" in text
    assert the_invoice(other).number not in text
    assert client.get(PAGE, query_string={"page": "9" * 30}).status_code == 200


@pytest.mark.covers("PAY-07")
def test_whoever_is_not_signed_in_signs_in_first(client: FlaskClient) -> None:
    assert client.get(PAGE).status_code == 303
