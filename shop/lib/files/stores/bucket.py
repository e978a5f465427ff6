"""Files in a bucket that speaks S3: Amazon's, or any other's at an address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog

from shop.lib.files.stores.base import Kept, StoreDown

YEAR = 31_536_000
TRIES = 3
CONNECT_SECONDS, READ_SECONDS = 3, 10
PAGE = 1000
ABSENT = {"404", "NoSuchKey", "NotFound"}
log = structlog.get_logger()


@dataclass(frozen=True)
class Bucket:
    """A bucket, how it is reached and who asks; without a key boto3 looks where the machine keeps its own."""

    name: str
    region: str | None = None
    endpoint: str | None = None
    key_id: str | None = None
    secret: str | None = None

    def put(self, key: str, data: bytes, media_type: str, *, is_public: bool) -> None:
        """What is public says so to caches; whether strangers may read the bucket is the bucket's own policy."""
        whose = "public" if is_public else "private"
        kept = {"ContentType": media_type, "CacheControl": f"{whose}, max-age={YEAR}, immutable"}
        with _asking("put", key):
            self._client.put_object(Bucket=self.name, Key=key, Body=data, **kept)

    def get(self, key: str) -> bytes | None:
        with _asking("get", key):
            try:
                found = self._client.get_object(Bucket=self.name, Key=key)
                data: bytes = found["Body"].read()
            except self._client.exceptions.ClientError as error:
                if _is_absence(error):
                    return None
                raise
        return data

    def delete(self, key: str) -> None:
        with _asking("delete", key):
            self._client.delete_object(Bucket=self.name, Key=key)

    def exists(self, key: str) -> bool:
        with _asking("exists", key):
            try:
                self._client.head_object(Bucket=self.name, Key=key)
            except self._client.exceptions.ClientError as error:
                if _is_absence(error):
                    return False
                raise
        return True

    def list(self, prefix: str) -> Iterator[Kept]:
        """Page by page, so that a bucket of a million files fits into memory."""
        with _asking("list", prefix):
            asked = {"Bucket": self.name, "Prefix": prefix, "PaginationConfig": {"PageSize": PAGE}}
            for page in self._client.get_paginator("list_objects_v2").paginate(**asked):
                for found in page.get("Contents", ()):
                    yield Kept(found["Key"], found["LastModified"])

    @property
    def _client(self) -> Any:
        return _client_of(self.region, self.endpoint, self.key_id, self.secret)


@cache
def _client_of(region: str | None, endpoint: str | None, key_id: str | None, secret: str | None) -> Any:
    """One for a process: it keeps its connections, and threads may share it.

    Imported here, because a shop without a bucket needs nothing of it and it takes a while.
    """
    import boto3
    from botocore.config import Config

    how = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": TRIES},
        s3={"addressing_style": "path" if endpoint else "auto"},
    )
    who = {"aws_access_key_id": key_id, "aws_secret_access_key": secret}
    return boto3.client("s3", region_name=region, endpoint_url=endpoint, config=how, **who)


@contextmanager
def _asking(what: str, key: str) -> Iterator[None]:
    """Whatever goes wrong on the way is one situation; the log says more."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        log.error("bucket_failed", what=what, key=key, error=str(error)[:300])
        raise StoreDown from error


def _is_absence(error: Any) -> bool:
    return error.response.get("Error", {}).get("Code") in ABSENT
