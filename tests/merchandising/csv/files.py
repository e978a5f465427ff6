"""Files that tests export and read."""

import csv
import io
from typing import Any

from shop.extensions import db
from shop.lib import outbox
from shop.lib.actor import Actor
from shop.lib.jobs import files
from shop.lib.jobs.models import Job
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.csv import exporting
from shop.merchandising.csv.cells import BOM

MEERA = Actor("staff", "Meera Nair", 7)


def work() -> None:
    """Let everything be done that is owed."""
    while outbox.relay_once():
        pass
    db.session.rollback()


def the_job(job_id: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job_id)


def exported(sheet: str = "products", *, text: str = "", view: str = "") -> bytes:
    """The file of a view of the list."""
    export = {"products": exporting.export_products, "stock": exporting.export_stock}[sheet]
    db.session.commit()
    with unit_of_work():
        job_id = export(MEERA, text=text, view=view).id
    work()
    assert the_job(job_id).state == "done", the_job(job_id).outcome
    return b"".join(files.parts_of(job_id, f"{sheet}.csv"))


def read(content: bytes) -> list[dict[str, Any]]:
    """The lines of a file by the names at its head."""
    text = content.decode()
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))
