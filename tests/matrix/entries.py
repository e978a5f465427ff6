"""An entry of the matrix: who may use a route, and what is sent with it so that it works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shop.accounts.permissions import Permission
from tests.matrix.people import Person

MISSING_ID = 987654


class Who(StrEnum):
    """Whom a route is for, where no permission is needed."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"


class Kind(StrEnum):
    """What it means that an asker names a thing."""

    MINE = "mine"
    SHELF = "shelf"
    THE = "the"
    OWN = "own"


@dataclass(frozen=True)
class Ref:
    """A value that depends on who asks; `alike` is the status somebody else's thing and a missing one get."""

    kind: Kind
    name: str
    alike: int = 404

    def of(self, person: Person) -> Any:
        return person.things[self.name]


@dataclass(frozen=True)
class Entry:
    """One method of one rule. `changes` are the tables a good answer writes; a route without any writes nothing."""

    method: str
    rule: str
    who: Who | Permission
    changes: tuple[str, ...] = ()
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        named = [f"{place}.{name}" for place, values in (("query", self.query), ("body", self.body or {}))
                 for name, value in values.items() if isinstance(value, Ref)]  # fmt: skip
        return " ".join([self.route, *named])

    @property
    def route(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def is_api(self) -> bool:
        return self.rule.startswith("/api/")

    def refs(self, *kinds: Kind) -> Iterator[Ref]:
        """What the entry names by reference: in its path, its query, its body and its headers."""
        for place in (self.path, self.query, self.body or {}, self.headers):
            yield from (value for value in place.values() if isinstance(value, Ref) and value.kind in kinds)

    def fits(self, person: Person) -> bool:
        """Whether the person has everything the entry asks for."""
        return all(ref.name in person.things for ref in self.refs(*Kind))


def mine(name: str, alike: int = 404) -> Ref:
    """The id of something that belongs to a person: another person's is as missing as one that never was."""
    return Ref(Kind.MINE, name, alike)


def shelf(name: str, alike: int = 404) -> Ref:
    """Something everybody can see; what the owner has not put on the shelf is as missing as what never was."""
    return Ref(Kind.SHELF, name, alike)


def the(name: str, alike: int = 404) -> Ref:
    """Something the entry works on, whoever asks; or a secret that opens a thing to whoever knows it."""
    return Ref(Kind.THE, name, alike)


def own(name: str) -> Ref:
    """A value the person would type or their page would send; no id of anything."""
    return Ref(Kind.OWN, name)


def entry(
    route: str,
    who: Who | Permission,
    *changes: str,
    query: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
    headers: Mapping[str, Any] | None = None,
    **path: Any,
) -> Entry:
    """An entry from a route like `POST /cart/lines`, for whom it is, and the tables it writes."""
    method, _, rule = route.partition(" ")
    return Entry(method, rule, who, changes, path, query or {}, body, headers or {})


def missing(value: Any) -> Any:
    """A value of the same shape that nothing has."""
    if isinstance(value, int):
        return MISSING_ID
    return str(MISSING_ID) if value.isdigit() else f"{value[:-4]}9999"
