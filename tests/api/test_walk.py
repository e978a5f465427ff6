"""The walk that docs/api.md shows, run line by line with curl against a shop."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from sqlalchemy import select

from shop.extensions import db
from shop.orders.models import Order
from tests.factories import a_product
from tests.support.ground import ROOT
from tests.support.live import LiveShop

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
EXPECTED = re.compile(r"^# (\d{3})$", re.MULTILINE)
MISSING = "curl or bash is missing (Debian and Ubuntu: apt-get install curl)"
# Tells each answer's status beside what the walk itself reads.
TELLING = 'set -eu\ncurl() { command curl -w "%{stderr}%{http_code}\\n" "$@"; }\n'


@pytest.mark.one_engine
@pytest.mark.covers("API-01", "API-03")
def test_walk_in_the_documents_goes_as_written(live_shop: LiveShop) -> None:
    if not (shutil.which("curl") and shutil.which("bash")):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    with live_shop.inside():
        a_product()
        db.session.commit()
    walk = "".join(BLOCK.findall((ROOT / "docs/api.md").read_text()))
    told = run(walk, live_shop.url)
    assert told.stderr.split() == EXPECTED.findall(walk), told.stdout
    assert told.returncode == 0, told.stdout
    with live_shop.inside():
        order = db.session.scalars(select(Order)).one()
        assert (order.email, order.state) == ("asha.walks@example.com", "cancelled")
    live_shop.run("shop", "audit")


def run(walk: str, url: str) -> subprocess.CompletedProcess[str]:
    """Let bash walk, with nothing of this process's environment but its path."""
    around = {"PATH": os.environ["PATH"], "SHOP": url}
    return subprocess.run(["bash", "-c", TELLING + walk], env=around, capture_output=True, text=True, check=False)
