"""Tokens that open something: random, handed out once, kept only as hashes; and keys that sign, one a purpose."""

from __future__ import annotations

import hashlib
import secrets

from flask import current_app


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token. Without salt or rounds, because nobody guesses so many bits; anything typed has one."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def key_for(purpose: str) -> bytes:
    """A key made from the shop's secret, so that what is signed for one purpose is worth nothing for another."""
    return hashlib.sha256(f"{purpose}:{current_app.config['SHOP'].secret_key}".encode()).digest()
