"""What happened to an account. Secrets never ride here: the handler makes the token or code."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.events import Event


@dataclass(frozen=True)
class UserRegistered(Event):
    user_id: int


@dataclass(frozen=True)
class PasswordResetRequested(Event):
    user_id: int


@dataclass(frozen=True)
class PasswordChanged(Event):
    user_id: int


@dataclass(frozen=True)
class EmailChanged(Event):
    """The address rides along: once it is changed, nothing else knows whom to warn."""

    user_id: int
    old_email: str


@dataclass(frozen=True)
class ResetCodeAskedByMail(Event):
    user_id: int


@dataclass(frozen=True)
class ResetCodeAskedBySms(Event):
    user_id: int


@dataclass(frozen=True)
class EmailReminderAsked(Event):
    user_id: int


@dataclass(frozen=True)
class EmailVerificationAsked(Event):
    user_id: int


@dataclass(frozen=True)
class PhoneVerificationAsked(Event):
    user_id: int


@dataclass(frozen=True)
class PhoneVerified(Event):
    user_id: int


@dataclass(frozen=True)
class NobodyAsked(Event):
    """Something was asked for an address nobody has: written so that known and unknown cost the same."""

    user_id: int


@dataclass(frozen=True)
class TwoFactorSwitchedOn(Event):
    user_id: int


@dataclass(frozen=True)
class TwoFactorSwitchedOff(Event):
    user_id: int
    by_team: bool = False


@dataclass(frozen=True)
class AccountErased(Event):
    """The account is empty; whom to mail stands in its farewell."""

    user_id: int


@dataclass(frozen=True)
class PhoneAccountErased(Event):
    """An account that had no e-mail is empty; whom to text stands in its farewell."""

    user_id: int


@dataclass(frozen=True)
class DataExportReady(Event):
    user_id: int


@dataclass(frozen=True)
class MadeElsewhere(Event):
    """An account was made by a provider's sign-in."""

    user_id: int


@dataclass(frozen=True)
class SignInLinked(Event):
    user_id: int
    provider: str
