"""Long work on the owner's pages: files that go out and come in, and a job that is still running."""

import io
import sqlite3

from PIL import Image

from tools.screens.steps import Walk, log_in_owner

RUNNING = """
INSERT INTO job (kind, state, user_id, actor, parameters, checkpoint, done, total, worked_ms, said, claim, created_at,
                 started_at, stepped_at)
SELECT 'product_import', 'running', user_id, actor, parameters, '{}', 4250, 10000, 12800,
       '[["2026-11-21T12:00:00+00:00", "Taken up by another worker."]]', 2, created_at, created_at, created_at
FROM job LIMIT 1
"""
WRONG = (
    "slug,name,brand,category,product_type,mrp,hsn,sku,colour,size,price,Vendor\n"
    "harbour-tee,Harbour tee,Korra,men/men-t-shirts,T-shirt,999,6109,HT-M,Indigo,M,1099,x\n"
    "quay-tee,Quay tee,,hats,T-shirt,a lot,61,QT-M,Indigo,M,899,x\n"
)


def no_jobs_yet(walk: Walk) -> None:
    log_in_owner(walk)
    walk.open("/staff/jobs")


def export_products(walk: Walk) -> None:
    """Ask for a file and wait until it is there."""
    walk.open("/staff/exports/new?q=tee")
    walk.page.get_by_role("button", name="Export").click()
    walk.page.get_by_role("link", name="Download products.csv").wait_for(timeout=30_000)


def show_running(walk: Walk) -> None:
    """An import in its middle, which nobody works on."""
    with sqlite3.connect(walk.database, timeout=30) as connection:
        number = connection.execute(RUNNING).lastrowid
    walk.open(f"/staff/jobs/{number}")


def import_the_rest(walk: Walk) -> None:
    walk.page.get_by_role("button", name="Import the rest", exact=True).click()
    _see_report(walk, "This is what was done")


def send_nothing(walk: Walk) -> None:
    walk.open("/staff/imports/new")
    walk.page.get_by_role("button", name="Look at the file").click()
    walk.page.get_by_text("Choose a file").wait_for()


def look_at_wrong_file(walk: Walk) -> None:
    """A file with mistakes, looked at."""
    _send(walk, WRONG)


def look_at_right_file(walk: Walk) -> None:
    """New prices for what is there."""
    with sqlite3.connect(f"file:{walk.database}?mode=ro", uri=True) as connection:
        skus = connection.execute("SELECT sku FROM variant ORDER BY id LIMIT 8").fetchall()
    _send(walk, "sku,price\n" + "".join(f"{sku},{399 + 10 * number}\n" for number, (sku,) in enumerate(skus)))


def import_it(walk: Walk) -> None:
    walk.page.get_by_role("button", name="Import", exact=True).click()
    _see_report(walk, "This is what was done")


def send_no_pictures(walk: Walk) -> None:
    walk.open("/staff/imports/pictures/new")
    walk.page.get_by_role("button", name="Look at the pictures").click()
    walk.page.get_by_text("Choose pictures").wait_for()


def look_at_pictures(walk: Walk) -> None:
    """Pictures of a product, some with names that nobody can place."""
    with sqlite3.connect(f"file:{walk.database}?mode=ro", uri=True) as connection:
        slugs = [slug for (slug,) in connection.execute("SELECT slug FROM product ORDER BY id LIMIT 3")]
    names = [f"{slug}-{number}" for slug in slugs for number in (1, 2)] + ["front of the shirt", "coat-camel-1"]
    drawn = {f"{name}.webp": _picture(number) for number, name in enumerate(names)}
    walk.open("/staff/imports/pictures/new")
    files = [{"name": name, "mimeType": "image/webp", "buffer": data} for name, data in drawn.items()]
    walk.page.get_by_label("Pictures or ZIP files").set_input_files(files)  # type: ignore[arg-type]
    walk.page.get_by_role("button", name="Look at the pictures").click()
    _see_report(walk)


def _picture(number: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (240, 300), (40 * number % 256, 90, 120)).save(file, "WEBP")
    return file.getvalue()


def _send(walk: Walk, content: str) -> None:
    walk.open("/staff/imports/new")
    file = {"name": "shelf.csv", "mimeType": "text/csv", "buffer": content.encode()}
    walk.page.get_by_label("CSV file").set_input_files(file)  # type: ignore[arg-type]
    walk.page.get_by_role("button", name="Look at the file").click()
    _see_report(walk)


def _see_report(walk: Walk, said: str = "This is what would change") -> None:
    walk.page.get_by_role("link", name="See what it found").click(timeout=30_000)
    walk.page.get_by_text(said).wait_for()
