"""Every dependency has a reason, and what is pinned says nothing about where it came from."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_direct_dependency_has_a_reason(name: str) -> None:
    wanted = re.findall(r"^([a-z][a-z0-9-]*)", (ROOT / name).read_text(), re.MULTILINE)
    reasons = (ROOT / "docs/dependencies.md").read_text()
    assert [package for package in wanted if not re.search(rf"^\|.*\b{package}\b", reasons, re.MULTILINE)] == []


def test_tests_install_what_the_shop_runs_on() -> None:
    """Both files are compiled anew when a dependency comes or a version changes."""
    run, tested = (
        set(re.findall(r"^[a-z0-9][^ ]*==[^ ]+", (ROOT / f"{name}.txt").read_text(), re.MULTILINE))
        for name in ("requirements", "requirements-dev")
    )
    assert run - tested == set()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_everything_is_pinned_with_hashes_and_names_no_registry(name: str) -> None:
    pinned = (ROOT / f"{name}.txt").read_text()
    packages = re.findall(r"^[a-z0-9].*$", pinned, re.MULTILINE)
    assert packages
    assert all("==" in package and package.endswith("\\") for package in packages)
    assert "://" not in pinned
    assert "--index" not in pinned
