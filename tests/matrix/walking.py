"""Walks one entry as somebody and says what is wrong; the tests expect nothing, their controls something."""

from __future__ import annotations

from collections.abc import Iterator

from tests.matrix.asking import ask, is_good, is_refused, is_sent_to_log_in, shown
from tests.matrix.entries import Entry, Kind, Ref, Who, missing
from tests.matrix.goods import HIDDEN
from tests.matrix.people import EVERYBODY, Person
from tests.matrix.world import World
from tests.support import recording


def wrongly_let_in_or_refused(world: World, entry: Entry) -> list[str]:
    """Everybody asks for what is theirs: who may is served, who may not is refused, and a refusal writes nothing."""
    askers = list(_askers(world, entry))
    troubles = [trouble for person in askers if not may(entry, person) for trouble in _refused(world, entry, person)]
    if written := world.written():
        troubles.append(f"refusals change {sorted(written)}")
    # A stranger without anything has nothing to be served with where the entry names something of their own.
    able = [person for person in askers if may(entry, person) and entry.fits(person) and person.name != "nobody"]
    assert able, "the entry suits nobody"
    return troubles + [trouble for person in able for trouble in _served(world, entry, person)]


def told_apart(world: World, entry: Entry) -> list[str]:
    """What somebody else owns, or the owner hides, is asked for: each answer is that of a thing that never was."""
    found: list[str] = []
    for person in _insiders(world, entry):
        for ref in entry.refs(Kind.MINE, Kind.SHELF, Kind.THE):
            found += _compared(world, entry, person, ref, _theirs(world, ref))
    return found


def _askers(world: World, entry: Entry) -> Iterator[Person]:
    """Who is asked for an entry: everybody, and for a permission those who have only it, or all but it."""
    names = list(EVERYBODY)
    if not isinstance(entry.who, Who):
        names += [f"only {entry.who}", f"all but {entry.who}"]
    yield from (world.people[name] for name in names)


def _insiders(world: World, entry: Entry) -> Iterator[Person]:
    """Those who are let in, with things of their own or not; the other customer is the one who is looked at."""
    for person in _askers(world, entry):
        if may(entry, person) and person.name != "other":
            yield person


def may(entry: Entry, person: Person) -> bool:
    """Whether the entry is for this person."""
    if isinstance(entry.who, Who):
        return entry.who == Who.ANYONE or person.is_signed_in
    return entry.who in person.permissions


def _refused(world: World, entry: Entry, person: Person) -> Iterator[str]:
    able = (person, world.people["other"], *world.people.values())
    victim = next(one for one in able if entry.fits(one))
    things = {ref: ref.of(victim) for ref in entry.refs(*Kind)}
    refused = is_refused if person.is_signed_in else is_sent_to_log_in
    for htmx in _ways(entry):
        answer = ask(world, entry, person, things, htmx=htmx)
        if not refused(entry, answer):
            yield f"{person} is not refused: {answer.status}"


def _served(world: World, entry: Entry, person: Person) -> Iterator[str]:
    for htmx in _ways(entry):
        answer = ask(world, entry, person, htmx=htmx)
        if not is_good(answer, world):
            yield f"{person} is not served: {answer.status} {answer.text[:300]}"
        written = world.written()
        if not written.issuperset(entry.changes) or bool(written) != bool(entry.changes):
            yield f"{person} changes {sorted(written)}, not {sorted(entry.changes)}"
        elif entry.changes:
            recording.note_effect(entry.method, entry.rule)


def _compared(world: World, entry: Entry, person: Person, ref: Ref, theirs: list[object]) -> Iterator[str]:
    others = _rest(world, entry, person, ref)
    for htmx in _ways(entry):
        never = shown(ask(world, entry, person, others | {ref: missing(ref.of(world.people["other"]))}, htmx=htmx))
        # Who lacks what else the entry names is sent elsewhere before this is looked up.
        if never.status != ref.alike and entry.fits(person) and person.name != "nobody":
            yield f"{person} asks for a {ref.name} that never was: {never.status}"
        for value in theirs:
            seen = shown(ask(world, entry, person, others | {ref: value}, htmx=htmx))
            if seen != never:
                yield f"{person} can tell a foreign {ref.name} from none: {seen} {never}"
        if written := world.written():
            yield f"{person} changes {sorted(written)} with a foreign or missing {ref.name}"


def _rest(world: World, entry: Entry, person: Person, ref: Ref) -> dict[Ref, object]:
    """The other values of the entry: the asker's own, or somebody's where they have none."""
    rest = (other for other in entry.refs(*Kind) if other != ref)
    return {other: other.of(person if other.name in person.things else world.people["customer"]) for other in rest}


def _theirs(world: World, ref: Ref) -> list[object]:
    """What is really there, but not for the asker."""
    if ref.kind == Kind.MINE:
        return [ref.of(world.people["other"])]
    return [world.people["nobody"].things[HIDDEN + ref.name]] if ref.kind == Kind.SHELF else []


def _ways(entry: Entry) -> tuple[bool, ...]:
    """As a page, and as a fragment that htmx asks for; apps ask one way."""
    is_file = entry.rule.startswith(("/static", "/assets", "/media", "/health"))
    return (False,) if entry.is_api or is_file else (False, True)
