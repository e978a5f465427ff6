"""What search knows besides products: the words there are, and what the owner says means the same."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import audited, own_history
from shop.lib.columns import Id
from shop.lib.stamp import shown


@shown
@own_history("counted anew from the index")
class SearchWord(Model):
    """A folded word of products' names, kinds or facets, and about how many products have it."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    products: Mapped[int]


@shown
@audited()
class Synonym(Model):
    """Phrases that mean the same; with `means`, each finds what those find, and not the other way round."""

    __tablename__ = "synonym"

    id: Mapped[Id]
    words: Mapped[str] = mapped_column(String(400), unique=True)
    means: Mapped[str] = mapped_column(String(400), default="")


@own_history("it is a count by day")
class EmptySearch(Model):
    """How often a day's searches for these words found nothing."""

    __tablename__ = "empty_search"

    words: Mapped[str] = mapped_column(String(100), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    times: Mapped[int] = mapped_column(Integer)
