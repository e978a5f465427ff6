"""The customers as the owner sees them."""

from datetime import date, timedelta

import pytest

from shop.accounts.customers.models import CustomerGroup, CustomerGroupMember
from shop.accounts.models import UserStatus
from shop.aftersales.services import cancel_order
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.membership.services import claim_by_link
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.store.days import today
from tests.accounts.test_roles import role_named
from tests.checkout.buying import an_order
from tests.factories import a_customer, a_user, a_variant
from tests.staff.desk import as_role, words
from tests.storefront.people import fresh
from tests.support.shops import ShopClient
from tests.support.statements import statements


def a_spender(name: str, *prices: int) -> int:
    """A customer with an order for each price; returns their id."""
    user = a_user(first_name=name, last_name="Bose")
    visitor = a_customer(user)
    for price in prices:
        an_order(a_variant(price=price), visitor=visitor)
    return visitor.user_id or 0


LIST, WHOLE_PERSON = "/staff/customers", 19


@pytest.mark.covers("ACC-14")
def test_customers_are_listed_with_orders_and_spend(owner: ShopClient) -> None:
    a_spender("Ila", 200000, 300000)
    page = words(owner.get("/staff/customers"))
    assert "Ila Bose" in page
    assert "2 ₹5,000" in page
    assert "Meera Nair" not in page


@pytest.mark.covers("ACC-14")
def test_customers_are_found_and_sorted(owner: ShopClient) -> None:
    a_spender("Ila", 200000)
    a_spender("Zoya", 900000)
    page = words(owner.get("/staff/customers?sort=spent"))
    assert page.index("Zoya") < page.index("Ila")
    found = words(owner.get("/staff/customers?q=ILA"))
    assert "Ila" in found
    assert "Zoya" not in found
    assert "Nobody fits" in words(owner.get("/staff/customers?q=%25"))


@pytest.mark.covers("ACC-14")
@pytest.mark.parametrize(("typed", "is_found"), [
    ("dev", True), ("DEVI", True), ("bo de", True), ("devi@example", True), ("45012", True), ("98450 12345", True),
    ("devi rao", False), ("_evi", False), ("9845099999", False),
])  # fmt: skip
def test_parts_of_names_emails_and_phones_find_somebody(owner: ShopClient, typed: str, is_found: bool) -> None:
    a_user("devi@example.com", first_name="Devi", last_name="Bose", phone="+919845012345")
    assert ("Devi Bose" in owner.get(LIST, query_string={"q": typed}).text) is is_found


@pytest.mark.covers("ACC-14")
@pytest.mark.parametrize(("query", "names"), [
    ("email=yes", {"Ila"}), ("email=no", {"Zoya", "Devi"}), ("phone=yes", {"Zoya"}), ("phone=no", {"Ila", "Devi"}),
    ("status=inactive", {"Devi"}), ("status=active", {"Ila", "Zoya"}), ("status=blocked", set()),
    ("gender=female", {"Ila", "Zoya"}), ("gender=female&email=yes", {"Ila"}),
    ("age_from=30", {"Ila"}), ("age_from=29&age_to=29", {"Zoya"}), ("age_to=30", {"Ila", "Zoya"}),
    ("age_from=31", set()), ("q=ZOY&gender=female", {"Zoya"}),
])  # fmt: skip
def test_list_is_narrowed_by(owner: ShopClient, query: str, names: set[str]) -> None:
    birthday = today().replace(year=today().year - 30) if today().month != 2 else date(today().year - 30, 2, 1)
    a_user(first_name="Ila", gender="female", date_of_birth=birthday, email_verified_at=now())
    a_user(first_name="Zoya", gender="female", date_of_birth=birthday + timedelta(days=29), phone_verified_at=now())
    a_user(first_name="Devi", gender="male", status=UserStatus.INACTIVE)
    page = owner.get(f"{LIST}?{query}").text
    assert {name for name in ("Ila", "Zoya", "Devi") if f">{name} Rao<" in page} == names


