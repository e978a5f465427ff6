"""The RQ side of the outbox: a queue that carries ids, and a bell. Losing Redis loses nothing that is owed."""

from __future__ import annotations

from functools import cache

import structlog
from flask import current_app
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.exceptions import DuplicateJobError

QUEUE = "shop"
BELL = "outbox"
FAILURES_KEPT = 3600
log = structlog.get_logger()


def connection() -> Redis:
    """This process's connection pool to the shop's Redis; only for a shop that has one."""
    return _connect(current_app.config["SHOP"].redis_url)


def queue() -> Queue:
    """The one queue that workers listen to."""
    return Queue(QUEUE, connection=connection())


def enqueue(outbox_id: int, attempt: int) -> None:
    """Hand a claimed outbox row to the workers; handing over the same claim twice makes one job.

    The attempt is part of the job's id, because a finished or failed job keeps its id and would block its own retry.
    Raises RedisError when Redis is away; the claim's lease then brings the row back.
    """
    try:
        queue().enqueue(
            "shop.lib.outbox.run",
            outbox_id,
            attempt,
            job_id=f"ob-{outbox_id}-{attempt}",
            unique=True,
            result_ttl=0,
            failure_ttl=FAILURES_KEPT,
        )
    except DuplicateJobError:
        log.info("job_already_queued", outbox_id=outbox_id, attempt=attempt)


def wake() -> None:
    """Ring the relay's bell; it looks once a second anyway, so a dead Redis is no reason to fail."""
    try:
        connection().publish(BELL, "1")
    except RedisError as error:
        log.warning("relay_not_woken", error=str(error))


@cache
def _connect(url: str) -> Redis:
    """A missing Redis must not hold up a shopper's answer: short waits, and one retry at once for a dropped line."""
    return Redis.from_url(
        url, socket_connect_timeout=1, socket_timeout=5, health_check_interval=30, retry=Retry(NoBackoff(), 1)
    )
