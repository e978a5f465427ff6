"""People, their roles, visits, addresses, what proves who they are, and sign-ins elsewhere."""

from shop.accounts.models.addresses import SNAPSHOT, Address, AddressType
from shop.accounts.models.elsewhere import LinkedSignIn, LoginLink, UsedState
from shop.accounts.models.leaving import Farewell
from shop.accounts.models.people import Gender, User, UserStatus
from shop.accounts.models.proofs import EmailVerification, OneTimeCode, PasswordReset
from shop.accounts.models.roles import AccessPolicy, Role, RolePermission, UserRole
from shop.accounts.models.sessions import RefreshToken, Session
from shop.accounts.models.two_factor import RecoveryCode, SignInChallenge, TwoFactor, TwoFactorUse

__all__ = [
    "SNAPSHOT",
    "AccessPolicy",
    "Address",
    "AddressType",
    "EmailVerification",
    "Farewell",
    "Gender",
    "LinkedSignIn",
    "LoginLink",
    "OneTimeCode",
    "PasswordReset",
    "RecoveryCode",
    "RefreshToken",
    "Role",
    "RolePermission",
    "Session",
    "SignInChallenge",
    "TwoFactor",
    "TwoFactorUse",
    "UsedState",
    "User",
    "UserRole",
    "UserStatus",
]
