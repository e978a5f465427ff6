"""What can go wrong with accounts."""

from __future__ import annotations

from collections.abc import Mapping

from shop.lib.errors import ShopError


class WeakPassword(ShopError):
    """The password breaks a rule of ACC-01; the text says which."""

    field = "password"


class AlreadyTaken(ShopError):
    """Someone registered this e-mail or phone before."""

    status = 409


class SignInFailed(ShopError):
    """No active account with this name and password; says nothing about which of them is wrong."""

    status = 401

    def __init__(self) -> None:
        super().__init__("That e-mail or phone and password do not match. Check both and try again.")


class SignInOver(ShopError):
    """A refresh token that is unknown, expired or revoked; says nothing about which."""

    status = 401

    def __init__(self) -> None:
        super().__init__("This sign-in is over. Log in again.")


class WrongPassword(ShopError):
    """The current password was not right."""

    field = "current_password"

    def __init__(self) -> None:
        super().__init__("That is not your current password.")


class LinkExpired(ShopError):
    """A reset link that is too old, used, or replaced by a newer one."""

    def __init__(self) -> None:
        super().__init__("This link no longer works. Ask for a new one; it is valid for five minutes.")


class BadAddress(ShopError):
    """Parts of an address that do not fit, each with a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("Some parts of the address do not fit.")
        self.problems = dict(problems)

    @property
    def wrong(self) -> dict[str, list[str]]:
        return {name: [problem] for name, problem in self.problems.items()}
