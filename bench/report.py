"""The run as Markdown, and its place in docs/measured.md."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version

from bench.scenes import PLACE_ORDER, USUAL, Embedded, Result, Run
from bench.targets import MEGABYTES, ORDERS_A_SECOND, least, shortfalls

BEGIN, END = "<!-- bin/bench writes from here -->", "<!-- to here -->"
PACKAGES = ("flask", "sqlalchemy", "psycopg", "jinja2", "gunicorn")
HEAD = ("page", "asked", "a second", "× floor", "wanted", "p50 ms", "p99 ms", "statements", "raw KB", "sent KB")
Row = Sequence[str]


def section(run: Run, today: date, seed: int, server: str) -> str:
    """Everything between the markers."""
    parts = [_preface(run, today, seed, server), _pages(run), _sizes(run), _others(run), _verdict(run)]
    return "\n\n".join(part for part in parts if part)


def rewritten(document: str, text: str) -> str:
    """The document with the text between its markers. Raises ValueError where it has none."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the document has no place for what the bench measured")
    return f"{before}{BEGIN}\n{text}\n{END}{after}"


def table(head: Row, rows: Iterable[Row]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _preface(run: Run, today: date, seed: int, server: str) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {server}, {versions}"
    return f"Measured on {today.day} {today:%B %Y} (seed {seed}): {machine}.\n{_floor(run)}".strip()


def _floor(run: Run) -> str:
    if not (run.floors and run.constant):
        return ""
    rates = sorted(load.rate for load in run.floors)
    between = (
        f"{rates[0]:,.0f}–{rates[-1]:,.0f} in {len(rates)} measurements, {statistics.median(rates):,.0f} in the middle"
    )
    return f"The floor's 24 rows a second: {between}. Its constant page: {run.constant.rate:,.0f}."


def _pages(run: Run) -> str:
    rows = [_row(result) for result in run.results if result.products == USUAL]
    return f"### {USUAL:,} products\n{table(HEAD, rows)}" if rows else ""


def _row(result: Result) -> Row:
    load, wanted = result.load, least(result.page, result.way)
    return (
        result.page, str(result.way), f"{load.rate:,.0f}", f"{result.ratio:.2f}", f"≥ {wanted}" if wanted else "–",
        f"{load.p50:.1f}", f"{load.p99:.1f}", str(_shown(result.statements)), _kilobytes(result.raw),
        _kilobytes(result.packed),
    )  # fmt: skip


def _sizes(run: Run) -> str:
    others = [result for result in run.results if result.products != USUAL]
    if not others:
        return ""
    head = ("products", *HEAD[:4], *HEAD[5:8])
    rows = [(f"{one.products:,}", *_row(one)[:4], *_row(one)[5:8]) for one in others]
    return f"### Fewer and more products\n{table(head, rows)}"


def _others(run: Run) -> str:
    rows = [
        (f"orders a second, {one.products:,} products, 8 buyers", f"{one.load.rate:.1f} (≥ {ORDERS_A_SECOND})")
        for one in run.results
        if one.page == PLACE_ORDER
    ]
    for size, megabytes in run.memory.items():
        rows.append((f"largest worker, {size:,} products, all kept that may be", f"{megabytes:.0f} MB (≤ {MEGABYTES})"))
    if run.embedded:
        rows.append(_embedded(run.embedded))
    return f"### Orders, memory, SQLite\n{table(('what', 'measured'), rows)}" if rows else ""


def _embedded(found: Embedded) -> tuple[str, str]:
    load, wrong = found.load, found.load.refused + found.load.failed + found.lost_orders
    what = f"SQLite, {found.products:,} products, 8 clients who look and buy"
    return what, f"{load.rate:.0f} requests a second, p99 {load.p99:.0f} ms, {wrong} of {load.requests:,} went wrong"


def _verdict(run: Run) -> str:
    missed = shortfalls(run)
    return "Short of what was wanted:\n" + "\n".join(f"- {one}" for one in missed) if missed else "Nothing fell short."


def _shown(number: int | None) -> str | int:
    return "–" if number is None else number


def _kilobytes(size: int | None) -> str:
    return "–" if size is None else f"{size / 1000:.1f}"
