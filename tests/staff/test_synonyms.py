"""The owner's pages of synonyms and of searches that found nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.catalog.models import EmptySearch, Synonym
from shop.catalog.search.empty import forget_old
from shop.extensions import db
from shop.lib.clock import now
from shop.operations.log.undo import undo
from tests.factories import a_product
from tests.operations.test_undo import newest
from tests.staff.desk import words
from tests.support.shops import ShopClient

PAGE, MISSED = "/staff/synonyms", "/staff/empty-searches"


def lines() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(line.words, line.means) for line in db.session.scalars(select(Synonym).order_by(Synonym.words))]


def missed(said: str, times: int, days_ago: int = 0) -> None:
    db.session.add(EmptySearch(words=said, day=now().date() - timedelta(days=days_ago), times=times))
    db.session.commit()


@pytest.mark.covers("CAT-06")
def test_a_line_is_added_changed_and_deleted_and_the_next_search_knows(owner: ShopClient) -> None:
    a_product("Block kurta")
    assert "No synonyms yet" in words(owner.get(PAGE))
    assert "Nothing for" in words(owner.get("/search?q=panjabi"))
    assert owner.post(PAGE, data={"words": " kurta,panjabi , kurta"}).location == PAGE
    assert lines() == [("kurta, panjabi", "")]
    assert "Block kurta" in words(owner.get("/search?q=panjabi"))
    line = f"{PAGE}/{db.session.scalars(select(Synonym.id)).one()}"
    owner.post(line, data={"words": "panjabi", "means": "kurta"})
    assert lines() == [("panjabi", "kurta")]
    owner.post(f"{line}/removal")
    assert lines() == []
    assert "Nothing for" in words(owner.get("/search?q=panjabi"))
    assert owner.get(line).status_code == 404


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"words": ""}, 422), ({"words": "kurta"}, 422), ({"words": "kurta, Kurtas"}, 422), ({"words": "!, ?"}, 422),
     ({"words": "a" * 401}, 422), ({"words": "tee", "means": "!"}, 422), ({"words": "tee, tshirt"}, 409)],
)  # fmt: skip
def test_what_means_nothing_is_refused_and_stays_typed(owner: ShopClient, typed: dict[str, str], status: int) -> None:
    owner.post(PAGE, data={"words": "tee, tshirt"})
    answer = owner.post(PAGE, data=typed)
    assert answer.status_code == status
    assert typed["words"] in answer.text
    assert lines() == [("tee, tshirt", "")]


@pytest.mark.covers("CAT-06")
def test_many_lines_come_as_text_all_or_none(owner: ShopClient) -> None:
    text = "tee, t-shirt\r\n\r\npants, trousers => jeans\r\n"
    assert owner.post(f"{PAGE}/text", data={"text": text}).location == PAGE
    assert lines() == [("pants, trousers", "jeans"), ("tee, t-shirt", "")]
    refused = owner.post(f"{PAGE}/text", data={"text": "tee, t-shirt => polo\nalone"})
    assert refused.status_code == 422
    assert "Line 2 needs two different words or phrases: alone" in words(refused)
    assert "tee, t-shirt =&gt; polo" in refused.text
    owner.post(f"{PAGE}/text", data={"text": "tee, t-shirt => polo"})
    assert lines() == [("pants, trousers", "jeans"), ("tee, t-shirt", "polo")]


@pytest.mark.covers("CAT-06", "OPS-03")
def test_changes_of_synonyms_are_undone(owner: ShopClient) -> None:
    may = frozenset(Permission)
    owner.post(PAGE, data={"words": "tee, tshirt"})
    line = f"{PAGE}/{db.session.scalars(select(Synonym.id)).one()}"
    made = newest("synonym").id
    owner.post(line, data={"words": "tee, jersey"})
    for change, left in ((newest("synonym").id, [("tee, tshirt", "")]), (made, [])):
        undo(change, may)
        db.session.commit()
        assert lines() == left
    owner.post(PAGE, data={"words": "tee, tshirt"})
    owner.post(f"{PAGE}/{db.session.scalars(select(Synonym.id)).one()}/removal")
    undo(newest("synonym").id, may)
    db.session.commit()
    assert lines() == [("tee, tshirt", "")]


@pytest.mark.covers("CAT-06")
def test_searches_without_a_result_are_listed_by_how_often(owner: ShopClient) -> None:
    assert "Nothing was missed" in words(owner.get(MISSED))
    missed("scarf", 2)
    missed("saree", 3)
    missed("saree", 4, days_ago=20)
    missed("cape", 9, days_ago=40)
    month = words(owner.get(MISSED))
    assert month.index("saree 7") < month.index("scarf 2")
    assert "cape" not in month
    assert "saree 3" in words(owner.get(f"{MISSED}?days=7"))
    assert "cape 9" in words(owner.get(f"{MISSED}?days=90"))
    assert f"{PAGE}?words=saree" in owner.get(MISSED).text
    assert 'value="saree"' in owner.get(f"{PAGE}?words=saree").text


def test_the_list_is_a_file_without_formulas(owner: ShopClient) -> None:
    missed("saree", 3)
    sheet = owner.get(f"{MISSED}/sheet?days=7")
    assert sheet.mimetype == "text/csv"
    assert sheet.text.splitlines()[0].endswith("Words,Times,Last on")
    assert sheet.text.splitlines()[1].startswith("saree,3,")


def test_counts_of_half_a_year_ago_go(owner: ShopClient) -> None:
    missed("saree", 3)
    missed("cape", 3, days_ago=200)
    forget_old()
    assert list(db.session.scalars(select(EmptySearch.words))) == ["saree"]
