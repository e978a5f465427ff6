"""What can go wrong with codes and links that prove who somebody is."""

from __future__ import annotations

from shop.lib.errors import ShopError


class LinkExpired(ShopError):
    """A reset link that is too old, used, or replaced by a newer one."""

    def __init__(self) -> None:
        super().__init__("This link no longer works. Ask for a new one.")


class WrongCode(ShopError):
    """A one-time code that is wrong, too old, used, or tried too often; says nothing about which."""

    field = "code"

    def __init__(self, field: str | None = None) -> None:
        super().__init__("This code does not work. Check it, or ask for a new one.", field=field)


class VerificationExpired(ShopError):
    """A link that proves an e-mail and is too old, used, replaced, or about an address given up since."""

    def __init__(self) -> None:
        super().__init__("This link no longer works. Log in and ask for a new one on your profile.")


class NoTexts(ShopError):
    """A phone was named to a shop that has no provider for text messages."""

    def __init__(self, field: str) -> None:
        super().__init__("We cannot send text messages. Use your e-mail address.", field=field)


class NothingToVerify(ShopError):
    """There is no such address, or it is verified already."""

    status = 409
