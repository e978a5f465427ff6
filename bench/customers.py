"""`bin/bench customers`: how long the owner's list of 100,000 customers takes, by order, search and combined filters.

Whole requests of a signed-in owner in one process, on PostgreSQL; the addresses are asked in turn, so that none of them
finds the machine in a mood of its own.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import select, text

from bench.ground import ROOT, Ground, surroundings
from bench.measuring import NotMeasured
from shop import create_app
from shop.accounts.models import User
from shop.accounts.permissions import OWNER
from shop.accounts.services import sessions
from shop.accounts.services.roles import give_role
from shop.accounts.visits import COOKIE_KEY
from shop.config import read_config
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work

HERE = "http://127.0.0.1"
PRODUCTS, MANY, WARMING, MOST_MS = 1000, 100_000, 3, 150
# Names, mails and phones of many kinds, few alike; every figure follows from the number.
CROWD = """
INSERT INTO user_account (first_name, last_name, email, phone, password_hash, status, created_at, orders_count, spent,
                          gender, date_of_birth, email_verified_at, phone_verified_at)
SELECT (ARRAY['Asha','Ravi','Devi','Ila','Zoya','Kabir','Meera','Arjun'])[1 + n % 8] || left(md5(n::text), 3),
       (ARRAY['Rao','Bose','Iyer','Nair','Das','Khan'])[1 + n % 6] || left(md5('l' || n), 2),
       'person' || n || '@example.com', '+9198' || lpad((n * 7919 % 100000000)::text, 8, '0'), 'x',
       CASE WHEN n % 50 = 0 THEN 'inactive' ELSE 'active' END, now() - n * interval '7 minutes',
       n % 13, (n % 13) * 99900, (ARRAY['female','male',NULL])[1 + n % 3], DATE '1950-01-01' + n % 20000,
       CASE WHEN n % 2 = 0 THEN now() END, CASE WHEN n % 5 = 0 THEN now() END
FROM generate_series(1, :many) AS n
"""
ASKED = (
    "", "sort=oldest", "sort=name", "sort=orders", "sort=spent", "page=200", "page=400&sort=spent",
    "q=person777", "q=00007919", "q=asha+rao", "q=zoya&sort=spent", "q=nobody-at-all", "q=ra",
    "gender=female&email=yes&sort=name", "status=inactive&phone=yes", "age_from=30&age_to=39&gender=male&sort=spent",
    "q=devi&gender=female&email=yes&age_from=25", "phone=yes&email=no&status=active&sort=orders",
    "q=khan&status=active&age_to=40&sort=name", "age_from=74&gender=female&email=yes&phone=yes&status=inactive",
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when 95 of 100 answers take longer than they may."""
    parser = argparse.ArgumentParser(prog="bin/bench customers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how often each address is asked (%(default)s)")
    parser.add_argument("--folder", type=Path, default=ROOT / "instance" / "bench", help="where filled shops are kept")
    options = parser.parse_args(arguments)
    took = measure(options.rounds, options.folder)
    print("\n| asked | median ms | p95 ms |\n| --- | --- | --- |")
    for query, times in took.items():
        print(f"| `{query or 'nothing'}` | {statistics.median(times):.0f} | {_p95(times):.0f} |")
    everything = _p95([one for times in took.values() for one in times])
    print(f"| all | {statistics.median(one for times in took.values() for one in times):.0f} | {everything:.0f} |")
    return 0 if everything <= MOST_MS else 1


def measure(rounds: int, folder: Path) -> dict[str, list[float]]:
    """So many answers to each address, in milliseconds."""
    ground = Ground(folder)
    try:
        ground.start()
        settings = {"SHOP_ENV": "development", "START_BACKGROUND": "false"}
        app = create_app(read_config(surroundings(ground.shop_of(PRODUCTS), ground.folder, **settings)))
        client = _owner(app)
        took: dict[str, list[float]] = {query: [] for query in ASKED}
        for number in range(rounds + WARMING):
            for query, times in took.items():
                milliseconds = _milliseconds(client, query)
                if number >= WARMING:
                    times.append(milliseconds)
        return took
    finally:
        ground.stop()


def crowd(many: int = MANY) -> None:
    """Write so many customers, in the current unit, and let the planner know."""
    db.session.execute(text("SET LOCAL statement_timeout = 0"))
    db.session.execute(text(CROWD), {"many": many})
    db.session.execute(text("ANALYZE user_account"))


def _owner(app: Flask) -> Any:
    """A browser with an owner's session, in a shop with a crowd."""
    with app.app_context(), unit_of_work():
        crowd()
        owner = db.session.scalars(select(User).limit(1)).one()
        give_role(owner, OWNER)
        session_id = sessions.start_session(owner.id, None, "bench").id
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    client = app.test_client()
    with client.session_transaction(base_url=HERE) as cookie:
        cookie[COOKIE_KEY] = session_id
    return client


def _milliseconds(client: Any, query: str) -> float:
    began = time.perf_counter()
    answer = client.get(f"/staff/customers?{query}", base_url=HERE)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise NotMeasured(f"the list answers {answer.status_code}")
    return took


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]
