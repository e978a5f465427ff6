"""Long work on the owner's pages."""

import pytest

from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.jobs import files, services
from shop.lib.jobs.models import Job
from shop.lib.jobs.states import JobState
from shop.merchandising.csv.exporting import EXPORT
from tests.factories import a_product, a_user, sign_in
from tests.merchandising.csv.files import the_job
from tests.staff.desk import HTMX, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

VIEW = {"text": "", "view": ""}


def a_job(user_id: int | None = None, **values: object) -> Job:
    job = services.start(EXPORT, Actor("staff", "Meera Nair", user_id), total=10, **VIEW)
    for name, value in values.items():
        setattr(job, name, value)
    db.session.commit()
    return job


@pytest.mark.covers("CAT-08")
def test_owner_exports_the_list_follows_the_job_and_takes_the_file(owner: ShopClient) -> None:
    a_product("Harbour tee")
    a_product("Plain kurta")
    assert 'href="/staff/exports/new?q=harb"' in owner.get("/staff/products?q=harb").text
    assert "Export 1 product" in words(owner.get("/staff/exports/new?q=harb"))
    went = owner.post("/staff/exports", data={"q": "harb", "view": ""})
    job_page = went.location
    waiting = owner.get(job_page)
    assert "Products to CSV" in words(waiting)
    assert "Waiting" in words(waiting)
    assert '<noscript><meta http-equiv="refresh"' in waiting.text
    run_outbox()
    done = owner.get(job_page)
    assert "1 product written." in words(done)
    assert "What it changed" not in words(done)
    assert "http-equiv" not in done.text
    file = owner.get(f"{job_page}/files/products.csv")
    assert file.headers["Content-Disposition"] == "attachment; filename=products.csv"
    assert file.content_length == len(file.data)
    assert file.mimetype == "text/csv"
    assert b"Harbour tee" in file.data
    assert b"Plain kurta" not in file.data


def test_a_running_job_shows_progress_rate_and_time_left(owner: ShopClient) -> None:
    job = a_job(state=JobState.RUNNING, done=4, worked_ms=2000)
    services.say(job, "Four are there.")
    text = owner.get(f"/staff/jobs/{job.id}").text
    assert '<progress class="meter" max="10" value="4"' in text
    assert "4 of 10 products" in text
    assert "2 a second, less than a minute left" in text
    assert "Four are there." in text


def test_htmx_is_told_to_stop_asking_when_the_job_is_over(owner: ShopClient) -> None:
    job = a_job(state=JobState.RUNNING)
    asked = owner.get(f"/staff/jobs/{job.id}", headers=HTMX)
    assert (asked.status_code, asked.text.count("hx-trigger")) == (200, 1)
    job.state, job.outcome = JobState.DONE, "Written."
    last = owner.get(f"/staff/jobs/{job.id}", headers=HTMX)
    assert (last.status_code, last.headers["HX-Retarget"]) == (286, "#staff-jobs-job")
    assert "hx-trigger" not in last.text
    assert "Products to CSV: Done" in words(last)


def test_a_waiting_job_is_cancelled(owner: ShopClient) -> None:
    job_id = a_job().id
    owner.post(f"/staff/jobs/{job_id}/cancellation")
    assert "Cancelled by Meera Nair." in words(owner.get(f"/staff/jobs/{job_id}"))
    run_outbox()
    assert the_job(job_id).state == JobState.CANCELLED


def test_a_job_that_is_over_cannot_be_cancelled(owner: ShopClient) -> None:
    job = a_job(state=JobState.DONE)
    assert owner.post(f"/staff/jobs/{job.id}/cancellation", headers=HTMX).status_code == 409


def test_a_failed_job_says_why_and_goes_on_when_asked(owner: ShopClient) -> None:
    a_product()
    job_id = a_job(state=JobState.FAILED, outcome="The shelf was on fire.", done=3).id
    page = words(owner.get(f"/staff/jobs/{job_id}"))
    assert "It stopped after 3 of 10 products The shelf was on fire." in page
    owner.post(f"/staff/jobs/{job_id}/attempts")
    run_outbox()
    assert the_job(job_id).state == JobState.DONE


def test_who_may_not_start_a_kind_sees_only_their_own(client: ShopClient) -> None:
    """A permission that was taken away ends at what one had asked for before."""
    from shop.accounts.permissions import Permission
    from tests.matrix.people import holding

    person, _visitor = holding({Permission.JOB_READ}, "followers")
    sign_in(client, person)
    mine, theirs = a_job(person.id, state=JobState.FAILED, outcome="No."), a_job(None)
    assert client.get(f"/staff/jobs/{mine.id}").status_code == 200
    assert client.get(f"/staff/jobs/{theirs.id}").status_code == 404
    assert client.post(f"/staff/jobs/{theirs.id}/cancellation").status_code == 404
    assert client.post(f"/staff/jobs/{mine.id}/attempts").status_code == 403
    assert f"no. {theirs.id}" not in words(client.get("/staff/jobs"))


def test_files_of_strangers_jobs_are_missing(client: ShopClient, owner: ShopClient) -> None:
    job = a_job(state=JobState.DONE)
    files.add_whole(job, "products.csv", b"slug\r\n")
    assert owner.get(f"/staff/jobs/{job.id}/files/products.csv").data == b"slug\r\n"
    assert owner.get(f"/staff/jobs/{job.id}/files/secret.csv").status_code == 404
    sign_in(client, a_user(role="support"))
    assert client.get(f"/staff/jobs/{job.id}/files/products.csv").status_code == 403


def test_the_list_is_narrowed_by_kind_and_state(owner: ShopClient) -> None:
    done, failed = a_job(state=JobState.DONE).id, a_job(state=JobState.FAILED).id
    page = words(owner.get("/staff/jobs?state=failed&kind=product_export"))
    assert f"no. {failed}" in page
    assert f"no. {done}" not in page
    assert "No job fits" in words(owner.get("/staff/jobs?kind=product_import"))
    assert f"no. {done}" in words(owner.get("/staff/jobs?kind=nonsense&state=nonsense&page=9"))


def test_running_jobs_stand_in_the_head_of_every_page(owner: ShopClient) -> None:
    assert "No jobs yet" in words(owner.get("/staff/jobs"))
    assert "jobs running" not in owner.get("/staff/products").text
    a_job()
    a_job(state=JobState.RUNNING)
    a_job(state=JobState.DONE)
    assert 'aria-label="2 jobs running"' in owner.get("/staff/products").text


def test_pages_of_many_jobs_cost_the_same(owner: ShopClient) -> None:
    jobs = [a_job().id for _ in range(5)]
    for url in ("/staff/jobs", f"/staff/jobs/{jobs[0]}"):
        with statements() as seen:
            assert owner.get(url).status_code == 200
        assert len(seen) <= BUDGET, url
