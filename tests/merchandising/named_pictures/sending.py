"""Pictures that tests send by their names."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Picture
from shop.extensions import db
from shop.lib.jobs.models import Job
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.checks import start_import
from shop.merchandising.named_pictures import importing
from shop.merchandising.named_pictures.arriving import Sent
from tests.merchandising.csv.files import MEERA, the_job
from tests.merchandising.pictures.uploads import a_file
from tests.support.outbox import run_outbox

RED, BLUE, GREEN = (a_file(width) for width in (40, 48, 56))
Files = Mapping[str, bytes]


def a_zip(files: Files, **options: Any) -> bytes:
    """A ZIP file with these in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", **options) as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    return content.getvalue()


def looked_at(files: Files) -> Job:
    """The job that has looked at what was sent."""
    db.session.commit()
    with unit_of_work():
        job_id = importing.start_check([Sent(name, io.BytesIO(data)) for name, data in files.items()], MEERA).id
    run_outbox()
    return the_job(job_id)


def import_of(check_id: int) -> int:
    """The job that imports what was looked at, which nobody has begun."""
    db.session.rollback()
    with unit_of_work():
        return start_import(check_id, MEERA).id


def imported(files: Files) -> Job:
    """The job that has imported what is right in what was sent."""
    job_id = import_of(looked_at(files).id)
    run_outbox()
    return the_job(job_id)


def problems(job: Job) -> dict[str, str]:
    """What is wrong, by file."""
    return {one["cell"]: one["problem"] for one in (job.result or {})["troubles"]}


def named(product_id: int) -> list[tuple[str, str | None]]:
    """The pictures of a product that came by a name, in their order, with their colours."""
    db.session.rollback()
    there = select(Picture).where(Picture.product_id == product_id, Picture.deleted_at.is_(None))
    found = db.session.scalars(there.order_by(Picture.position, Picture.id))
    return [(one.file_name, one.colour and one.colour.name) for one in found if one.file_name]
