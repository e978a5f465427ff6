"""Lookups through the API: their words are the owner's, their flow is the shop's."""

from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.accounts.models import User, UserStatus
from shop.aftersales.states import EXCHANGE_NEXT, RETURN_NEXT, ExchangeState, ReturnState
from shop.extensions import db
from shop.orders.labels import ORDER_STATUS
from shop.orders.states import OrderState, PaymentStanding
from shop.promotions.states import CouponState
from shop.reviews.states import NEXT as REVIEW_NEXT
from shop.reviews.states import ReviewState
from shop.store.labels import shown
from shop.store.models import LookupLabel
from tests.api.asking import App
from tests.checkout.buying import an_order
from tests.factories import a_customer, a_user, a_variant, sign_in
from tests.support.statements import statements

NOUNS = {"order-status": ("status", [state.value for state in OrderState]),
         "coupons-status": ("status", [state.value for state in CouponState]),
         "payment-status": ("status", [state.value for state in PaymentStanding]),
         "payment-types": ("type", ["cod", "card", "upi", "credit"]),
         "review-status": ("status", [state.value for state in ReviewState]),
         "return-status": ("status", [state.value for state in ReturnState]),
         "exchange-status": ("status", [state.value for state in ExchangeState]),
         "user-status": ("status", [status.value for status in UserStatus])}  # fmt: skip
EACH = pytest.mark.parametrize("noun", NOUNS)


@pytest.mark.covers("API-05")
@EACH
def test_the_rows_of_a_lookup_come_from_the_shops_own_states(client: FlaskClient, noun: str) -> None:
    answer = App(client).get(f"/{noun}/")
    assert [row["code"] for row in answer.json] == NOUNS[noun][1]
    assert {row["built_in"] for row in answer.json} == {True}
    assert [row["idx"] for row in answer.json] == sorted({row["idx"] for row in answer.json})
    assert App(client).get(f"/{noun}/{answer.json[0]['id']}").json == answer.json[0]
    assert App(client).get(f"/{noun}/987654").status_code == 404


@pytest.mark.covers("API-05", "API-03")
@EACH
def test_a_lookup_is_filtered_by_the_whole_word_and_paged(client: FlaskClient, noun: str) -> None:
    field, _codes = NOUNS[noun]
    first, second, *_ = rows = App(client).get(f"/{noun}/").json
    assert App(client).get(f"/{noun}/", **{f"{field}_q": first[field].upper()}).json == [first]
    assert App(client).get(f"/{noun}/", **{f"{field}_q": first[field][:-1]}).json == []
    page = App(client).get(f"/{noun}/", skip=1, limit=1)
    assert (page.json, page.headers["X-Total-Count"]) == ([second], str(len(rows)))


@pytest.mark.covers("ORD-03")
@pytest.mark.parametrize(("noun", "word", "code"), [
    ("order-status", "pending", "placed"), ("order-status", "processing", "packed"),
    ("order-status", "completed", "delivered"), ("payment-status", "success", "paid"),
    ("return-status", "completed", "refunded"), ("exchange-status", "pending", "requested"),
])  # fmt: skip
def test_the_words_of_the_documents_find_the_shops_states(client: FlaskClient, noun: str, word: str, code: str) -> None:
    assert [row["code"] for row in App(client).get(f"/{noun}/", status_q=word).json] == [code]


@pytest.mark.covers("API-05")
@EACH
def test_the_owner_renames_and_moves_a_row(client: FlaskClient, owner: App, noun: str) -> None:
    field, codes = NOUNS[noun]
    answer = owner.send("PUT", f"/{noun}/2", {field: " Ours ", "idx": 50})
    assert answer.status_code == 200
    assert answer.json == {"id": "2", "idx": 50, field: "Ours", "code": codes[1], "built_in": True}
    assert App(client).get(f"/{noun}/").json[-1] == answer.json
    kept = db.session.get(LookupLabel, (noun, 2))
    assert kept is not None
    assert (kept.label, kept.idx) == ("Ours", 50)


