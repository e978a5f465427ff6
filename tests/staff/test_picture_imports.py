"""Pictures are sent by their names, looked at and imported on the owner's pages."""

import io
from pathlib import Path
from typing import Any

import pytest

from shop.lib.files.recognition import MOST_BYTES
from tests.factories import a_product, a_user, sign_in
from tests.merchandising.named_pictures.sending import BLUE, RED, Files, a_zip, named
from tests.staff.desk import as_role, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

HEAP = {f"tee-{number}.png": RED + bytes(MOST_BYTES - len(RED)) for number in (1, 2)}
pytestmark = [pytest.mark.covers("CAT-08", "OPS-07"), pytest.mark.usefixtures("media")]


def send(client: ShopClient, files: Files) -> Any:
    return client.post("/staff/imports/pictures", data={"files": [(io.BytesIO(d), name) for name, d in files.items()]})


def test_owner_sends_pictures_sees_where_they_would_go_and_imports_them(owner: ShopClient, media: Path) -> None:
    product = a_product("Linen shirt")
    slug, product_id = product.slug, product.id
    assert 'href="/staff/imports/pictures/new"' in owner.get("/staff/imports/new").text
    job_page = send(owner, {"pack.zip": a_zip({f"{slug}-indigo-1.png": RED}), "nobodys-1.png": BLUE}).location
    run_outbox()
    report = job_page.replace("/jobs/", "/imports/")
    assert f'href="{report}"' in owner.get(job_page).text
    page = words(owner.get(report))
    assert "Pictures: 1 new. Files left out: 1. Nothing is changed yet." in page
    assert f"{slug}-indigo-1.png {slug} Indigo New picture" in page
    assert f'href="/staff/products/{product_id}#pictures"' in owner.get(report).text
    assert "nobodys-1.png No product and no SKU is called “nobodys”." in page
    went = owner.post(f"{report}/run").location
    run_outbox()
    assert "This is what was done Pictures: 1 new." in words(owner.get(went.replace("/jobs/", "/imports/")))
    assert named(product_id) == [(f"{slug}-indigo-1", "Indigo")]
    assert owner.get(f"{job_page}/files/_drawn").status_code == 404


@pytest.mark.parametrize(("files", "said"), [({}, "Choose pictures"), ({"a.zip": b"PK\3\4"}, "a.zip is damaged")])
def test_what_cannot_be_taken_in_is_refused_at_once_and_leaves_no_job(
    owner: ShopClient, files: Files, said: str
) -> None:
    answer = send(owner, files)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "No jobs yet" in words(owner.get("/staff/jobs"))


def test_more_is_taken_from_who_may_send_it_and_from_nobody_else(client: ShopClient) -> None:
    assert send(client, HEAP).status_code == 303
    sign_in(client, a_user())
    assert send(client, HEAP).status_code == 413
    as_role(client)
    assert send(client, HEAP).status_code == 303
