"""The tree of categories: addresses, places, and what follows when a branch moves or goes."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalog import browsing
from shop.catalog.models import Category, ListingAssortment, ListingRow, Product
from shop.catalog.wants import Scope, Wants
from shop.extensions import db
from shop.lib.errors import NotFound, ShopError
from shop.merchandising.categories import services
from shop.merchandising.categories.errors import BadPlace
from shop.merchandising.categories.removal import remove_category, remove_category_after_moving
from shop.merchandising.lookups.errors import NameTaken, StillNamed
from shop.operations.audit import audit
from tests.merchandising.sorted_by import a_category, a_product_in, again
from tests.merchandising.test_lookups import found


def paths() -> list[str]:
    return sorted(db.session.scalars(select(Category.path).where(Category.deleted_at.is_(None))))


def listed_in(path: str) -> list[str]:
    return sorted(row.name for row in browsing.listed(Scope(path), Wants()))


def stands_in(product: Product) -> tuple[str, str]:
    """The path a product's listing row and what its facets count have."""
    row = db.session.get_one(ListingRow, product.id, populate_existing=True)
    counted = db.session.get_one(ListingAssortment, product.id, populate_existing=True)
    return row.category_path, counted.category_path


def siblings(parent: Category | None) -> list[str]:
    ordered = select(Category.name).where(Category.parent_id.is_(None) if parent is None else
                                          Category.parent_id == parent.id)  # fmt: skip
    return list(db.session.scalars(ordered.order_by(Category.position)))


@pytest.fixture
def tree(app: Flask) -> tuple[Category, Category, Category]:
    """Men › Shirts › Linen."""
    men = a_category("Men")
    shirts = a_category("Shirts", men)
    return men, shirts, a_category("Linen", shirts)


@pytest.mark.covers("CAT-02")
def test_addresses_say_what_stands_above(tree: tuple[Category, ...]) -> None:
    assert paths() == ["men", "men/men-shirts", "men/men-shirts/men-shirts-linen"]


@pytest.mark.covers("CAT-02")
def test_a_name_is_taken_among_siblings_only(tree: tuple[Category, ...]) -> None:
    men, shirts, _linen = tree
    women = a_category("Women")
    assert a_category("SHIRTS", women).slug == "women-shirts"
    with pytest.raises(NameTaken):
        a_category("sHIRTS", men)
    with pytest.raises(NameTaken):
        a_category("men")
    with pytest.raises(NameTaken):
        services.move_category(shirts.id, women.id)


@pytest.mark.covers("CAT-02")
def test_a_path_of_names_is_found_or_made(tree: tuple[Category, ...]) -> None:
    _men, _shirts, linen = tree
    assert services.category_at_path(["men", "SHIRTS", " Linen "]) == linen
    made = services.category_at_path(["Men", "Kurtas", "Silk"])
    assert made.path == "men/men-kurtas/men-kurtas-silk"
    assert services.category_at_path(["Men", "Kurtas", "Silk"]) == made
    for wrong in ([], ["Men", " "], ["x" * 81]):
        with pytest.raises(BadPlace):
            services.category_at_path(wrong)


@pytest.mark.covers("CAT-02")
def test_a_branch_moves_with_all_paths_and_listings(tree: tuple[Category, ...]) -> None:
    _men, shirts, linen = tree
    product, women = a_product_in(linen), a_category("Women")
    services.move_category(shirts.id, women.id)
    assert paths() == ["men", "women", "women/men-shirts", "women/men-shirts/men-shirts-linen"]
    assert stands_in(product) == ("women/men-shirts/men-shirts-linen",) * 2
    assert (listed_in("men"), listed_in("women")) == ([], ["Camp shirt"])
    assert found("women") == ["Camp shirt"]
    services.move_category(linen.id, None)
    assert stands_in(product) == ("men-shirts-linen",) * 2
    assert audit() == []


@pytest.mark.covers("CAT-02")
def test_another_address_moves_the_branch(tree: tuple[Category, ...]) -> None:
    men, _shirts, linen = tree
    product = a_product_in(linen)
    services.change_category(men.id, {"slug": "gents", "name": "Gents"})
    assert stands_in(product)[0] == "gents/men-shirts/men-shirts-linen"
    assert found("gents") == ["Camp shirt"]


