"""Fault points: each one named in the shop is used by a test, and nobody but a test can arm one."""

import ast
import re
from pathlib import Path
from threading import Thread

import pytest

from shop.config import ConfigError, read_config
from shop.lib import faults

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"(checkout|payment|refund|parcel|expiry|erasure|job|invoice)\.[a-z_]+")


def constants(folder: str, called: str = "") -> list[str]:
    """The texts in a folder's code that look like the name of a point, or only those handed to one function."""
    trees = [ast.parse(path.read_text()) for path in (ROOT / folder).rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    places = [call for call in calls if ast.unparse(call.func) == called] if called else trees
    found = [node.value for place in places for node in ast.walk(place) if isinstance(node, ast.Constant)]
    return [text for text in found if isinstance(text, str) and NAME.fullmatch(text)]


def test_every_point_stands_at_one_place_and_is_used_by_a_test() -> None:
    named = constants("shop", "faults.point")
    assert len(named) == len(set(named)) >= 6
    assert set(constants("tests/faults")) == set(named)


@pytest.mark.parametrize("environment", ["production", "development"])
def test_points_cannot_be_armed_outside_tests(environment: str) -> None:
    with pytest.raises(ConfigError, match="FAULTS"):
        read_config({"SHOP_ENV": environment, "FAULTS": "/tmp/points"})


def test_an_armed_point_holds_the_first_who_comes_by_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "_watched", [tmp_path])
    reached = tmp_path / f"payment.settled{faults.REACHED}"
    (tmp_path / "payment.settled").touch()
    first = Thread(target=faults.point, args=["payment.settled"], daemon=True)
    first.start()
    while not (reached.exists() and reached.read_text()):
        first.join(0.01)
    faults.point("payment.settled")
    assert first.is_alive()
    reached.unlink()
    first.join(5)
    assert not first.is_alive()
