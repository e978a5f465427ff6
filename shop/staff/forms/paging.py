"""Which page of a list is asked for."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

LAST_PAGE = 1_000_000


def page_number(args: MultiDict[str, str]) -> int:
    """The page asked for; anything else is the first."""
    wanted = args.get("page", "1")
    return min(int(wanted), LAST_PAGE) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1


def text_of(args: MultiDict[str, str]) -> str:
    """What stands in the search box."""
    return args.get("q", "").replace("\x00", "").strip()[:100]
