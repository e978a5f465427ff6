"""What a listing's address asks for, read from the query and written back in its one canonical shape."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from werkzeug.datastructures import MultiDict

from shop.catalog.wants import FACETS, SORTS, Wants

STEP = 24
MOST_SHOWN = 120
MOST_VALUES = 40
LONGEST = 80
LISTS = (*FACETS, "mine")
LISTING_PARAMETERS = (*LISTS, "price", "price_min", "price_max", "sort", "show", "page")
Args = MultiDict[str, str]


def read_wants(args: Args) -> Wants:
    """Facets as `colour=a,b` or repeated, `price=500-1500` or two fields; what cannot be read is left out."""
    low, high = _price_range(args)
    sort = args.get("sort", "")
    return Wants(
        **{name: _slugs(args.getlist(name)) for name in LISTS},
        low=low,
        high=high,
        sort=sort if sort in SORTS else "recommended",
    )


def read_shown(args: Args) -> int:
    """How many products to show: a multiple of 24, at most 120."""
    asked = whole(args.get("show", "")) or STEP
    return min(MOST_SHOWN, max(STEP, -(-asked // STEP) * STEP))


def read_page(args: Args) -> int:
    """Which numbered page, from 1; long lists go on in pages after the first 120."""
    return max(1, whole(args.get("page", "")) or 1)


def is_form_shape(args: Args) -> bool:
    """Whether this is not how an address is written: fields repeated or empty, values not in order, the price in two.

    The order of the fields is no difference: the page is the same, and names its canonical address.
    """
    fields = ("sort", "price", *LISTS)
    repeated = any(len(args.getlist(name)) > 1 or args.get(name) == "" for name in fields)
    mixed = any(args[name] != ",".join(_slugs([args[name]])) for name in LISTS if name in args)
    is_default = args.get("sort") == "recommended" or "price_min" in args or "price_max" in args
    return repeated or mixed or is_default


def write_query(wants: Wants, *, text: str | None = None, show: int = STEP, page: int = 1) -> str:
    """The query in its canonical order, with its question mark; empty when nothing is asked."""
    named: list[tuple[str, str]] = [("q", text)] if text else []
    named += [(name, ",".join(getattr(wants, name))) for name in FACETS if getattr(wants, name)]
    named += [("price", _price_text(wants))] if wants.has_price else []
    named += [("mine", ",".join(wants.mine))] if wants.mine else []
    named += [("sort", wants.sort)] if wants.sort != "recommended" else []
    named += [("show", str(show))] if show > STEP else []
    named += [("page", str(page))] if page > 1 else []
    return f"?{urlencode(named, safe=',:', quote_via=quote)}" if named else ""


def _price_text(wants: Wants) -> str:
    """The price range as the address writes it: `500-1500`, `500-`, `-1500`."""
    return f"{'' if wants.low is None else wants.low}-{'' if wants.high is None else wants.high}"


def whole(text: str) -> int | None:
    """A whole number of at most seven ASCII digits, or None."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 7 else None


def _slugs(given: Iterable[str]) -> tuple[str, ...]:
    parts = {part.strip().lower()[:LONGEST].replace("\0", "") for value in given for part in value.split(",")}
    return tuple(sorted(part for part in parts if part)[:MOST_VALUES])


def _price_range(args: Args) -> tuple[int | None, int | None]:
    if "price_min" in args or "price_max" in args:
        ends = (whole(args.get("price_min", "")), whole(args.get("price_max", "")))
    else:
        ends = _range_text(args.get("price", ""))
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        return ends[1], ends[0]
    return ends


def _range_text(text: str) -> tuple[int | None, int | None]:
    """Both ends of `500-1500`; an end that is no number makes the whole unreadable."""
    low, dash, high = text.partition("-")
    ends = (whole(low), whole(high))
    is_readable = dash and all(
        end is not None or not given.strip() for end, given in zip(ends, (low, high), strict=True)
    )
    return ends if is_readable else (None, None)
