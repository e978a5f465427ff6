"""What can go wrong with sign-ins of a provider."""

from __future__ import annotations

from shop.lib.errors import ShopError


class NotProvenThere(ShopError):
    """The provider gives no e-mail, or has not verified it."""

    status = 409

    def __init__(self, title: str) -> None:
        super().__init__(f"{title} has not confirmed an e-mail address of yours. Confirm it there, or register here.")


class NotProvenHere(ShopError):
    """There is an account with this e-mail, and nobody has proven yet that the address is theirs."""

    status = 409

    def __init__(self, title: str) -> None:
        super().__init__(
            "There is an account with your e-mail address, and the address was never confirmed. "
            f"Set a new password by e-mail, which confirms it; after that {title} opens the account."
        )


class LinkTaken(ShopError):
    """A sign-in opens one account, and each account has one sign-in of a provider."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This sign-in opens another account, or the account has another one there already.")


class LastWayIn(ShopError):
    """Nothing else opens the account."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Nothing else opens your account. Set a password first.")
