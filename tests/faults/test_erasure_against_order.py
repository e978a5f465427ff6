"""Somebody orders in one window and deletes their account in the other: one of the two happens, and the other not."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import func, select

from shop.accounts.models import Address, TwoFactor, User
from shop.cart.models import Cart, WishlistItem
from shop.catalog.models import SavedSize
from shop.extensions import db
from shop.membership.models import DataExport
from shop.orders.models import OrderLine
from tests.checkout.buying import a_ready_buyer, total_of
from tests.factories import PASSWORD, a_customer, a_user, a_variant
from tests.faults.bench.crowd import Answer, Visitor
from tests.faults.bench.shop import BenchShop
from tests.storefront.shoppers import FORM_ADDRESS
from tests.support import figures

ORDERING, LEAVING = "checkout.goods_held", "erasure.emptied"
pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class Person:
    """Somebody signed in who only has to press the last button of the checkout."""

    user_id: int
    session: str
    variant_id: int
    product_id: int
    total: int

    def order(self, shop: BenchShop) -> Answer:
        return self._press(shop, lambda window: window.place_order(self.total))

    def leave(self, shop: BenchShop) -> Answer:
        return self._press(shop, lambda window: window.post("/account/deletion", current_password=PASSWORD))

    def write(self, shop: BenchShop, path: str) -> Answer:
        fields = {"variant_id": self.variant_id, "product_id": self.product_id} | WRITTEN[path]
        return self._press(shop, lambda window: window.post(path, **fields))

    def _press(self, shop: BenchShop, button: Callable[[Visitor], Answer]) -> Answer:
        window = Visitor(shop, self.session, is_signed_in=True)
        answer = button(window)
        window.leave()
        return answer


def a_person(shop: BenchShop) -> Person:
    with shop.inside():
        variant, user = a_variant(), a_user()
        goods, user_id = (variant.id, variant.product_id), user.id
        visitor = a_ready_buyer(variant, visitor=a_customer(user))
        return Person(user_id, visitor.session_id or "", *goods, total_of(visitor))


def outcome(shop: BenchShop, person: Person) -> tuple[int, bool]:
    """How many orders there are, and whether the account is gone."""
    with shop.inside():
        made = select(func.count(OrderLine.id)).where(OrderLine.variant_id == person.variant_id)
        return db.session.scalar(made) or 0, db.session.get_one(User, person.user_id).erased_at is not None


def rows_about(shop: BenchShop, person: Person) -> int:
    """How many rows name a person that may not outlast the account."""
    with shop.inside():
        counts = [select(func.count()).where(table.user_id == person.user_id) for table in OF_PEOPLE]
        return sum(db.session.scalar(count) or 0 for count in counts)


def held(shop: BenchShop, point: str, first: Callable[..., Answer], *others: Callable[..., Answer]) -> list[Answer]:
    """The first is held in the middle of its unit while the others begin, who all wait for it; then it goes on."""
    shop.arm(point)
    with ThreadPoolExecutor(1 + len(others)) as pool:
        pressed = [pool.submit(first, shop)]
        shop.wait_until_at(point)
        pressed += [pool.submit(other, shop) for other in others]
        answered, _waiting = wait(pressed[1:], timeout=1.5, return_when=FIRST_COMPLETED)
        assert not answered
        shop.let_go(point)
        return [press.result() for press in pressed]


@pytest.mark.covers("ACC-10", "ORD-01")
def test_account_stays_when_its_order_comes_first(bench: BenchShop) -> None:
    person = a_person(bench)
    ordered, left = held(bench, ORDERING, person.order, person.leave)
    assert (ordered.is_thanks, left.status) == (True, 409)
    assert outcome(bench, person) == (1, False)
    bench.audit()
    figures.note("an order first, its account's deletion second", bench.engine, kept=1)


@pytest.mark.covers("ACC-10", "ORD-01")
def test_nothing_is_ordered_on_an_account_that_goes_first(bench: BenchShop) -> None:
    person = a_person(bench)
    left, ordered = held(bench, LEAVING, person.leave, person.order)
    assert (left.status, ordered.is_thanks) == (303, False)
    assert outcome(bench, person) == (0, True)
    bench.audit()
    figures.note("a deletion first, its account's order second", bench.engine, gone=1)


@pytest.mark.control
def test_account_whose_orders_are_looked_at_too_early_would_go_with_one_open(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("reasons_under_the_lock")
    person = a_person(shop)
    held(shop, ORDERING, person.order, person.leave)
    assert outcome(shop, person) == (1, True)


WRITTEN = {
    "/account/addresses/new": {"label": "Home", "phone": "98450 12345", **FORM_ADDRESS},
    "/account/profile": {"first_name": "Zenobia", "email": "", "phone": "98450 99887", "current_password": PASSWORD},
    "/account/profile/picture/removal": {},
    "/account/data": {},
    "/account/sizes/own": {"sizes": "upper:m"},
    "/account/two-factor/key": {"current_password": PASSWORD},
    "/cart/lines": {"quantity": 1},
    "/wishlist/items": {},
}
OF_PEOPLE = (Address, DataExport, SavedSize, TwoFactor, Cart, WishlistItem)


@pytest.mark.covers("ACC-10")
@pytest.mark.parametrize("paths", [list(WRITTEN)[:4], list(WRITTEN)[4:]])
def test_nothing_is_written_about_somebody_who_goes_first(bench: BenchShop, paths: list[str]) -> None:
    person = a_person(bench)
    left, *wrote = held(bench, LEAVING, person.leave, *(partial(person.write, path=path) for path in paths))
    assert left.status == 303
    assert {path: answer.status for path, answer in zip(paths, wrote, strict=True)} == dict.fromkeys(paths, 404)
    with bench.inside():
        user = db.session.get_one(User, person.user_id)
        assert (user.first_name, user.phone, user.erased_at is None) == ("Former", None, False)
    assert rows_about(bench, person) == 0


@pytest.mark.control
def test_control_whoever_is_not_held_leaves_a_wish_behind(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("held_person")
    person = a_person(shop)
    held(shop, LEAVING, person.leave, lambda shop: person.write(shop, "/wishlist/items"))
    assert rows_about(shop, person) == 1
