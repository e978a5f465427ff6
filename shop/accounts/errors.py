"""What can go wrong with accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


class BadAddress(ShopError):
    """Parts of an address that do not fit, each with a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("Some parts of the address do not fit.")
        self.problems = dict(problems)

    @property
    def wrong(self) -> dict[str, list[str]]:
        return {name: [problem] for name, problem in self.problems.items()}


class RoleTaken(ShopError):
    """Another role is called that."""

    status = 409
    field = "label"

    def __init__(self) -> None:
        super().__init__("There is a role with this name already.")


class RoleFixed(ShopError):
    """A built-in role stays, under its name; owner and customer also keep their permissions."""

    status = 409


class RoleInUse(ShopError):
    """A role that people have; the text says who."""

    status = 409

    def __init__(self, names: Sequence[str], people: int) -> None:
        rest = f" and {people - len(names)} more" if people > len(names) else ""
        super().__init__(
            f"{', '.join(names)}{rest} {'has' if people == 1 else 'have'} this role. Take it from them first."
        )


class LastOwner(ShopError):
    """The shop would be left without an owner who can log in."""

    status = 409

    def __init__(self) -> None:
        super().__init__("That is the last owner. Make somebody else an owner first.")


class BeyondYou(ShopError):
    """Somebody would give or take more than they may do themselves."""

    status = 403

    def __init__(self) -> None:
        super().__init__("That takes permissions you do not have yourself. Ask an owner.")


class NotYourself(ShopError):
    """Something one does to others only."""

    status = 409


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


class AccountClosed(ShopError):
    """Somebody who is known, and is not let in any more."""

    status = 403

    def __init__(self) -> None:
        super().__init__("This account is closed. Write to us if you think that is a mistake.")


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


class LoginLinkExpired(ShopError):
    """A login link that is too old, or used."""

    status = 410

    def __init__(self) -> None:
        super().__init__("This link no longer works: it logs in once, within fifteen minutes.")
