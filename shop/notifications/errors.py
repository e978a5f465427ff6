"""What can go wrong with a message."""

from __future__ import annotations


class Undeliverable(Exception):
    """The provider says that this message can never reach this person; trying again cannot help."""


class UnsafeHeader(ValueError):
    """A recipient or subject that could smuggle in headers or recipients of its own; it is never handed over."""
