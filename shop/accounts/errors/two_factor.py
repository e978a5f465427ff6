"""What can go wrong with the second step."""

from __future__ import annotations

from shop.lib.errors import ShopError


class WrongTwoFactorCode(ShopError):
    """No code of this person's app, or one that was used; says nothing about which."""

    field = "code"

    def __init__(self) -> None:
        super().__init__("That code does not fit. Codes change every 30 seconds and work once: wait for the next one.")


class TooManyCodes(ShopError):
    """Five codes were tried, and the pause is not over."""

    status = 429
    field = "code"

    def __init__(self) -> None:
        super().__init__("Five codes were tried. Wait 15 minutes, then try again.")


class SecondStepOver(ShopError):
    """The first step of this sign-in is too long ago, was used, or is worth nothing any more."""

    status = 401

    def __init__(self) -> None:
        super().__init__("That took too long. Log in again.")


class TwoFactorOn(ShopError):
    """Two-factor sign-in is on already; it is switched off before another app takes its place."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Two-factor sign-in is on already.")