@pytest.mark.covers("API-05")
@EACH
def test_two_rows_have_neither_one_name_nor_one_place(client: FlaskClient, owner: App, noun: str) -> None:
    field, _codes = NOUNS[noun]
    first = App(client).get(f"/{noun}/1").json
    named = owner.send("PUT", f"/{noun}/2", {field: first[field].upper()})
    placed = owner.send("PUT", f"/{noun}/2", {"idx": 1})
    assert (named.status_code, list(named.json["errors"])) == (409, [field])
    assert (placed.status_code, list(placed.json["errors"])) == (409, ["idx"])
    added = owner.send("POST", f"/{noun}/", {field: first[field].lower(), "code": first["code"]})
    assert added.status_code == 409
    assert db.session.query(LookupLabel).count() == 0


@pytest.mark.covers("API-05")
def test_a_row_may_keep_its_own_name_and_change_its_capitals(owner: App) -> None:
    assert owner.send("PUT", "/payment-types/3", {"type": "Upi", "idx": 3}).status_code == 200


@pytest.mark.covers("API-03", "API-05")
@EACH
@pytest.mark.parametrize(("body", "status"), [
    ({}, 400), ({"idx": 0}, 422), ({"idx": True}, 422), ({"idx": "1.5"}, 422), ({"code": "cod"}, 422),
    ({"label": ""}, 422), ({"label": "  "}, 422), ({"label": None}, 422), ({"label": "x" * 61}, 422),
])  # fmt: skip
def test_a_change_that_does_not_fit_is_refused(owner: App, noun: str, body: Any, status: int) -> None:
    sent = {NOUNS[noun][0] if name == "label" else name: value for name, value in body.items()}
    assert owner.send("PUT", f"/{noun}/1", sent).status_code == status


@pytest.mark.covers("API-05")
@EACH
def test_a_further_label_is_shown_and_can_be_taken_away_while_unused(
    client: FlaskClient, owner: App, noun: str
) -> None:
    field, codes = NOUNS[noun]
    last = owner.get(f"/{noun}/").json[-1]["idx"]
    added = owner.send("POST", f"/{noun}/", {field: "Newest", "code": codes[-1]})
    assert (added.status_code, added.json["built_in"], added.json["idx"]) == (201, False, last + 1)
    assert len(App(client).get(f"/{noun}/").json) == len(codes) + 1
    gone = owner.send("DELETE", f"/{noun}/{added.json['id']}")
    assert (gone.status_code, gone.json) == (200, {"deleted": True})
    assert len(App(client).get(f"/{noun}/").json) == len(codes)
    assert owner.send("DELETE", f"/{noun}/{added.json['id']}").status_code == 404


@pytest.mark.covers("API-05")
@EACH
def test_an_unknown_code_is_refused_by_name(owner: App, noun: str) -> None:
    answer = owner.send("POST", f"/{noun}/", {NOUNS[noun][0]: "Lost", "code": "lost"})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["code"])


@pytest.mark.covers("API-05")
@EACH
def test_a_built_in_row_is_never_deleted(owner: App, noun: str) -> None:
    assert owner.send("DELETE", f"/{noun}/1").status_code == 400


@pytest.mark.covers("API-05")
@pytest.mark.parametrize(
    ("noun", "code"),
    [("order-status", "placed"), ("payment-status", "pending"), ("payment-types", "upi"), ("user-status", "active")],
)
def test_a_label_in_use_stays_and_an_older_one_may_go(owner: App, noun: str, code: str) -> None:
    an_order(a_variant(), visitor=a_customer(), payment="upi")
    field = NOUNS[noun][0]
    older = owner.send("POST", f"/{noun}/", {field: "Older", "code": code}).json
    newest = owner.send("POST", f"/{noun}/", {field: "Newest", "code": code}).json
    assert owner.send("DELETE", f"/{noun}/{newest['id']}").status_code == 400
    assert owner.send("DELETE", f"/{noun}/{older['id']}").status_code == 200


@pytest.mark.covers("ACC-12")
@EACH
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_only_the_owner_changes_lookups(client: FlaskClient, noun: str, method: str) -> None:
    path = f"/{noun}/" if method == "POST" else f"/{noun}/1"
    assert App(client).send(method, path, {}).status_code == 401
    for role in (None, "support", "staff"):
        assert App(client, a_user(role=role)).send(method, path, {}).status_code == 403


