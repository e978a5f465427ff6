"""Tell me when it is back: one click or an address, one mail, one click to stop."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.catalog.models import Product
from shop.extensions import db, limiter
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.personal import Because
from shop.membership import services as membership
from shop.stock import personal, services
from shop.stock.models import BackInStock
from tests.factories import a_product, a_user, a_variant, list_again, sign_in
from tests.notifications.letterbox import mail, mails, text
from tests.staff.desk import flashed, words
from tests.support.outbox import run_outbox

PAGE = "/back-in-stock"
MINE = "/account/back-in-stock"


def gone(name: str = "Harbour tee") -> int:
    """The id of a size that is sold out."""
    return a_variant(name=name, units=0).id


def restock(variant_id: int, units: int = 1) -> None:
    services.adjust(variant_id, by_units=units, actor=SYSTEM)
    services.tell_who_waits()
    run_outbox()


def waiting() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(BackInStock.id)).where(BackInStock.told_at.is_(None))) or 0


@pytest.mark.covers("INV-05")
def test_a_product_page_offers_it_for_sold_out_sizes_alone(client: FlaskClient) -> None:
    small, medium = (product := a_product(sizes=("S", "M"), units=3)).variants
    services.adjust(small.id, to_on_hand=0, actor=SYSTEM)
    page, ids = client.get(f"/p/{product.slug}").text, (small.id, medium.id)
    assert re.findall(r'value="(\d+)" required data-other', page) == [str(ids[0])]
    assert 'formaction="/back-in-stock" data-two' in page
    assert page.count("Add to bag") == page.count("Tell me when it is back") == 2
    services.adjust(ids[1], to_on_hand=0, actor=SYSTEM)
    assert "Add to bag" not in client.get(f"/p/{product.slug}").text


@pytest.mark.covers("INV-05")
def test_the_size_chosen_on_the_page_is_the_one_that_is_waited_for(client: FlaskClient) -> None:
    id = gone()
    chosen = {"quantity": "1", "variant_id": str(id)}
    assert client.post(PAGE, data=chosen).location == f"{PAGE}/{id}"
    assert client.post(PAGE, data={"quantity": "1"}, headers={"HX-Request": "true"}).status_code == 422
    assert client.post(PAGE, data={"variant_id": "987654"}).status_code == 404
    sign_in(client, a_user("asha@example.com"))
    answer = client.post(PAGE, data=chosen, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/p/harbour-tee")
    assert "We will mail you once" in flashed(client)
    assert waiting() == 1


@pytest.mark.covers("INV-05")
def test_who_is_signed_in_asks_with_one_click_and_is_mailed_once(client: FlaskClient) -> None:
    sign_in(client, a_user("asha@example.com", first_name="Asha"))
    id = gone()
    for _ in range(2):
        assert client.post(f"{PAGE}/{id}").status_code == 303
    assert "We will mail you once" in flashed(client)
    assert waiting() == 1
    restock(id)
    restock(id)
    letter = mail("back_in_stock")
    assert (letter["To"], letter["Subject"]) == ("asha@example.com", "Back in stock: Harbour tee, Indigo, M")
    assert "Hello Asha, Harbour tee in Indigo, size M" in text(letter)
    assert re.search(r"/p/harbour-tee-\d+\?colour=indigo&size=m", text(letter))
    assert waiting() == 0


@pytest.mark.covers("INV-05")
def test_a_guest_is_asked_for_an_address_and_mailed_once(client: FlaskClient) -> None:
    id = gone()
    assert client.post(f"{PAGE}/{id}").location == f"{PAGE}/{id}"
    assert "Harbour tee in Indigo, size M." in words(client.get(f"{PAGE}/{id}"))
    answer = client.post(f"{PAGE}/{id}", data={"email": "Ravi@Example.com"})
    assert answer.location == f"{PAGE}/{id}/asked"
    assert "Once, when Harbour tee" in words(client.get(answer.location))
    restock(id)
    assert mail("back_in_stock")["To"] == "ravi@example.com"


@pytest.mark.covers("INV-05")
def test_the_answer_tells_nothing_of_an_address(client: FlaskClient) -> None:
    a_user("known@example.com")
    id = gone()
    answers = [client.post(f"{PAGE}/{id}", data={"email": email}) for email in
               ("known@example.com", "unknown@example.com", "unknown@example.com")]  # fmt: skip
    assert len({(answer.status_code, answer.location, answer.get_data()) for answer in answers}) == 1
    assert waiting() == 2


def test_nobody_fills_a_mailbox_nor_do_many_who_click_stand_in_each_others_way(make_shop: Callable[..., Flask]) -> None:
    shop, id = make_shop(rate_limits=True), gone()
    with shop.app_context():
        limiter.reset()
    db.session.commit()
    told = [
        shop.test_client().post(f"{PAGE}/{id}", data={"email": "victim@example.com"},
                                environ_overrides={"REMOTE_ADDR": f"203.0.113.{number}"}).status_code
        for number in range(25)
    ]  # fmt: skip
    assert told == [303] * 20 + [429] * 5
    clicks = [
        shop.test_client().post(f"{PAGE}/{id}", environ_overrides={"REMOTE_ADDR": f"198.51.100.{number}"}).status_code
        for number in range(25)
    ]
    assert clicks == [303] * 25


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c.example", "x" * 300 + "@example.com"])
def test_what_is_no_address_is_shown_again(client: FlaskClient, email: str) -> None:
    id = gone()
    answer = client.post(f"{PAGE}/{id}", data={"email": email})
    assert answer.status_code == 422
    assert email in answer.text
    assert waiting() == 0


@pytest.mark.covers("INV-05")
def test_everybody_who_waits_is_told_once_however_few_came(client: FlaskClient) -> None:
    id = gone()
    for number in range(3):
        services.wait_for(id, email=f"guest{number}@example.com")
    restock(id)
    restock(id, 5)
    assert sorted(letter["To"] for letter in mails("back_in_stock")) == [f"guest{n}@example.com" for n in range(3)]


def test_what_is_in_stock_hidden_or_gone_cannot_be_waited_for(client: FlaskClient) -> None:
    there, hidden = a_variant(units=3).id, a_variant(units=0, published=False).id
    assert client.post(f"{PAGE}/{there}", data={"email": "a@example.com"}).status_code == 409
    assert "you can buy it now" in words(client.get(f"{PAGE}/{there}"))
    for id in (hidden, 987654):
        assert client.get(f"{PAGE}/{id}").status_code == 404
        assert client.post(f"{PAGE}/{id}", data={"email": "a@example.com"}).status_code == 404
    assert waiting() == 0


def test_a_size_sold_again_before_the_mail_leaves_is_waited_for_on(client: FlaskClient) -> None:
    id = gone()
    services.wait_for(id, email="a@example.com")
    services.adjust(id, by_units=1, actor=SYSTEM)
    services.tell_who_waits()
    services.adjust(id, by_units=-1, actor=SYSTEM)
    run_outbox()
    assert (mails("back_in_stock"), waiting()) == ([], 1)
    restock(id)
    assert len(mails("back_in_stock")) == 1


def test_a_product_that_is_hidden_at_its_restock_is_told_of_once_it_is_shown(client: FlaskClient) -> None:
    id = gone()
    services.wait_for(id, email="a@example.com")
    product = db.session.scalars(select(Product)).one()
    product.published_at = None
    list_again(product)
    restock(id)
    assert mails("back_in_stock") == []
    product = db.session.scalars(select(Product)).one()
    product.published_at = now()
    services.tell_who_waits()
    run_outbox()
    assert len(mails("back_in_stock")) == 1


@pytest.mark.covers("INV-05")
def test_the_mails_link_leads_to_a_page_whose_button_stops_all_others(client: FlaskClient) -> None:
    first, second = gone(), gone("Loom tee")
    for id in (first, second):
        services.wait_for(id, email="a@example.com")
    services.wait_for(second, email="other@example.com")
    restock(first)
    found = re.search(r"http://localhost(/back-in-stock/stop/\S+)", text(mail("back_in_stock")))
    assert found
    assert "We forget every size" in words(client.get(found[1]))
    assert waiting() == 2
    assert "forgotten" in words(client.post(found[1]))
    assert waiting() == 1
    assert client.post(found[1]).status_code == 200


@pytest.mark.parametrize("token", ["", "1", "1-", "1-0000", "x-1", "٣-1", "9" * 30 + "-1"])
def test_a_link_nobody_signed_opens_nothing(client: FlaskClient, token: str) -> None:
    services.wait_for(gone(), email="a@example.com")
    assert client.get(f"{PAGE}/stop/{token}").status_code == 404
    assert client.post(f"{PAGE}/stop/{token}").status_code in {404, 405}
    assert waiting() == 1


@pytest.mark.covers("INV-05")
def test_the_account_lists_what_is_waited_for_and_lets_it_go(client: FlaskClient) -> None:
    asha, other, id = a_user(), a_user(), gone()
    for user in (asha, other):
        services.wait_for(id, user_id=user.id)
    sign_in(client, asha)
    page = client.get(MINE)
    assert "Harbour tee Indigo, M Since" in words(page)
    mine, theirs = db.session.scalars(select(BackInStock.id).order_by(BackInStock.id)).all()
    assert client.post(f"{MINE}/{theirs}/removal").status_code == 404
    assert client.post(f"{MINE}/{mine}/removal").location == MINE
    assert waiting() == 1
    assert "You wait for nothing" in words(client.get(MINE))


def test_an_account_waits_for_fifty_sizes_at_the_most(client: FlaskClient) -> None:
    user = a_user()
    ids = [v.id for n in range(9) for v in a_product(sizes=("XS", "S", "M", "L", "XL", "XXL"), units=0).variants]
    for id in ids[:50]:
        services.wait_for(id, user_id=user.id)
    sign_in(client, user)
    client.post(f"{PAGE}/{ids[50]}")
    assert "You wait for 50 sizes already" in flashed(client)
    assert waiting() == 50


@pytest.mark.covers("ACC-10", "INV-05")
def test_what_is_waited_for_is_handed_out_and_erased_with_its_person(app: Flask) -> None:
    user, id = a_user("asha@example.com", email_verified_at=now()), gone()
    services.wait_for(id, user_id=user.id)
    services.wait_for(id, email="asha@example.com")
    services.wait_for(id, email="other@example.com")
    held = next(one for one in personal.HOLDINGS if one.file)
    assert not isinstance(held.told, Because)
    told = json.loads(json.dumps(held.told(user.id)))
    assert [row["size"] for row in told] == ["Harbour tee, Indigo, M"] * 2
    membership.erase(user.id, by=user.id)
    db.session.commit()
    assert db.session.scalars(select(BackInStock.email)).all() == ["other@example.com"]


def test_an_address_that_is_not_proven_to_be_theirs_tells_nobody_what_a_guest_waits_for(app: Flask) -> None:
    user = a_user("asha@example.com")
    services.wait_for(gone(), email="asha@example.com")
    held = next(one for one in personal.HOLDINGS if one.file)
    assert not isinstance(held.told, Because)
    assert held.told(user.id) == []


@pytest.mark.covers("INV-05")
def test_old_answers_and_what_is_sold_no_more_are_forgotten(app: Flask) -> None:
    kept, told, retired, deleted, old = (gone(f"Tee {number}") for number in range(5))
    for id in (kept, told, retired, deleted, old):
        services.wait_for(id, email="a@example.com")
    rows = {row.variant_id: row for row in db.session.scalars(select(BackInStock))}
    rows[told].told_at = now() - timedelta(days=31)
    rows[old].created_at = now() - timedelta(days=366)
    variants = {v.id: v for p in db.session.scalars(select(Product)) for v in p.variants}
    variants[retired].retired_at = variants[deleted].product.deleted_at = now()
    db.session.flush()
    services.forget_old_waits()
    assert db.session.scalars(select(BackInStock.variant_id)).all() == [kept]
