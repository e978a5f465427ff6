"""A method that a route does not list is refused alike for everybody, whatever is there."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.matrix.asking import Shown, ask, shown
from tests.matrix.entries import Entry, Kind, missing
from tests.matrix.people import Person
from tests.matrix.routes import METHODS
from tests.matrix.test_doors import ENTRIES
from tests.matrix.world import World


def unlisted() -> list[Entry]:
    """An entry for each method that no route of its path lists."""
    listed, samples = defaultdict(set), {}
    for entry in ENTRIES:
        listed[entry.rule].add(entry.method)
        samples.setdefault(entry.rule, entry)
    return [Entry(method, rule, samples[rule].who, path=samples[rule].path)
            for rule, methods in listed.items() for method in sorted(METHODS - methods)]  # fmt: skip


@pytest.mark.one_engine
@pytest.mark.parametrize("who", ["nobody", "customer", "owner"])
def test_method_that_is_not_listed_is_refused_whatever_is_there(world: World, who: str):
    person, troubles = world.people[who], []
    for entry in unlisted():
        there, never = _answers(world, entry, person)
        if there != never or there.status not in {404, 405}:
            troubles.append(f"{entry}: {there.status}, {never.status}")
        if there.status == 405 and "Allow" not in dict(there.headers):
            troubles.append(f"{entry} does not say what is allowed")
    assert troubles == []
    assert world.written() == set()


def _answers(world: World, entry: Entry, person: Person) -> tuple[Shown, Shown]:
    """What is answered for something of another customer's, and for what never was."""
    theirs = {ref: ref.of(world.people["other"]) for ref in entry.refs(*Kind)}
    never = {ref: missing(value) for ref, value in theirs.items()}
    return shown(ask(world, entry, person, theirs)), shown(ask(world, entry, person, never))
