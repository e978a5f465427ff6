"""Column types that keep Python's meaning: aware UTC moments, Money, and encrypted text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from cryptography.fernet import Fernet, MultiFernet
from flask import current_app
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from shop.lib.clock import now
from shop.lib.money import Money


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite would hand back naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MoneyColumn(TypeDecorator[Money]):
    """Money as a whole number of minor units."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | int | None, dialect: Dialect) -> int | None:
        return value.minor if isinstance(value, Money) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))


class EncryptedText(TypeDecorator[str]):
    """Text kept under FIELD_ENC_KEYS: the first key writes, every key reads, so keys can rotate."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _cipher().encrypt(value.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else _cipher().decrypt(bytes(value)).decode()


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in current_app.config["SHOP"].field_enc_keys])


Id = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
Ref = BigInteger().with_variant(Integer, "sqlite")
Amount = Annotated[Money, mapped_column(MoneyColumn)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
CreatedAt = Annotated[datetime, mapped_column(UtcDateTime, default=now)]
JsonDict = Annotated[dict[str, Any], mapped_column(JSON)]
