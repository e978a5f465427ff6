"""Owed mail survives: separate relay and worker processes, a real Valkey and a real SMTP server."""

import os
import time
from collections import Counter
from collections.abc import Callable

import pytest
import redis
from sqlalchemy import func, select, update

from shop.accounts.events import UserRegistered
from shop.accounts.visitor import Visitor
from shop.checkout.services import place_order
from shop.extensions import db
from shop.lib import workers
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work
from shop.notifications.models import Send
from shop.orders.models import Order
from tests.checkout.buying import an_order
from tests.factories import a_user, a_variant
from tests.faults.bench.carts import write_buyers
from tests.faults.mail_faults import PlugPuller, kill_with_children
from tests.support import figures
from tests.support.forks import Fork
from tests.support.live import LiveShop
from tests.support.mail import MailServer

pytestmark = pytest.mark.faults
Make = Callable[..., LiveShop]
ORDERS = 200 if os.environ.get("SHOP_TEST_LONG") == "1" else 40
PEOPLE = [f"person{number}@example.com" for number in range(8)]


@pytest.fixture
def shop(closed_live_shop: Make, redis_url: str, smtp: MailServer) -> LiveShop:
    """A shop with Redis and a mail server; its relay and worker are started by the test."""
    return with_mail(closed_live_shop, redis_url, smtp)


def with_mail(closed_live_shop: Make, redis_url: str, server: MailServer) -> LiveShop:
    return closed_live_shop(REDIS_URL=redis_url, MAIL_SERVER="127.0.0.1", MAIL_PORT=str(server.port))


def register_people() -> None:
    for address in PEOPLE:
        with unit_of_work():
            emit(UserRegistered(a_user(address).id))


def place_orders(number: int) -> list[str]:
    """So many buyers place an order; returns the orders' numbers."""
    sessions, total = write_buyers(number, a_variant(units=number))
    for session in sessions:
        with unit_of_work():
            place_order(Visitor(session_id=session), "key", total)
    numbers = list(db.session.scalars(select(Order.number)))
    db.session.rollback()
    return numbers


def owed() -> int:
    count = db.session.scalar(select(func.count()).select_from(OutboxEvent).where(OutboxEvent.done_at.is_(None)))
    db.session.rollback()
    return count or 0


def end_leases() -> None:
    """What two minutes would do: claims of processes that are gone run out."""
    with unit_of_work():
        db.session.execute(update(OutboxEvent).values(claimed_until=now(), due_at=now()))


def break_worker(shop: LiveShop) -> Fork:
    """Start the control's worker."""
    shop.works = ("-m", "tests.faults.mail_faults")
    return shop.help_with("work")


@pytest.mark.covers("NOT-01", "ORD-01")
def test_order_is_mailed_by_separate_relay_and_worker_processes(shop: LiveShop, smtp: MailServer) -> None:
    for command in ("relay", "work"):
        shop.help_with(command)
    with shop.inside():
        number = an_order().number
        db.session.commit()
        shop.wait_for(lambda: bool(smtp.messages))
        shop.wait_for(lambda: owed() == 0)
        assert db.session.scalars(select(Send.state)).all() == ["sent"]
    (message,) = smtp.to("asha@example.com")
    assert number in message["Subject"]


@pytest.mark.covers("NOT-01", "ORD-01")
def test_killing_the_worker_and_flushing_redis_while_order_mails_are_owed_loses_none(
    shop: LiveShop, smtp: MailServer
) -> None:
    with shop.inside():
        numbers = place_orders(ORDERS)
        shop.help_with("relay")
        shop.wait_for(lambda: workers.queue().count == ORDERS)
        first, enough = shop.help_with("work"), figures.dice("worker killed").randint(ORDERS // 10, ORDERS * 3 // 10)
        shop.wait_for(lambda: len(smtp.messages) >= enough)
        kill_with_children(first.pid)
        workers.connection().flushdb()
        end_leases()
        shop.help_with("work")
        shop.wait_for(lambda: owed() == 0, 120)
    subjects = {message["Subject"] for message in smtp.messages}
    assert all(any(number in subject for subject in subjects) for number in numbers)
    assert len({message["Message-ID"] for message in smtp.messages}) == ORDERS
    twice = len(smtp.messages) - ORDERS
    assert twice <= 1
    shop.run("shop", "audit")
    figures.note(f"worker killed, Redis flushed, {ORDERS} order mails owed", shop.engine, lost=0, sent_twice=twice)


@pytest.mark.control
def test_control_work_kept_only_in_redis_is_lost_with_it(shop: LiveShop, smtp: MailServer) -> None:
    line = redis.Redis.from_url(shop.environment["REDIS_URL"])
    with shop.inside():
        register_people()
        shop.help_with("relay")
        shop.wait_for(lambda: workers.queue().count == len(PEOPLE))
        with unit_of_work():
            db.session.execute(update(OutboxEvent).values(done_at=now()))
        line.flushdb()
        shop.help_with("work")
        time.sleep(3)
    assert received(smtp) == {}


@pytest.mark.covers("NOT-01")
def test_power_cut_before_a_mail_was_taken_loses_none(closed_live_shop: Make, redis_url: str) -> None:
    with PlugPuller(at=4, is_taken=False) as server:
        shop = with_mail(closed_live_shop, redis_url, server)
        cut_the_power(shop, server, start=lambda: shop.help_with("work"))
        assert received(server) == dict.fromkeys(PEOPLE, 1)


@pytest.mark.covers("NOT-01")
def test_power_cut_after_a_mail_was_taken_mails_that_one_twice_under_one_id(
    closed_live_shop: Make, redis_url: str
) -> None:
    with PlugPuller(at=4, is_taken=True) as server:
        shop = with_mail(closed_live_shop, redis_url, server)
        cut_the_power(shop, server, start=lambda: shop.help_with("work"))
        assert sorted(received(server).values()) == [1] * (len(PEOPLE) - 1) + [2]
        assert len({message["Message-ID"] for message in server.messages}) == len(PEOPLE)


@pytest.mark.control
def test_control_rows_marked_done_before_sending_lose_the_mail(closed_live_shop: Make, redis_url: str) -> None:
    with PlugPuller(at=4, is_taken=False) as server:
        shop = with_mail(closed_live_shop, redis_url, server)
        cut_the_power(shop, server, start=lambda: break_worker(shop))
        shop.wait_for(lambda: len(received(server)) >= len(PEOPLE) - 1)
        time.sleep(1)
        assert len(received(server)) == len(PEOPLE) - 1


def cut_the_power(shop: LiveShop, server: PlugPuller, start: Callable[[], Fork]) -> None:
    """Let a worker mail everybody, kill it on the way, start another and wait until nothing is owed."""
    with shop.inside():
        register_people()
        shop.help_with("relay")
        first = start()
        server.pull = lambda: kill_with_children(first.pid)
        shop.wait_for(lambda: first.poll() is not None)
        end_leases()
        start()
        shop.wait_for(lambda: owed() == 0, 60)


def received(server: MailServer) -> dict[str, int]:
    return dict(Counter(recipient for message in server.messages for recipient in message.get_all("X-RcptTo", [])))
