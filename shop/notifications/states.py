"""The states of a send, and the ways it goes."""

from enum import StrEnum


class SendState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
