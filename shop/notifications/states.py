"""The states of a send."""

from enum import StrEnum


class SendState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
