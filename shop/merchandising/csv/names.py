"""What products are sorted by, looked up by what stands in a cell."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Select, select

from shop.catalog.lookups import there
from shop.catalog.models import Brand, Category, Colour, Occasion, ProductType, Size
from shop.lib.queries import rows

Known = dict[str, int | None]


NAMED = (("brand", Brand), ("occasion", Occasion), ("product type", ProductType), ("colour", Colour))


class Names:
    """Ids by name, slug or path, without regard to case; a name that several have stands for none of them.

    With `hold` nobody deletes any of them until the unit ends; they are held before products, as by whoever deletes.
    """

    def __init__(self, *, hold: bool = False) -> None:
        self._kinds: dict[str, Known] = {}
        for kind, model in NAMED:
            self._kinds[kind] = _known((row.id, (row.name, row.slug)) for row in _rows(there(model), hold))
        categories, sizes = _rows(there(Category), hold), _rows(select(Size), hold)
        self._kinds["category"] = _known((row.id, (row.path, row.slug, row.name)) for row in categories)
        self._kinds["size"] = _known((row.id, (row.slug, row.label)) for row in sizes)

    def id_of(self, kind: str, cell: str) -> int:
        """What a cell names; a ValueError says that nothing or several things are called so."""
        known, word = self._kinds[kind], cell.casefold()
        found = known.get(word)
        if found is not None:
            return found
        if word in known:
            raise ValueError(f"Several are called “{cell}”. Write the {_surest(kind)}.")
        near = get_close_matches(word, known, n=1)
        raise ValueError(f"There is no {kind} “{cell}”." + (f" Is it “{near[0]}”?" if near else ""))


def _rows(wanted: Select[Any], hold: bool) -> list[Any]:
    return rows(wanted.with_for_update(read=True, key_share=True) if hold else wanted)


def _known(named: Iterable[tuple[int, tuple[str, ...]]]) -> Known:
    """What is said first of a row is its own: a later word that is another row's first does not count."""
    found: Known = {}
    rest: list[tuple[int, Any]] = []
    for id, (first, *others) in named:
        found[first.casefold()] = id
        rest += [(id, word.casefold()) for word in others]
    own = set(found)
    for id, word in rest:
        if word not in own:
            found[word] = id if found.get(word, id) == id else None
    return found


def _surest(kind: str) -> str:
    return {"category": "path, as men/shirts", "size": "slug"}.get(kind, "slug")
