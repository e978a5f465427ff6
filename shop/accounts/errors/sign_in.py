"""What can go wrong with coming in."""

from __future__ import annotations

from typing import Any

from shop.lib.errors import ShopError


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


class AccountClosed(ShopError):
    """Somebody who is known, and is not let in any more."""

    status = 403

    def __init__(self) -> None:
        super().__init__("This account is closed. Write to us if you think that is a mistake.")


class LoginLinkExpired(ShopError):
    """A login link that is too old, or used."""

    status = 410

    def __init__(self) -> None:
        super().__init__("This link no longer works: it logs in once, within fifteen minutes.")


class NotConfirmed(ShopError):
    """Somebody who may do this, but gave their password too long ago: it could be anybody with their session."""

    status = 403

    def __init__(self) -> None:
        super().__init__("Confirm that it is you: enter your password once more.")

    @property
    def more(self) -> dict[str, Any]:
        return {"code": "confirm_password"}
