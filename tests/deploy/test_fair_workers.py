"""Web workers share connections evenly: one that has some lets one that has none take the next."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from gunicorn.workers.gthread import ThreadWorker

CONF = Path(__file__).resolve().parents[2] / "deploy/gunicorn.conf.py"


@pytest.fixture
def conf(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """gunicorn's configuration; what reading it sets for the process is taken back."""
    monkeypatch.setenv("SHOP_ENV", "testing")
    monkeypatch.setenv("PYTHON_DOTENV_DISABLED", "1")
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = spec_from_file_location("gunicorn_conf", CONF)
    assert spec
    assert spec.loader
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def a_worker(conf: ModuleType, connections: int) -> ThreadWorker:
    """One that serves so many already; its pool and its lines are not needed to ask who takes the next."""
    worker: ThreadWorker = object.__new__(conf.worker_class)
    worker.nr_conns = connections
    return worker


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many connections each had that took one."""
    found: list[int] = []
    monkeypatch.setattr(ThreadWorker, "accept", lambda worker, _listener: found.append(worker.nr_conns))
    return found


def test_a_worker_with_connections_lets_an_idle_one_take_the_next(
    conf: ModuleType, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, idle = a_worker(conf, 3), a_worker(conf, 0)
    monkeypatch.setattr(conf, "time", SimpleNamespace(sleep=lambda _seconds: idle.accept(None)))
    busy.accept(None)
    assert taken == [0, 3]


@pytest.mark.parametrize(("connections", "waits"), [(0, []), (1, [0.0005]), (4, [0.002]), (400, [0.002])])
def test_it_waits_the_longer_the_more_it_has_and_two_milliseconds_at_the_most(
    conf: ModuleType, taken: list[int], monkeypatch: pytest.MonkeyPatch, connections: int, waits: list[float]
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(conf, "time", SimpleNamespace(sleep=waited.append))
    a_worker(conf, connections).accept(None)
    assert (waited, taken) == (waits, [connections])
