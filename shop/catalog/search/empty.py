"""Searches that found nothing, counted by day: what shoppers want and the shop has no word for.

They are facts that may be lost. They gather in the process and are written in a unit of their own once an answer is
made, at most every few seconds.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, select, text

from shop.catalog.models import EmptySearch
from shop.catalog.search.words import asked_words
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.unit_of_work import after_commit, unit_of_work

PAUSE = 5.0
MOST_WAITING = 200
# A machine that asks for nonsense shall not fill the table.
MOST_A_DAY = 1000
KEPT = timedelta(days=180)
COUNT = """
INSERT INTO empty_search (words, day, times) VALUES (:words, :day, :times)
ON CONFLICT (words, day) DO UPDATE SET times = empty_search.times + excluded.times
"""


class Waiting:
    """What is not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted: Counter[tuple[str, date]] = Counter()
        self._written_at = float("-inf")

    def add(self, words: str, day: date) -> None:
        with self._lock:
            if len(self._counted) < MOST_WAITING:
                self._counted[words, day] += 1

    def taken(self) -> list[tuple[str, date, int]]:
        """What is due to be written, in the order of its keys; nothing while the last writing is just over."""
        with self._lock:
            if not self._counted or time.monotonic() - self._written_at < PAUSE:
                return []
            self._written_at = time.monotonic()
            due = sorted((*key, times) for key, times in self._counted.items())
            self._counted.clear()
            return due


waiting = Waiting()


def note_empty(query: str) -> None:
    """Count a search that found nothing."""
    waiting.add(" ".join(asked_words(query))[: EmptySearch.words.type.length], now().date())
    after_commit(_write)


def empty_searches(days: int) -> Select[*tuple[Any, ...]]:
    """`words`, `times`, and `last` day of searches of so many days that found nothing, the most frequent first."""
    times, last = func.sum(EmptySearch.times).label("times"), func.max(EmptySearch.day).label("last")
    since = now().date() - timedelta(days=days)
    found = select(EmptySearch.words, times, last).where(EmptySearch.day > since).group_by(EmptySearch.words)
    return found.order_by(times.desc(), last.desc(), EmptySearch.words)


def forget_old() -> None:
    """Drop counts that are half a year old."""
    db.session.execute(delete(EmptySearch).where(EmptySearch.day < now().date() - KEPT))


def _write() -> None:
    due = waiting.taken()
    if not due:
        return
    with unit_of_work():
        if rows := _with_room(due):
            db.session.execute(text(COUNT), rows)


def _with_room(due: Sequence[tuple[str, date, int]]) -> list[dict[str, object]]:
    """As rows; once a day has enough different words only those it has are counted on."""
    known = {(row.words, row.day) for row in db.session.execute(_known(due))}
    of_today = select(func.count()).select_from(EmptySearch).where(EmptySearch.day == now().date())
    room = max(0, MOST_A_DAY - (db.session.scalar(of_today) or 0))
    new = [one for one in due if one[:2] not in known][:room]
    told = [one for one in due if one[:2] in known or one in new]
    return [{"words": words, "day": day, "times": times} for words, day, times in told]


def _known(due: Sequence[tuple[str, date, int]]) -> Select[*tuple[Any, ...]]:
    days, words = {day for _, day, _ in due}, [words for words, *_ in due]
    return select(EmptySearch.words, EmptySearch.day).where(EmptySearch.day.in_(days), EmptySearch.words.in_(words))
