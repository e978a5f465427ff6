"""The power goes while an account is emptied: it is there as it was, and goes when its person asks again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from shop.accounts.models import Address, User
from shop.accounts.services import addresses
from shop.cart import services as cart_services
from shop.cart.models import Cart
from shop.extensions import db
from tests.checkout.buying import ADDRESS
from tests.factories import PASSWORD, a_customer, a_user, a_variant
from tests.faults.bench.crowd import Answer, Visitor
from tests.faults.bench.shop import BenchShop
from tests.support import figures

POINT = "erasure.emptied"
pytestmark = pytest.mark.faults


def a_person(shop: BenchShop) -> tuple[int, str]:
    """Somebody with an address and a bag: their number and their session."""
    with shop.inside():
        user = a_user()
        visitor = a_customer(user)
        addresses.add_address(user.id, ADDRESS | {"label": "Home"})
        cart_services.add_line(visitor, a_variant().id)
        db.session.commit()
        return user.id, visitor.session_id or ""


def leave(shop: BenchShop, session: str) -> Answer:
    """Press the button that deletes the account, or try as long as the power lasts."""
    visitor = Visitor(shop, session, is_signed_in=True)
    answer = visitor.post("/account/deletion", current_password=PASSWORD)
    visitor.leave()
    return answer


def state_of(shop: BenchShop, user_id: int) -> tuple[bool, int, int]:
    """Whether the account is emptied, and how many addresses and bags it has."""
    with shop.inside():
        is_gone = db.session.get_one(User, user_id).erased_at is not None
        counts = (select(func.count()).where(owner == user_id) for owner in (Address.user_id, Cart.user_id))
        left = [db.session.scalar(count) or 0 for count in counts]
        return is_gone, left[0], left[1]


def cut_short(shop: BenchShop) -> tuple[int, str]:
    """The power goes before the last statement of an erasure; the shop is started again."""
    user_id, session = a_person(shop)
    with ThreadPoolExecutor(1) as pool:
        shop.arm(POINT)
        pool.submit(leave, shop, session)
        shop.wait_until_at(POINT)
        shop.cut_power()
    shop.start()
    return user_id, session


@pytest.mark.covers("ACC-10")
def test_power_cut_at_the_end_of_an_erasure_takes_nothing(bench: BenchShop) -> None:
    user_id, session = cut_short(bench)
    assert state_of(bench, user_id) == (False, 1, 1)
    assert leave(bench, session).status == 303
    assert state_of(bench, user_id) == (True, 0, 0)
    bench.audit()
    figures.note("kill -9 in an erasure", bench.engine, undone=1, done_again=1)


@pytest.mark.control
def test_erasure_in_two_units_would_be_left_half_done(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("one_unit_of_erasure")
    user_id, _session = cut_short(shop)
    assert state_of(shop, user_id) != (False, 1, 1)
