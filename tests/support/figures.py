"""Figures of races and crashes: tests note them, the end of the run prints them, a full long run writes them down."""

import json
import os
import random
from collections import Counter
from pathlib import Path

from shop.lib.clock import now
from tests.support import ground

DOCUMENT = ground.ROOT / "docs" / "measured.md"
BEGIN, END = "<!-- bin/test with --long writes from here -->", "<!-- to here -->"
SEED = "SHOP_TEST_SEED"


def draw_seed() -> None:
    """Choose the seed of this run; one that is set already repeats a run."""
    os.environ.setdefault(SEED, str(random.randrange(10**6)))


def dice(what: str) -> random.Random:
    """A test's own dice: with the same seed they fall the same way."""
    return random.Random(f"{os.environ[SEED]} {what}")


def note(what: str, engine: str, **counts: int) -> None:
    """Note one round of something and what came of it; rounds of the same name are added up."""
    with _file().open("a") as file:
        file.write(json.dumps([what, engine, {"rounds": 1} | counts]) + "\n")


def table() -> str:
    """Everything noted in this run as a Markdown table; empty when nothing was."""
    sums: dict[str, dict[str, Counter[str]]] = {}
    for line in _file().read_text().splitlines() if _file().exists() else ():
        what, engine, counts = json.loads(line)
        by_engine = sums.setdefault(what, {engine: Counter() for engine in ground.ENGINES})
        by_engine[engine].update(counts)
    rows = [[what, *map(_words, by_engine.values())] for what, by_engine in sorted(sums.items())]
    head = [["what happened", "on SQLite", "on PostgreSQL"], ["---"] * 3]
    return "\n".join(f"| {' | '.join(row)} |" for row in head + rows) if rows else ""


def write_down() -> None:
    """Put the table into its place in the document."""
    before, _, rest = DOCUMENT.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    today = now()
    preface = f"Run on {today.day} {today:%B %Y}, seed {os.environ[SEED]}."
    DOCUMENT.write_text(f"{before}{BEGIN}\n{preface}\n\n{table()}\n{END}{after}")


def _words(counts: Counter[str]) -> str:
    return ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items()) or "–"


def _file() -> Path:
    return ground.folder() / "figures.jsonl"