@pytest.mark.covers("ACC-14")
def test_role_and_group_narrow_the_list(owner: ShopClient) -> None:
    customer = a_user(first_name="Ila", role="customer")
    a_user(first_name="Bela", role="staff")
    a_user(first_name="Devi")
    group = CustomerGroup(code="regulars", name="Regulars")
    db.session.add(group)
    db.session.flush()
    db.session.add(CustomerGroupMember(group_id=group.id, user_id=customer.id))
    assert "Bela" not in owner.get(LIST).text
    page = words(owner.get(f"{LIST}?role={role_named('staff').id}"))
    assert ("Bela Rao" in page, "Ila Rao" in page, "Role: Staff" in page) == (True, False, True)
    clerk = as_role(owner.application.test_client(), "support")
    assert "Bela" not in clerk.get(f"{LIST}?role={role_named('staff').id}").text
    page = words(owner.get(f"{LIST}?group={group.id}"))
    assert ("Ila Rao" in page, "Devi Rao" in page, "Group: Regulars" in page) == (True, False, True)


@pytest.mark.covers("ACC-14")
def test_each_filter_is_a_chip_that_takes_it_away(owner: ShopClient) -> None:
    page = owner.get(f"{LIST}?q=ila&gender=female&sort=spent").text
    assert 'href="/staff/customers?q=ila&amp;sort=spent"' in page
    assert 'href="/staff/customers?gender=female&amp;sort=spent"' in page


@pytest.mark.covers("ACC-14")
def test_what_makes_no_sense_narrows_nothing(owner: ShopClient) -> None:
    a_user(first_name="Ila")
    odd = ("sort=shoe", "status=gone", "email=perhaps", "gender=x", "age_from=-1", "age_to=999", "age_from=٣",
           "role=987654", "group=abc", "page=x", "q=%00")  # fmt: skip
    for query in odd:
        assert "Ila Rao" in owner.get(f"{LIST}?{query}").text, query


@pytest.mark.covers("ACC-14")
def test_sorts_put_the_first_one_first(owner: ShopClient) -> None:
    a_spender("Zoya", 100000, 100000)
    a_spender("Ila", 900000)
    first = {"newest": "Ila", "oldest": "Zoya", "name": "Ila", "orders": "Zoya", "spent": "Ila"}
    for sort, name in first.items():
        page = words(owner.get(f"{LIST}?sort={sort}"))
        assert min(("Ila Bose", "Zoya Bose"), key=page.index).startswith(name), sort


@pytest.mark.covers("ACC-14")
def test_no_more_than_so_many_are_counted_and_leafed_through(
    owner: ShopClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.staff.customers.MOST_LISTED", 25)
    for name in ("Ila", *["Zoya"] * 25):
        a_user(first_name=name)
    page = words(owner.get(f"{LIST}?page=9"))
    assert "1–25 of more than 25" in page
    assert "Ila" not in page


@pytest.mark.covers("ACC-14")
def test_accounts_know_what_their_orders_come_to(owner: ShopClient) -> None:
    user_id = a_spender("Ila", 200000, 300000)
    guest = an_order(a_variant(price=150000))
    token, placed_at = guest.token, guest.placed_at
    db.session.rollback()
    with unit_of_work():
        claim_by_link(token, user_id)
    with unit_of_work():
        cancel_order(db.session.query(Order).filter_by(user_id=user_id).order_by(Order.id).limit(1).one(), SYSTEM)
    person = fresh(user_id)
    assert (person.orders_count, person.spent, person.last_order_at) == (3, Money(450000), placed_at)
    assert audit() == []


@pytest.mark.covers("ACC-14")
def test_a_customers_page_has_their_orders(owner: ShopClient) -> None:
    user_id = a_spender("Ila", 200000)
    number = db.session.query(Order).filter_by(user_id=user_id).one().number
    page = words(owner.get(f"/staff/customers/{user_id}"))
    assert number in page
    assert "Spent ₹2,000" in page


@pytest.mark.covers("ACC-14")
def test_the_list_costs_the_same_for_many_customers(owner: ShopClient) -> None:
    first, *_others = [a_spender(name, 200000) for name in ("Ila", "Zoya", "Devi")]
    for url, most in ((f"{LIST}?sort=orders&q=bose&gender=female", 6), (f"{LIST}/{first}", WHOLE_PERSON)):
        owner.get(url)
        with statements() as seen:
            assert owner.get(url).status_code == 200
        assert len(seen) <= most, seen
