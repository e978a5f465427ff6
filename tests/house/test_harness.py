"""The harness itself: every test starts from the same shop, whatever the one before did."""

import os
import signal
import urllib.request
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Error, Page
from sqlalchemy import func, inspect, select, text

from shop.extensions import db
from tests.support.browsers import ONCE_MORE, Chromium
from tests.support.live import LiveShop
from tests.support.shops import ShopClient


def rows_of_all_tables() -> dict[str, int]:
    names = inspect(db.engine).get_table_names()
    return {name: db.session.scalar(select(func.count()).select_from(text(f'"{name}"'))) or 0 for name in names}


@pytest.mark.parametrize("round_", [1, 2])
def test_a_test_starts_from_the_fresh_shop_whatever_ran_before(app: Flask, round_: int) -> None:
    before = rows_of_all_tables()
    assert before["role"] > 0
    assert before["timed_job"] == 0
    db.session.execute(text("INSERT INTO timed_job (name, due_at) VALUES ('ours', '2026-01-01')"))
    db.session.execute(text("DELETE FROM tax_rate"))
    db.session.commit()


def test_a_request_shares_nothing_with_the_test_around_it(client: ShopClient) -> None:
    assert client.get("/health").status_code == 200


@pytest.mark.one_engine
def test_page_tests_run_on_one_engine(engine: str) -> None:
    assert engine == "sqlite"


def test_a_live_shop_answers_on_its_own_port(live_shop: LiveShop) -> None:
    with urllib.request.urlopen(f"{live_shop.url}/health") as answer:
        assert answer.status == 200


def test_a_live_shop_runs_its_worker_relay_and_cron(open_live_shop: Callable[..., LiveShop], redis_url: str) -> None:
    shop = open_live_shop(REDIS_URL=redis_url)
    helpers = [shop.help_with(command) for command in ("work", "relay", "cron")]
    with pytest.raises(Exception, match="timed out"):
        helpers[0].wait(timeout=3)
    assert [helper.poll() for helper in helpers] == [None, None, None], shop.logs()


@pytest.mark.browser
def test_the_browser_opens_the_live_shop(live_shop: LiveShop, page: Page) -> None:
    answer = page.goto(f"{live_shop.url}/health")
    assert answer is not None
    assert answer.status == 200


@pytest.mark.browser
def test_a_browser_that_stops_answering_is_replaced(chromium: Chromium) -> None:
    with chromium.within(1) as browser:
        page = browser.new_page()
        os.kill(chromium.pid, signal.SIGSTOP)
        with pytest.raises(Error) as killed:
            page.evaluate("new Promise(() => {})")
    assert type(killed.value).__name__ in ONCE_MORE
    with chromium.within(60) as browser:
        page = browser.new_page()
        assert page.evaluate("1 + 1") == 2
        page.close()
