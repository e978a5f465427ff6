"""Fixtures every test may ask for; what they stand on is in tests/support."""

import dataclasses
import gc
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from playwright.sync_api import Browser, Page

from shop.extensions import limiter
from shop.operations.audit import audit
from tests.support import figures, ground, recording
from tests.support.browsers import ONCE_MORE, PATIENCE_SECONDS, Chromium, open_chromium, watch
from tests.support.databases import worker
from tests.support.live import LiveShop
from tests.support.mail import MailServer
from tests.support.shops import ShopClient, TestShop, make_app

IS_LONG = os.environ.get("SHOP_TEST_LONG") == "1"
LONG_ROUNDS = 10
settings.register_profile("long", max_examples=5000, deadline=None)
settings.register_profile("everyday", max_examples=100, deadline=None)
settings.load_profile("long" if IS_LONG else "everyday")
KEY = re.compile(r"[A-Z]{3}-\d\d")
GROUND = pytest.StashKey[ground.Ground]()
TROUBLE = "SHOP_TEST_TROUBLE"
PROCESSES = {"bench_without", "closed_live_shop"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("both", *ground.ENGINES), default="both", help="which databases to test on")


def pytest_configure(config: pytest.Config) -> None:
    """Prepare servers and template shops once, in the process that controls the run."""
    if hasattr(config, "workerinput") or config.option.collectonly or config.option.version:
        return
    figures.draw_seed()
    config.stash[GROUND] = ground.Ground(_engines(config))
    try:
        config.stash[GROUND].prepare()
    except Exception as error:
        os.environ[TROUBLE] = str(error)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: half a million objects nobody need look through again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A full run fails over an operation of the API that no test has proven."""
    if _is_full_run(session.config) and exitstatus == pytest.ExitCode.OK and any(recording.unproven()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: pytest.ExitCode, config: pytest.Config
) -> None:
    """Print what races and crashes came to; when the whole suite ran long and passed, write it down."""
    if _is_full_run(config) and (unproven := list(recording.unproven())):
        terminalreporter.section("operations of the API that no test has proven")
        terminalreporter.write_line("\n".join(unproven))
    if GROUND not in config.stash or not (table := figures.table()):
        return
    terminalreporter.section(f"races and crashes, seed {os.environ[figures.SEED]}")
    terminalreporter.write_line(table)
    if IS_LONG and exitstatus == pytest.ExitCode.OK and _is_full_run(config):
        figures.write_down()


def pytest_unconfigure(config: pytest.Config) -> None:
    if prepared := config.stash.get(GROUND, None):
        prepared.close()
        os.environ.pop(TROUBLE, None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Everything that touches the database runs on each engine; with --long, races and crashes run many times.

    A control has broken once it broke: with --long it runs once on each engine. Every day one that starts processes of
    its own runs on the last engine alone, PostgreSQL, where the shop is most processes: what it takes out is the shop's
    guard and no database's.
    """
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    if IS_LONG and "faults" in marks and "control" not in marks:
        metafunc.fixturenames.append("_round")
        metafunc.parametrize("_round", range(LONG_ROUNDS))
    if "engine" not in metafunc.fixturenames:
        return
    engines = _engines(metafunc.config)
    if marks & {"one_engine", "browser"}:
        engines = engines[:1]
    if "control" in marks and not IS_LONG and PROCESSES & set(metafunc.fixturenames):
        engines = engines[-1:]
    metafunc.parametrize("engine", engines, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not IS_LONG:
            item.add_marker(pytest.mark.skip(reason="long: bin/test --long"))
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=ONCE_MORE))
        keys = [key for mark in item.iter_markers("covers") for key in mark.args]
        if len(keys) > 2 or not all(KEY.fullmatch(key) for key in keys):
            raise pytest.UsageError(f"{item.nodeid}: covers() takes one or two keys like ORD-03, not {keys}")


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The database engine of this test: sqlite or postgresql."""
    if trouble := os.environ.get(TROUBLE):
        pytest.fail(f"the test shops could not be made:\n{trouble}", pytrace=False)
    return str(request.param)


@pytest.fixture(scope="session")
def _shop_on() -> Iterator[Callable[[str], TestShop]]:
    made: list[TestShop] = []

    @cache
    def shop_on(engine: str) -> TestShop:
        made.append(TestShop(engine))
        return made[-1]

    yield shop_on
    for shop in made:
        shop.close()


@pytest.fixture
def app(engine: str, _shop_on: Callable[[str], TestShop]) -> Iterator[Flask]:
    """The shop, in a pushed context, on a database that is as `flask shop init` left it."""
    with _shop_on(engine).as_new() as shop:
        yield shop


@pytest.fixture
def client(app: Flask) -> ShopClient:
    """One visitor with cookies; more visitors come from `app.test_client()`."""
    client: Any = app.test_client()
    return client


@pytest.fixture
def books_balance(app: Flask) -> Iterator[None]:
    """After the test the shop's own audit finds nothing wrong."""
    yield
    assert audit() == []


