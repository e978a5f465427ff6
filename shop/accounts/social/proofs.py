"""What a provider proves, and what can go wrong while it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from shop.accounts.contacts import email_address
from shop.lib.errors import ShopError

TITLES = {"google": "Google", "github": "GitHub"}
"""The providers, by key, as people call them."""


@dataclass(frozen=True)
class Proof:
    """Who somebody is at a provider. `email` is as accounts keep it, and only there when the provider verified it."""

    provider: str
    subject: str
    email: str | None
    first_name: str
    last_name: str


@dataclass(frozen=True)
class Grant:
    """What a provider handed to somebody's browser or app, and the secrets that show whose it is.

    `nonce` is what the id token has to repeat; None where none was asked for.
    """

    code: str
    redirect_uri: str
    verifier: str
    nonce: str | None


class Provider(Protocol):
    """A place where people have an account already."""

    @property
    def key(self) -> str:
        """What the shop calls it."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def home(self) -> str:
        """The site a browser is sent to."""

    def login_url(self, redirect_uri: str, state: str, nonce: str, challenge: str) -> str:
        """Where a browser goes to sign in there. Raises ProviderAway."""

    def prove(self, grant: Grant) -> Proof:
        """Trade a code for what it proves; slow, so outside any unit. Raises ProofRefused or ProviderAway."""


class ProviderAway(ShopError):
    """The provider is down, slow, or answers nonsense."""

    status = 502

    def __init__(self, title: str) -> None:
        super().__init__(f"{title} does not answer at the moment. Try again in a minute, or log in with your password.")


class ProofRefused(ShopError):
    """What came back proves nothing: another's code, a used one, a token of somewhere else; says not which."""

    status = 422
    field = "code"

    def __init__(self, title: str) -> None:
        super().__init__(f"Signing in with {title} did not work out. Start again.")


def proven_email(typed: object, is_verified: object) -> str | None:
    """An address in the shop's form, if the provider says that it is the person's; “true” in quotes says nothing."""
    if is_verified is not True or not isinstance(typed, str) or len(typed) > 254:
        return None
    try:
        return email_address(typed)
    except ValueError:
        return None


def line(value: object, longest: int = 80) -> str:
    """A name as accounts keep it; empty for what is none."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(char for char in text if char.isprintable())[:longest].strip()
