"""The owner's pages of delivery."""

import pytest
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.delivery.models import DeliveryMethod
from shop.extensions import db
from shop.store.cash_settings import CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.checkout.buying import an_order, an_order_id
from tests.factories import a_customer, a_user
from tests.staff.desk import as_role, flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

PAGE = "/staff/delivery"
FORM = {"name": "Same day", "base_charge": "₹1,099.50", "charge_per_kg": "", "free_from": "5000", "min_days": "0",
        "max_days": "1", "cities": "Bengaluru, Mysuru,\nBengaluru", "postal_codes": "5600*, 570001-570010",
        "states": "Karnataka"}  # fmt: skip


def methods() -> list[DeliveryMethod]:
    db.session.rollback()
    return list(db.session.scalars(select(DeliveryMethod).order_by(DeliveryMethod.position)))


@pytest.mark.covers("ORD-09")
def test_owner_adds_a_method_with_zones_changes_it_and_puts_it_first(owner: ShopClient) -> None:
    assert owner.post(f"{PAGE}/new", data=FORM).location == PAGE
    made = methods()[-1]
    assert (made.name, made.base_charge.minor, made.charge_per_kg.minor, made.free_from.minor) == (
        "Same day", 109950, 0, 500000)  # fmt: skip
    assert (made.states, made.cities) == (["Karnataka"], ["Bengaluru", "Mysuru"])
    assert made.postal_codes == ["5600*", "570001-570010"]
    page = owner.get(f"{PAGE}/{made.id}")
    assert 'value="1099.50"' in page.text
    assert 'value="Karnataka" checked>' in page.text
    assert page.text.count(" checked>") == 1
    assert "Bengaluru, Mysuru</textarea>" in page.text
    assert "5600*, 570001-570010</textarea>" in page.text
    owner.post(f"{PAGE}/{made.id}", data=FORM | {"name": "Today", "base_charge": "0", "free_from": "", "states": []})
    for _ in range(2):
        owner.post(f"{PAGE}/{made.id}/place", data={"to": "earlier"})
    assert [method.name for method in methods()] == ["Today", "Standard delivery", "Express delivery"]
    assert (methods()[0].base_charge.minor, methods()[0].free_from, methods()[0].states) == (0, None, [])
    with statements() as seen:
        shown = words(owner.get(PAGE))
    assert len(seen) <= BUDGET
    assert "Today Free 0–1 Bengaluru, Mysuru, 5600* and 1 more Later" in shown
    assert "Standard delivery ₹79, free from ₹1,499 4–6 Everywhere Earlier Later" in shown


@pytest.mark.covers("ORD-09")
@pytest.mark.parametrize(
    ("change", "said"),
    [({"name": " "}, "Say what it is called."), ({"base_charge": "-3"}, "Enter an amount"),
     ({"min_days": ""}, "Enter working days from 0 to 60."), ({"min_days": "2"}, "Enter days from 0 to 60"),
     ({"max_days": "61"}, "Enter days from 0 to 60"), ({"postal_codes": "560"}, "560 is none: write 560001"),
     ({"cities": "x" * 81}, "at most 80 characters"), ({"states": "Bavaria"}, "Bavaria is no state of India.")],
)  # fmt: skip
def test_what_makes_no_sense_stays_in_the_form_with_a_reason(owner, change, said):
    answer = owner.post(f"{PAGE}/new", data=FORM | change)
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert "570001-570010" in answer.text or "postal_codes" in change
    assert len(methods()) == 2


@pytest.mark.covers("ORD-09")
def test_a_method_orders_name_is_retired_not_deleted_and_comes_back(owner: ShopClient) -> None:
    an_order_id()
    used, spare = (method.id for method in methods())
    pages = [owner.get(f"{PAGE}/{method_id}").text for method_id in (used, spare)]
    assert [f"{PAGE}/{method_id}/removal" in page for method_id, page in zip((used, spare), pages, strict=True)] == [
        False, True]  # fmt: skip
    assert "Orders name it, so it is retired, not deleted." in pages[0]
    owner.post(f"{PAGE}/{used}/removal")
    assert flashed(owner) == "Orders name it, so it was retired instead of deleted."
    assert "Standard delivery Retired" in words(owner.get(PAGE))
    owner.post(f"{PAGE}/{used}/return")
    owner.post(f"{PAGE}/{spare}/removal")
    assert [(method.id, method.is_active) for method in methods()] == [(used, True)]
    assert "Nobody can order" not in words(owner.get(PAGE))
    owner.post(f"{PAGE}/{used}/retirement")
    assert "Nobody can order until one is offered again" in words(owner.get(PAGE))
    assert "Offer it again" in words(owner.get(f"{PAGE}/{used}"))
    assert owner.get(f"{PAGE}/{spare}").status_code == 404


@pytest.mark.covers("ORD-09")
def test_the_calculator_answers_for_a_place_a_weight_and_an_amount(owner: ShopClient) -> None:
    owner.post(f"{PAGE}/new", data=FORM | {"states": [], "cities": "Mysuru", "postal_codes": ""})
    said = words(owner.get(f"{PAGE}?postal_code=560034&weight=1.2&goods=900"))
    for part in ("To Bengaluru", "560034", "Standard delivery ₹79,", "Express delivery ₹239,", "Does not go there",
                 "Cash on delivery No fee"):  # fmt: skip
        assert part in said
    for wrong, answer in (("postal_code=999", "A pincode has 6 digits"), ("postal_code=560034&weight=x", "a weight"),
                          ("postal_code=560034&weight=1&goods=x", "Enter an amount")):  # fmt: skip
        refused = owner.get(f"{PAGE}?{wrong}")
        assert answer in words(refused)


@pytest.mark.covers("PAY-01")
def test_owner_reads_the_points_of_an_order_and_a_customer_and_decides_otherwise(owner: ShopClient) -> None:
    user_id = (user := a_user(phone="+919845012345")).id
    number = an_order(visitor=a_customer(user)).number
    order, customer = f"/staff/orders/{number}", f"/staff/customers/{user_id}"
    assert "50 points" not in words(owner.get(order)) + words(owner.get(customer))
    set_value(CASH_WEIGHED, True)
    db.session.commit()
    for page in (order, customer):
        assert "50 points : may pay on delivery Everybody begins with +50" in words(owner.get(page))
    assert owner.post(f"{customer}/cash-on-delivery", data={"answer": "refused"}).location == f"{customer}#cash"
    assert "50 points : not offered, as the owner decided" in words(owner.get(order))
    assert '<option selected value="refused">' in owner.get(customer).text
    owner.post(f"{customer}/cash-on-delivery", data={"answer": ""})
    assert "as the owner decided" not in words(owner.get(order))
    assert owner.post(f"{customer}/cash-on-delivery", data={"answer": "perhaps"}).status_code == 422


@pytest.mark.covers("ACC-12")
def test_whoever_may_not_change_delivery_sees_none_of_it(client: ShopClient) -> None:
    assert as_role(client, "support").get(PAGE).status_code == 403
    assert Permission.DELIVERY_MANAGE.value == "delivery:manage"