@pytest.mark.covers("API-03")
def test_a_form_adds_a_label_like_json_does(client: FlaskClient, owner: App) -> None:
    body = {"type": "Card at the bank", "code": "card", "idx": "9"}
    answer = client.post("/api/v1/payment-types/", data=body, headers=owner.headers)
    assert (answer.status_code, answer.json["idx"]) == (201, 9)


@pytest.mark.covers("API-05")
def test_the_owners_words_stand_on_the_pages_of_an_order(client: FlaskClient, owner: App) -> None:
    asha = a_customer()
    order = an_order(a_variant(), visitor=asha, payment="cod")
    owner.send("PUT", "/order-status/1", {"status": "Order taken"})
    owner.send("PUT", "/payment-types/1", {"type": "Cash at the door"})
    sign_in(client, db.session.get_one(User, asha.user_id))
    assert "Order taken" in client.get("/account/orders").text
    text = client.get(f"/account/orders/{order.number}").text
    assert "Order taken" in text
    assert "Cash at the door" in text


@pytest.mark.covers("API-05")
def test_the_owners_words_stand_on_the_order_desk(client: FlaskClient, owner: App) -> None:
    order = an_order(a_variant(), payment="cod")
    owner.send("POST", "/order-status/", {"status": "Order taken", "code": "placed"})
    owner.send("POST", "/payment-status/", {"status": "Money due", "code": "pending"})
    owner.send("POST", "/payment-types/", {"type": "Cash at the door", "code": "cod"})
    sign_in(client, a_user(role="owner"))
    for page in ("/staff/orders", f"/staff/orders/{order.number}"):
        text = client.get(page).text
        assert all(word in text for word in ("Order taken", "Money due", "Cash at the door")), page


def test_a_new_word_never_changes_the_flow(client: FlaskClient, owner: App) -> None:
    order = an_order(a_variant(), payment="cod")
    owner.send("PUT", "/order-status/1", {"status": "Delivered to nobody"})
    sign_in(client, a_user(role="owner"))
    client.post(f"/staff/orders/{order.number}/confirmation")
    assert db.session.get(type(order), order.id).state == "confirmed"


def test_until_the_owner_chooses_a_word_each_page_keeps_its_own(owner: App) -> None:
    owner.send("PUT", "/order-status/2", {"status": "Taken on"})
    assert shown(ORDER_STATUS, "placed", "Order placed") == "Order placed"


def test_pages_of_the_catalogue_never_ask_for_labels(client: FlaskClient) -> None:
    with statements() as seen:
        client.get("/search?q=tee")
    assert not [statement for statement in seen if "lookup_label" in statement]


@pytest.mark.covers("API-05")
def test_what_the_owner_calls_an_account_stands_on_pages_and_in_answers(client: FlaskClient, owner: App) -> None:
    person = a_user()
    owner.send("PUT", "/user-status/1", {"status": "Welcome"})
    assert owner.get(f"/users/{person.id}").json["user_status_label"] == "Welcome"
    sign_in(client, a_user(role="owner"))
    assert client.get(f"/staff/customers/{person.id}").text.count(">Welcome<") == 1
    assert client.get("/staff/customers").text.count(">Welcome<") >= 2


@pytest.mark.covers("REV-02")
def test_a_review_is_judged_once_or_again_and_never_waits_twice() -> None:
    assert REVIEW_NEXT[ReviewState.PENDING] == {ReviewState.APPROVED, ReviewState.REJECTED}
    assert all(ReviewState.PENDING not in targets for targets in REVIEW_NEXT.values())


@pytest.mark.covers("RET-02", "RET-03")
@pytest.mark.parametrize(("moves", "way", "ends"), [
    (RETURN_NEXT, ["requested", "approved", "picked_up", "received", "refunded"], {"rejected", "refunded"}),
    (EXCHANGE_NEXT, ["requested", "approved", "picked_up", "shipped", "completed"], {"rejected", "completed"}),
])  # fmt: skip
def test_returns_and_exchanges_go_the_documents_way(moves: Any, way: list[str], ends: set[str]) -> None:
    assert all(later in moves[earlier] for earlier, later in pairwise(way))
    assert {state for targets in moves.values() for state in targets if state not in moves} == ends
