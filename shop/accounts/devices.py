"""What a device is called, read from what its browser says of itself; good enough for its owner to know it again."""

from __future__ import annotations

import re

from shop.accounts.models import Session

# The first that is found counts: most browsers also name those they descend from.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "UCBrowser": "UC Browser",
    "FxiOS": "Firefox", "Firefox": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "CrOS": "ChromeOS",
    "Mac OS X": "Mac", "Linux": "Linux",
}  # fmt: skip
PROGRAM = re.compile(r"[\w.-]{1,40}")


def device_name(user_agent: str | None) -> str:
    """Such as “Chrome on Android”; for what is no browser the name of the program."""
    told = user_agent or ""
    browser, system = _found(BROWSERS, told), _found(SYSTEMS, told)
    if browser and system:
        return f"{browser} on {system}"
    program = PROGRAM.match(told)
    return browser or system or (program[0] if program else "Unknown device")


def session_name(session: Session) -> str:
    """What a person's list of devices calls a session."""
    return "Support from the shop" if session.opened_from else device_name(session.user_agent)


def _found(names: dict[str, str], told: str) -> str:
    return next((name for mark, name in names.items() if mark in told), "")
