"""The owner's pages of the category tree."""

import pytest

from shop.catalog.models import Category
from shop.extensions import db
from tests.merchandising.sorted_by import a_category, a_product_in, again
from tests.merchandising.test_categories import paths, siblings
from tests.staff.desk import flashed, words
from tests.support.shops import ShopClient

pytestmark = pytest.mark.usefixtures("media")

PAGE = "/staff/categories"


@pytest.fixture
def tree(owner: ShopClient) -> tuple[Category, Category, Category]:
    """Men › Shirts with a product, and Women."""
    men, women = a_category("Men"), a_category("Women")
    shirts = a_category("Shirts", men)
    a_product_in(shirts)
    db.session.commit()
    return men, women, shirts


@pytest.mark.covers("CAT-02")
def test_the_tree_counts_products_with_those_below(owner: ShopClient, tree: tuple[Category, ...]) -> None:
    shown = words(owner.get(PAGE))
    assert "Men 1 product" in shown
    assert "Shirts 1 product" in shown
    assert "Women 0 products" in shown
    found = words(owner.get(f"{PAGE}?q=shir"))
    assert "Men 1 product" in found
    assert "Women 0" not in found
    assert "Nothing fits" in words(owner.get(f"{PAGE}?q=loom"))


@pytest.mark.covers("CAT-02")
def test_a_category_is_added_below_another_and_changed(owner: ShopClient, tree: tuple[Category, ...]) -> None:
    men, women, _shirts = tree
    form = owner.get(f"{PAGE}/new?below={women.id}").text
    assert f'<option selected value="{women.id}">Women</option>' in form
    typed = {"name": "Kurtas", "parent": women.id, "description": "Long and airy", "active": "y"}
    made = owner.post(f"{PAGE}/new", data=typed)
    assert "women/women-kurtas" in paths()
    shown = owner.get(made.location)
    assert "Long and airy" in shown.text
    assert 'href="/c/women-kurtas"' in shown.text
    refused = owner.post(f"{PAGE}/new", data=typed | {"description": "Again"})
    assert (refused.status_code, "This name is taken." in words(refused)) == (409, True)
    assert "Again" in refused.text
    owner.post(f"{PAGE}/{men.id}", data={"name": "Gents", "slug": "gents"})
    assert "gents/men-shirts" in paths()
    assert again(men).active is False
    assert "A category above it is not active" in words(owner.get(f"{PAGE}/{tree[2].id}"))


@pytest.mark.covers("CAT-02")
def test_a_category_moves_up_down_and_below_another(owner: ShopClient, tree: tuple[Category, ...]) -> None:
    men, women, shirts = tree
    owner.post(f"{PAGE}/{women.id}/place", data={"towards": "up"})
    assert siblings(None) == ["Women", "Men"]
    owner.post(f"{PAGE}/{women.id}/place", data={"towards": "down"})
    assert siblings(None) == ["Men", "Women"]
    moved = owner.post(f"{PAGE}/{shirts.id}/place", data={"parent": women.id})
    assert (moved.status_code, paths()) == (303, ["men", "women", "women/men-shirts"])
    owner.post(f"{PAGE}/{shirts.id}/place", data={"parent": "", "before": men.id})
    assert siblings(None) == ["Shirts", "Men", "Women"]
    assert "Moved." in flashed(owner)


@pytest.mark.covers("CAT-02")
def test_a_category_is_not_moved_below_itself(owner: ShopClient, tree: tuple[Category, ...]) -> None:
    men, _women, shirts = tree
    answer = owner.post(f"{PAGE}/{men.id}/place", data={"parent": shirts.id})
    assert (answer.status_code, "cannot stand below itself" in words(answer)) == (422, True)
    assert owner.post(f"{PAGE}/987654/place", data={"parent": ""}).status_code == 404


@pytest.mark.covers("CAT-02")
def test_a_branch_is_moved_away_or_goes_once_its_name_is_typed(owner: ShopClient, tree: tuple[Category, ...]) -> None:
    men, women, shirts = tree
    page = f"{PAGE}/{men.id}/removal"
    assert "Sub-categories 1 Products 1" in words(owner.get(page))
    assert owner.post(page).status_code == 409
    assert owner.post(page, data={"name": "Women"}).status_code == 422
    owner.post(page, data={"to": women.id})
    assert paths() == ["women", "women/men-shirts"]
    owner.post(f"{PAGE}/{women.id}/removal", data={"name": "Women"})
    assert paths() == []
    assert again(shirts).deleted_at is not None
    assert "Women is deleted. Deleted with it: 1 product and 1 sub-category." in flashed(owner)
