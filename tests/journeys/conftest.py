"""One running demo shop for all journeys of a worker, and visitors with and without JavaScript."""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browsers import EXPECTED_WITHIN_MS, watch
from tests.support.live import LiveShop
from tools.processes import wait_until


@pytest.fixture(scope="session")
def demo_shop(request: pytest.FixtureRequest) -> Iterator[LiveShop]:
    """The demo shop as real processes."""
    chosen = request.config.getoption("--db")
    shop = LiveShop("sqlite" if chosen == "both" else chosen)
    shop.run("shop", "demo")
    shop.start()
    yield shop
    shop.close()


@pytest.fixture
def visit_to(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A fresh visitor of a shop: `visit_to(shop)`; script errors and refusals of the policy fail the test."""
    contexts, troubles = [], []

    def visit_to(shop: LiveShop, *, javascript: bool = True, width: int = 1280, height: int = 900) -> Page:
        contexts.append(
            browser.new_context(
                base_url=shop.url,
                java_script_enabled=javascript,
                viewport={"width": width, "height": height},
                locale="en-IN",
                timezone_id="Asia/Kolkata",
                reduced_motion="reduce",
            )
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(EXPECTED_WITHIN_MS)
        troubles.append(watch(page))
        return page

    yield visit_to
    for context in contexts:
        context.close()
    assert not any(troubles), troubles


@pytest.fixture
def visit(visit_to: Callable[..., Page], demo_shop: LiveShop) -> Callable[..., Page]:
    """A fresh visitor of the demo shop: `visit()`, `visit(javascript=False)`."""
    return partial(visit_to, demo_shop)


@pytest.fixture
def newest(demo_shop: LiveShop) -> Callable[[str, str], str]:
    """The words of the newest message of a kind to somebody: `newest("mail/*-reset_code.eml", "asha@example.com")`."""

    def newest(pattern: str, to: str) -> str:
        def found() -> list[Path]:
            return [file for file in sorted(demo_shop.folder.glob(pattern)) if to in file.read_text("utf-8")]

        wait_until(lambda: bool(found()), demo_shop.web, demo_shop.folder / "web.log")
        content = found()[-1].read_bytes()
        if not pattern.endswith(".eml"):
            return content.decode()
        parts = message_from_bytes(content, policy=policy.default).walk()
        return next(str(part.get_content()) for part in parts if part.get_content_type() == "text/plain")

    return newest
