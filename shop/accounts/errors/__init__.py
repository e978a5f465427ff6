"""What can go wrong with accounts."""

from shop.accounts.errors.elsewhere import LastWayIn, LinkTaken, NotProvenHere, NotProvenThere
from shop.accounts.errors.people import AlreadyTaken, BadAddress, WeakPassword, WrongPassword
from shop.accounts.errors.proofs import LinkExpired, NoTexts, NothingToVerify, VerificationExpired, WrongCode
from shop.accounts.errors.roles import BeyondYou, LastOwner, NotYourself, RoleFixed, RoleInUse, RoleTaken
from shop.accounts.errors.sign_in import AccountClosed, LoginLinkExpired, NotConfirmed, SignInFailed, SignInOver
from shop.accounts.errors.two_factor import SecondStepOver, TooManyCodes, TwoFactorOn, WrongTwoFactorCode

__all__ = [
    "AccountClosed",
    "AlreadyTaken",
    "BadAddress",
    "BeyondYou",
    "LastOwner",
    "LastWayIn",
    "LinkExpired",
    "LinkTaken",
    "LoginLinkExpired",
    "NoTexts",
    "NotConfirmed",
    "NotProvenHere",
    "NotProvenThere",
    "NotYourself",
    "NothingToVerify",
    "RoleFixed",
    "RoleInUse",
    "RoleTaken",
    "SecondStepOver",
    "SignInFailed",
    "SignInOver",
    "TooManyCodes",
    "TwoFactorOn",
    "VerificationExpired",
    "WeakPassword",
    "WrongCode",
    "WrongPassword",
    "WrongTwoFactorCode",
]
