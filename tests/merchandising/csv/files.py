"""Files that tests export and read."""

import csv
import io
from typing import Any

from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.jobs import files
from shop.lib.jobs.models import Job
from shop.lib.sheets import BOM
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.checks import start_import
from shop.merchandising.csv import exporting, importing
from tests.support.outbox import run_outbox

MEERA = Actor("staff", "Meera Nair", 7)


def the_job(job_id: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job_id)


def exported(text: str = "", view: str = "") -> bytes:
    """The file of a view of the list."""
    db.session.commit()
    with unit_of_work():
        job_id = exporting.start_export(MEERA, text=text, view=view).id
    run_outbox()
    assert the_job(job_id).state == "done", the_job(job_id).outcome
    return b"".join(files.parts_of(job_id, exporting.FILE))


def read(content: bytes) -> list[dict[str, Any]]:
    """The lines of a file by the names at its head."""
    text = content.decode()
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))


def a_file(*rows: dict[str, str], separator: str = ",") -> bytes:
    """A file with these lines; its columns are those that any of them has."""
    head = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, head, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def checked(content: bytes) -> Job:
    """The job that has looked at a file."""
    db.session.commit()
    with unit_of_work():
        job_id = importing.start_check(content, "shelf.csv", MEERA).id
    run_outbox()
    return the_job(job_id)


def imported(content: bytes) -> Job:
    """The job that has imported what is right in a file."""
    check_id = checked(content).id
    db.session.rollback()
    with unit_of_work():
        job_id = start_import(check_id, MEERA).id
    run_outbox()
    return the_job(job_id)


def problems(job: Job) -> list[tuple[int, str, str]]:
    """What is wrong: row, column and words."""
    return [(one["row"], one["column"], one["problem"]) for one in (job.result or {})["troubles"]]
