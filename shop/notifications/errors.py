"""What can go wrong with a message."""

from __future__ import annotations


class UnsafeHeader(ValueError):
    """A recipient or subject that could smuggle in headers or recipients of its own; it is never handed over."""