@pytest.mark.covers("CAT-02")
def test_nothing_stands_below_itself(tree: tuple[Category, ...]) -> None:
    men, shirts, linen = tree
    for parent in (men, shirts, linen):
        with pytest.raises(BadPlace, match="below itself"):
            services.move_category(men.id, parent.id)
    with pytest.raises(BadPlace, match="not there"):
        services.move_category(men.id, 987654)
    with pytest.raises(NotFound):
        services.move_category(987654, None)


@pytest.mark.covers("CAT-02")
def test_a_place_too_deep_for_an_address_is_refused(app: Flask) -> None:
    node = None
    for letter in "abc":
        node = a_category(letter * 74, node)
    with pytest.raises(BadPlace, match="too deep"):
        a_category("d" * 74, a_category("x", node))
    assert max(map(len, paths())) <= 300


@pytest.mark.covers("CAT-02")
def test_categories_stand_in_the_owners_order(app: Flask) -> None:
    one, two, three = (a_category(name) for name in ("One", "Two", "Three"))
    services.shift_category(three.id, -1)
    assert siblings(None) == ["One", "Three", "Two"]
    services.shift_category(one.id, 1)
    assert siblings(None) == ["Three", "One", "Two"]
    services.shift_category(three.id, -1)
    services.shift_category(two.id, 1)
    assert siblings(None) == ["Three", "One", "Two"]
    services.move_category(two.id, None, before_id=one.id)
    assert siblings(None) == ["Three", "Two", "One"]
    services.move_category(three.id, one.id)
    assert siblings(None) == ["Two", "One"]


@pytest.mark.covers("CAT-02")
def test_a_category_that_rests_shows_nothing_until_it_is_active(tree: tuple[Category, ...]) -> None:
    men, _shirts, linen = tree
    product = a_product_in(linen)
    services.change_category(men.id, {"active": False})
    assert found("camp") == []
    assert db.session.get(ListingRow, product.id, populate_existing=True) is None
    services.change_category(men.id, {"active": True})
    assert found("camp") == ["Camp shirt"]


@pytest.mark.covers("CAT-02")
def test_a_category_with_products_or_sub_categories_is_not_deleted_by_accident(tree: tuple[Category, ...]) -> None:
    men, shirts, linen = tree
    a_product_in(linen)
    with pytest.raises(StillNamed, match="Men is in use: 1 product and 2 sub-categories"):
        remove_category(men.id)
    with pytest.raises(StillNamed, match="1 product and 1 sub-category"):
        remove_category(shirts.id)
    assert len(paths()) == 3


@pytest.mark.covers("CAT-02")
def test_a_cascade_takes_the_whole_branch(tree: tuple[Category, ...]) -> None:
    men, shirts, linen = tree
    inside, outside = a_product_in(linen), a_product_in(men, "Belt")
    gone = remove_category(shirts.id, cascade=True)
    assert (gone.stats.products, gone.stats.sub_categories) == (1, 1)
    assert paths() == ["men"]
    assert again(inside).deleted_at is not None
    assert again(outside).deleted_at is None
    assert a_category("Shirts", men).path == "men/men-shirts"
    assert audit() == []


@pytest.mark.covers("CAT-02")
def test_what_stands_in_a_category_moves_to_another_before_it_goes(tree: tuple[Category, ...]) -> None:
    men, shirts, linen = tree
    women = a_category("Women")
    direct, below = a_product_in(shirts, "Camp shirt"), a_product_in(linen, "Linen shirt")
    with pytest.raises(ShopError, match="outside of this one"):
        remove_category_after_moving(shirts.id, linen.id)
    remove_category_after_moving(shirts.id, women.id)
    assert paths() == ["men", "women", "women/men-shirts-linen"]
    assert (stands_in(direct)[0], stands_in(below)[0]) == ("women", "women/men-shirts-linen")
    assert listed_in("men") == []
    remove_category(men.id)
    assert audit() == []
