"""Chromium for journeys: where it is, how it is started, how long it may be silent, and what a page may never do."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
MISSING = "Chromium is missing (Debian and Ubuntu: apt-get install chromium; elsewhere set CHROMIUM to its path)"
FORBIDDEN = ("Content Security Policy", "Refused to ")
PATIENCE_SECONDS = 150
EXPECTED_WITHIN_MS = 20_000  # a slow machine is no defect; what never comes still fails
# How a killed browser, and a page that was too slow for its test, end: such a test runs once more, and the summary
# names it. What is broken breaks twice.
ONCE_MORE = ["TargetClosedError", "TimeoutError", "Locator expected", "Page URL expected", "Page expected"]


def chromium() -> str | None:
    """The browser's path, from CHROMIUM or the usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """A worker's one browser. Some of Playwright's calls wait for ever, so whoever uses it says how long they wait."""

    def __init__(self, playwright: Playwright, path: str) -> None:
        self.playwright, self.path = playwright, path
        self._launch()

    @contextmanager
    def within(self, seconds: float) -> Iterator[Browser]:
        """The browser; after `seconds` it is killed, which ends whatever waits for it; the next user gets another."""
        if not self.browser.is_connected():
            self._launch()
        timer = Timer(seconds, os.kill, (self.pid, signal.SIGKILL))
        timer.start()
        try:
            yield self.browser
        finally:
            timer.cancel()

    def _launch(self) -> None:
        self.browser = self.playwright.chromium.launch(executable_path=self.path, args=list(FLAGS))
        session = self.browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        self.pid = next(int(process["id"]) for process in processes if process["type"] == "browser")
        session.detach()


@contextmanager
def open_chromium() -> Iterator[Chromium]:
    """One Chromium; a missing one skips the test, or fails it where CI=true."""
    path = chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    expect.set_options(timeout=EXPECTED_WITHIN_MS)
    with sync_playwright() as playwright:
        opened = Chromium(playwright, path)
        yield opened
        opened.browser.close()


def watch(page: Page) -> list[str]:
    """Collect script errors and refusals of the content security policy; a journey ends with none."""
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and any(part in message.text for part in FORBIDDEN):
            troubles.append(message.text)

    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", note)
    return troubles
