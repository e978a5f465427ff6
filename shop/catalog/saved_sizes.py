"""Sizes that people save: `upper:m` is size M of what is worn above.

A listing in saved sizes names them in its address, never whose they are: it is the same for everybody who opens it, so
it can be kept, and a bookmark keeps the sizes it was made with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import ScalarSelect, bindparam, delete, func, insert, select

from shop.accounts.services import people
from shop.catalog.assortments import ids_in
from shop.catalog.goods import goods_of
from shop.catalog.models import SavedSize, Size
from shop.catalog.models.lookups import Garment
from shop.catalog.models.saved_sizes import Wearer
from shop.catalog.values import Value, all_values
from shop.catalog.wants import Scope
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.kept import kept_by_stamp


@kept_by_stamp(most=1)
def sizes_by_garment() -> dict[str, list[Value]]:
    """The sizes that products on the shelf come in, sold out or not, by what they dress."""
    goods = goods_of(Scope())
    found: dict[str, int] = defaultdict(int)
    for alike in goods.alike:
        for place in alike.places:
            found[alike.garment] |= goods.parts[place].sizes
    known = all_values()["size"]
    return {
        garment: sorted((known[id_] for id_ in ids_in(found[garment])), key=lambda size: size.order)
        for garment in Garment
        if found[garment]
    }


def saved_by(user_id: int) -> dict[str, list[str]]:
    """What a person saved, by wearer; all wearers are there."""
    return by_wearer(db.session.scalar(select(saved_as_text()), {"owner": user_id}))


@cache
def saved_as_text() -> ScalarSelect[str]:
    """What the person `owner` saved, in one text as a part of a statement that asks more; `by_wearer` reads it."""
    one = SavedSize.wearer + ":" + SavedSize.garment + ":" + Size.slug
    saved = select(func.aggregate_strings(one, ",")).select_from(SavedSize).join(Size, Size.id == SavedSize.size_id)
    return saved.where(SavedSize.user_id == bindparam("owner")).scalar_subquery()


def by_wearer(text: str | None) -> dict[str, list[str]]:
    """Saved sizes as addresses name them."""
    found: dict[str, list[str]] = {wearer.value: [] for wearer in Wearer}
    for one in sorted(text.split(",")) if text else ():
        wearer, _, size = one.partition(":")
        found[wearer].append(size)
    return found


def save(user_id: int, wearer: Wearer, sizes: Collection[str]) -> None:
    """Keep exactly these for a wearer. Raises ShopError for a size nobody knows, NotFound for somebody erased."""
    people.hold(user_id)
    rows = [_row(size) for size in sorted(set(sizes))]
    mine = (SavedSize.user_id == user_id, SavedSize.wearer == wearer.value)
    db.session.execute(delete(SavedSize).where(*mine))
    if rows:
        own = {"user_id": user_id, "wearer": wearer.value}
        db.session.execute(insert(SavedSize), [own | row for row in rows])


def _row(size: str) -> dict[str, object]:
    garment, _, slug = size.partition(":")
    ids: Sequence[int] = [id_ for id_, value in all_values()["size"].items() if value.slug == slug]
    if garment not in list(Garment) or not ids:
        raise ShopError(f"There is no size “{size[:40]}”.", field="sizes")
    return {"garment": garment, "size_id": ids[0]}
