"""One running demo shop for all journeys of a worker, and visitors with and without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browsers import watch
from tests.support.live import LiveShop


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
def visit(browser: Browser, demo_shop: LiveShop) -> Iterator[Callable[..., Page]]:
    """A fresh visitor: `visit()`, `visit(javascript=False)`; script errors and refusals of the policy fail the test."""
    contexts, troubles = [], []

    def visit(*, javascript: bool = True, width: int = 1280, height: int = 900) -> Page:
        contexts.append(
            browser.new_context(
                base_url=demo_shop.url,
                java_script_enabled=javascript,
                viewport={"width": width, "height": height},
                locale="en-IN",
                timezone_id="Asia/Kolkata",
                reduced_motion="reduce",
            )
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        troubles.append(watch(page))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not any(troubles), troubles