@pytest.fixture
def configure(app: Flask) -> Iterator[Callable[..., None]]:
    """Change what the shop looks up in its configuration as it works; what it takes once at its start: `make_shop`."""
    config = app.config["SHOP"]
    yield lambda **changes: app.config.update(SHOP=dataclasses.replace(app.config["SHOP"], **changes))
    app.config["SHOP"] = config


@pytest.fixture
def media(configure: Callable[..., None], tmp_path: Path) -> Path:
    """A media folder of this test alone."""
    configure(media_path=tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def make_shop(app: Flask) -> Iterator[Callable[..., Flask]]:
    """A second app on the test's database with other settings: `make_shop(rate_limits=True)`."""
    yield lambda **changes: make_app(dataclasses.replace(app.config["SHOP"], **changes))
    # The limiter is one object for all apps: the last app made decides whether it limits.
    limiter.enabled = app.config["SHOP"].rate_limits


@pytest.fixture
def redis_url() -> str:
    """An address in the run's Valkey that no other worker uses, emptied."""
    import redis

    number = 1 + int(worker().removeprefix("gw") if worker().startswith("gw") else 60)
    url = f"{os.environ[ground.REDIS].rpartition('/')[0]}/{number}"
    redis.Redis.from_url(url).flushdb()
    return url


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    """A mail server that keeps what it receives."""
    with MailServer() as server:
        yield server


@pytest.fixture
def closed_live_shop(engine: str) -> Iterator[Callable[..., LiveShop]]:
    """Makes shops that serve no pages, for tests of what runs beside them; all are gone at the end."""
    made: list[LiveShop] = []

    def make(**settings: str) -> LiveShop:
        made.append(LiveShop(engine, **settings))
        return made[-1]

    yield make
    for shop in made:
        shop.close()


@pytest.fixture
def open_live_shop(closed_live_shop: Callable[..., LiveShop]) -> Callable[..., LiveShop]:
    """Starts shops as real processes: `open_live_shop(MAIL_SERVER="127.0.0.1", …)`; all are closed at the end."""

    def open_live_shop(**settings: str) -> LiveShop:
        shop = closed_live_shop(**settings)
        shop.start()
        return shop

    return open_live_shop


@pytest.fixture
def live_shop(open_live_shop: Callable[..., LiveShop]) -> LiveShop:
    """One running shop, empty but for what `flask shop init` makes."""
    return open_live_shop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Chromium, once per worker."""
    with open_chromium() as opened:
        yield opened


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Browser]:
    """The worker's browser, which this test may use for a while."""
    with chromium.within(PATIENCE_SECONDS) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor's page; script errors and refusals of the content security policy fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-IN", timezone_id="Asia/Kolkata")
    page = context.new_page()
    troubles = watch(page)
    yield page
    context.close()
    assert not troubles, troubles


def _is_full_run(config: pytest.Config) -> bool:
    """Whether this process controls a run of everything."""
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    chosen = any(config.getoption(name, None) for name in ("keyword", "markexpr", "deselect", "lf"))
    return GROUND in config.stash and is_whole and not chosen


def _engines(config: pytest.Config) -> tuple[str, ...]:
    chosen = config.getoption("--db")
    return ground.ENGINES if chosen == "both" else (chosen,)
