"""Hashes, verifies, judges and makes passwords."""

from __future__ import annotations

import secrets
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shop.accounts.errors import WeakPassword

# Costs 45 to 55 ms of a processor and 36 MiB where it was measured; 19 MiB, the least OWASP advises, costs 17 ms. An
# attacker with the hashes pays as much for every guess, and no login waits longer than anybody notices.
HASHER = PasswordHasher(time_cost=2, memory_cost=36 * 1024, parallelism=1)
AT_ONCE = threading.BoundedSemaphore(2)
COMMON = frozenset(
    [
        "password1!",
        "password@1",
        "password123!",
        "passw0rd!",
        "welcome1!",
        "welcome@123",
        "admin@123",
        "qwerty@123",
        "qwerty123!",
        "india@123",
        "abcd@1234",
        "abc@1234",
        "test@1234",
        "letmein1!",
        "iloveyou1!",
        "p@ssw0rd",
        "p@ssword1",
        "p@ssw0rd1",
        "pass@1234",
        "pass@123",
        "changeme1!",
        "summer2025!",
        "summer2026!",
        "winter2025!",
        "winter2026!",
        "hello@123",
        "krishna@123",
        "sairam@123",
        "monkey1!",
        "dragon1!",
        "football1!",
    ]
)


# Without signs that look alike: somebody may have to type it from paper.
SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, IN_GROUP = 4, 4


def hash_password(password: str) -> str:
    """An Argon2id hash; at most two at a time in a process, so that a flood cannot take its memory."""
    with AT_ONCE:
        return HASHER.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether a password fits a hash; does the same work when there is no such person."""
    with AT_ONCE:
        try:
            return HASHER.verify(password_hash or _dummy(), password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made when hashes cost something else."""
    return HASHER.check_needs_rehash(password_hash)


def check_password_rules(password: str) -> None:
    """At least 8 characters, upper, lower, digit and special, not a common one (ACC-01). Raises WeakPassword."""
    has = (str.isupper, str.islower, str.isdigit, lambda char: not char.isalnum())
    if len(password) < 8 or not all(any(test(char) for char in password) for test in has):
        raise WeakPassword(
            "Use at least 8 characters with a capital letter, a small letter, a digit and a special sign."
        )
    if len(password) > 128:
        raise WeakPassword("Use at most 128 characters.")
    if password.lower() in COMMON:
        raise WeakPassword("That password is on every attacker's list. Choose another.")


def generated_password() -> str:
    """A password nobody could guess (92 bits), such as kT7m-Qx2p-…; it keeps the rules of ACC-01."""
    while True:
        password = "-".join("".join(secrets.choice(SIGNS) for _ in range(IN_GROUP)) for _ in range(GROUPS))
        try:
            check_password_rules(password)
        except WeakPassword:
            continue
        return password


@cache
def _dummy() -> str:
    return HASHER.hash("nobody has this password")
