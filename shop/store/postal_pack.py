"""Reads the packed postal directories (built by `tools/postal`) one row at a time."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
INDIA = DATA / "india-postal.jsonl.xz"


def pack_of(name: str) -> Path:
    """Where the directory of a country lies, which may have none."""
    return DATA / f"{name.lower().replace(' ', '-')}-postal.jsonl.xz"


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
