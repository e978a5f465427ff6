"""The floor: what Flask, SQLAlchemy and Jinja cost on this machine before a shop does anything.

`/rows` reads 24 rows in one query and renders a page of 30 KB; `/constant` answers the same bytes without doing either.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, render_template
from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

ROWS, SHOWN = 10_000, 24
TEXT = "Combed cotton, dyed in small lots and cut in a straight line, with a collar that keeps its shape."


class Base(DeclarativeBase):
    """The floor has a database of its own."""


class Article(Base):
    """Something with as many columns as a card of the shop shows."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    brand: Mapped[str]
    text: Mapped[str]
    price: Mapped[int]
    rank: Mapped[int] = mapped_column(index=True)


def fill(engine: Engine) -> None:
    """Make and fill the floor's table."""
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(Article), [_row(number) for number in range(ROWS)])


def create_app(url: str, threads: int) -> Flask:
    """The bare application."""
    app = Flask(__name__, template_folder=str(Path(__file__).parent / "templates"))
    engine = create_engine(url, pool_size=threads)

    @app.get("/rows")
    def rows() -> str:
        with Session(engine) as session:
            found = session.scalars(select(Article).order_by(Article.rank).limit(SHOWN)).all()
            return render_template("floor.html", articles=found)

    with app.test_request_context():
        page = render_template("floor.html", articles=[Article(id=number, **_row(number)) for number in range(SHOWN)])
    app.add_url_rule("/constant", view_func=lambda: page)
    return app


def _row(number: int) -> dict[str, str | int]:
    named = {"slug": f"article-{number}", "name": f"Straight shirt {number}", "brand": "Lampstreet"}
    return {**named, "text": TEXT, "price": 99900 + number, "rank": number * 7919 % ROWS}
