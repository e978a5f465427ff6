"""What the catalogue does by the clock."""

from __future__ import annotations

from datetime import timedelta

from shop.catalog.search import empty, vocabulary
from shop.lib.timed import every


@every(timedelta(hours=1))
def count_words() -> None:
    """Which words lead to how many products, for those that were mistyped."""
    vocabulary.count_again()


@every(timedelta(hours=24))
def forget_empty_searches() -> None:
    empty.forget_old()
