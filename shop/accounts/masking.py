"""E-mail addresses and phone numbers as they are shown to those who may not read them whole."""

from __future__ import annotations


def masked(name: str) -> str:
    """`jo***@example.com`, `0171***678`; of something very short only the first sign stays."""
    local, at, domain = name.rpartition("@")
    if at:
        return f"{_beginning(local, 2)}***@{domain}"[:80]
    return f"{name[:4]}***{name[-3:]}" if len(name) > 7 else f"{name[:1]}***" if name else ""


def _beginning(text: str, most: int) -> str:
    """The first signs of a text, never all of it."""
    return text[: max(1, min(most, len(text) - 1))]
