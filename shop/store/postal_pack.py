"""Reads the packed Indian postal directory (built by `tools/postal`) one row at a time."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

INDIA = Path(__file__).parent / "data" / "india-postal.jsonl.xz"


class PostalRow(NamedTuple):
    """A postal code with its district, state (official name) and post offices, main office first."""

    code: str
    district: str
    state: str
    offices: tuple[str, ...]


def read_pack(path: Path = INDIA) -> Iterator[PostalRow]:
    """Rows by rising code; unpacks while reading, so memory stays at a few megabytes."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, district, state, offices = json.loads(line)
            yield PostalRow(code, district, state, tuple(offices))
