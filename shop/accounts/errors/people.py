"""What can go wrong with a person's name, password and addresses."""

from __future__ import annotations

from collections.abc import Mapping

from shop.lib.errors import ShopError, WrongFields


class WeakPassword(ShopError):
    """The password breaks a rule of ACC-01; the text says which."""

    field = "password"


class WrongPassword(ShopError):
    """The current password was not right."""

    field = "current_password"

    def __init__(self) -> None:
        super().__init__("That is not your current password.")


class AlreadyTaken(ShopError):
    """Someone registered this e-mail or phone before."""

    status = 409


class BadAddress(WrongFields):
    """Parts of an address that do not fit."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("Some parts of the address do not fit.", problems)
