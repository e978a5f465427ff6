"""One world for each worker and engine, in which every test finds everything as it was in the beginning."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.matrix.world import World


@pytest.fixture(scope="session")
def _world_on() -> Iterator[Callable[[str], World]]:
    made: list[World] = []

    @cache
    def world_on(engine: str) -> World:
        made.append(World(engine))
        return made[-1]

    yield world_on
    for world in made:
        world.close()


@pytest.fixture
def world(engine: str, _world_on: Callable[[str], World]) -> Iterator[World]:
    """Everybody, in a shop of their own."""
    with _world_on(engine).open() as world:
        yield world
