"""What a bag knows: prices now, what changed, and what joins it at login."""

import pytest
from sqlalchemy import func, select

from shop.accounts.visitor import Visitor
from shop.cart import queries, services
from shop.cart.errors import BadQuantity, BagFull, NotEnough, WrongSize
from shop.cart.goal import delivery_goal
from shop.cart.models import Cart, CartLine, WishlistItem
from shop.catalog.models import Picture
from shop.checkout.prices import price_bag
from shop.delivery.queries import methods
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.stock import services as stock_services
from tests.factories import a_customer, a_guest, a_product, a_user, a_variant
from tests.support.statements import statements


def problems(visitor):
    return [line.problem for line in queries.bag_of(visitor).lines]


@pytest.mark.covers("CRT-01")
def test_a_bag_adds_up_with_savings_and_weight(app):
    guest = a_guest()
    services.add_line(guest, a_variant(price=100000, sale_price=80000).id, 2)
    services.add_line(guest, a_variant(price=50000).id)
    bag = queries.bag_of(guest)
    assert (bag.total, bag.regular_total, bag.savings) == (Money(210000), Money(250000), Money(40000))
    assert (bag.units, bag.weight_grams, bag.has_problems) == (3, 660, False)


@pytest.mark.covers("CRT-01")
def test_nobody_puts_the_whole_shop_into_one_bag(app, monkeypatch):
    monkeypatch.setattr("shop.cart.services.lines.MOST_LINES", 2)
    guest, first = a_guest(), a_variant()
    for variant in (first, a_variant(), first):
        services.add_line(guest, variant.id)
    with pytest.raises(BagFull):
        services.add_line(guest, a_variant().id)
    assert queries.bag_of(guest).units == 3


def test_a_guest_who_never_wrote_has_an_empty_bag_without_asking_the_database(app):
    with statements() as seen:
        assert queries.bag_of(Visitor()).is_empty
    assert seen == []


def test_a_line_shows_the_picture_of_its_colour(app):
    guest = a_guest()
    product = a_product(colours=["Indigo", "Ecru"])
    ecru = next(picture for picture in product.pictures if picture.alt.endswith("Ecru"))
    db.session.get_one(Picture, ecru.id).stem = "garments/tee-plain/ecru"
    variant = next(variant for variant in product.variants if variant.colour.name == "Ecru")
    services.add_line(guest, variant.id)
    assert queries.bag_of(guest).lines[0].picture.stem == "garments/tee-plain/ecru"


@pytest.mark.covers("CRT-02")
@pytest.mark.parametrize(("price", "told"), [(159900, "price_up"), (139900, "price_down"), (149900, None)])
def test_a_changed_price_is_told_until_it_is_accepted(app, price, told):
    guest, variant = a_guest(), a_variant()
    services.add_line(guest, variant.id)
    variant.price = Money(price)
    db.session.flush()
    assert problems(guest) == [told]
    assert queries.bag_of(guest).total == Money(price)
    services.accept_changes(guest)
    assert problems(guest) == [None]


@pytest.mark.covers("CRT-02")
def test_less_left_and_sold_out_are_told_and_the_total_counts_what_can_be_bought(app):
    guest, scarce, out = a_guest(), a_variant(units=5), a_variant(units=5)
    services.add_line(guest, scarce.id, 4)
    services.add_line(guest, out.id, 1)
    stock_services.hold(1, {scarce.id: 3, out.id: 5})
    assert problems(guest) == ["less_left", "sold_out"]
    assert queries.bag_of(guest).total == Money(4 * 149900)
    services.accept_changes(guest)
    assert [line.quantity for line in queries.bag_of(guest).lines] == [2]


@pytest.mark.covers("CRT-02")
def test_a_retired_size_is_gone(app):
    guest, variant = a_guest(), a_variant()
    services.add_line(guest, variant.id)
    variant.retired_at = variant.product.published_at
    db.session.flush()
    assert problems(guest) == ["gone"]


@pytest.mark.covers("CRT-01")
@pytest.mark.parametrize("quantity", [0, -1, 101, 10**12])
def test_a_quantity_is_1_to_100(app, quantity):
    guest, variant = a_guest(), a_variant(units=500)
    with pytest.raises(BadQuantity):
        services.add_line(guest, variant.id, quantity)
    line = services.add_line(guest, variant.id, 60)
    with pytest.raises(BadQuantity):
        services.add_line(guest, variant.id, 41)
    with pytest.raises(BadQuantity):
        services.set_quantity(guest, line.id, quantity)
    assert line.quantity == 60


def test_fewer_than_wanted_are_left(app):
    guest, variant = a_guest(), a_variant(units=3)
    line = services.add_line(guest, variant.id, 2)
    with pytest.raises(NotEnough, match="Only 3 left, and your bag already holds 2"):
        services.add_line(guest, variant.id, 2)
    with pytest.raises(NotEnough, match="Only 3 left"):
        services.set_quantity(guest, line.id, 4)


@pytest.mark.covers("CRT-01")
def test_a_guests_bag_becomes_the_account_s(app):
    guest, user = a_guest(), a_user()
    services.add_line(guest, a_variant().id, 2)
    services.wish(guest, a_product().id)
    merged = services.merge_guest(guest.session_id, user.id)
    assert (merged.lines, merged.wishes) == (1, 1)
    assert queries.bag_of(a_customer(user)).units == 2
    assert queries.bag_of(guest).is_empty


@pytest.mark.covers("CRT-01")
def test_a_guests_bag_joins_the_one_the_account_has(app):
    user = a_user()
    customer, guest = a_customer(user), a_guest()
    both, only_guest = a_variant(units=200), a_variant()
    services.add_line(customer, both.id, 60)
    services.wish(customer, both.product_id)
    services.add_line(guest, both.id, 70)
    services.add_line(guest, only_guest.id, 1)
    services.wish(guest, both.product_id)
    services.merge_guest(guest.session_id, user.id)
    services.merge_guest(guest.session_id, user.id)
    assert [(line.variant_id, line.quantity) for line in queries.bag_of(customer).lines] == [
        (both.id, 100),
        (only_guest.id, 1),
    ]
    assert queries.wished_products(customer) == {both.product_id}
    assert db.session.scalar(select(func.count(Cart.id))) == 1


def test_joining_without_a_guests_session_changes_nothing(app):
    assert services.merge_guest(None, a_user().id).lines == 0


@pytest.mark.covers("CRT-03")
def test_a_line_and_a_wish_change_places(app):
    guest, variant = a_guest(), a_variant()
    line = services.add_line(guest, variant.id, 3)
    services.move_to_wishlist(guest, line.id)
    assert queries.counts_of(guest) == (0, 1)
    item = db.session.scalars(select(WishlistItem)).one()
    assert item.colour_id == variant.colour_id
    services.move_to_cart(guest, item.id, variant.id)
    assert queries.counts_of(guest) == (1, 0)


@pytest.mark.covers("CRT-03")
def test_a_move_to_the_bag_that_fails_leaves_the_wish(app):
    guest, sold_out, other = a_guest(), a_variant(units=0), a_variant()
    services.wish(guest, sold_out.product_id)
    item = db.session.scalars(select(WishlistItem)).one()
    with pytest.raises(NotEnough):
        services.move_to_cart(guest, item.id, sold_out.id)
    with pytest.raises(WrongSize):
        services.move_to_cart(guest, item.id, other.id)
    assert queries.counts_of(guest) == (0, 1)


def test_lines_and_wishes_of_others_are_not_there(app):
    owner, stranger, variant = a_guest(), a_customer(), a_variant()
    line = services.add_line(owner, variant.id)
    services.wish(owner, variant.product_id)
    item = db.session.scalars(select(WishlistItem)).one()
    for attempt in (
        lambda: services.set_quantity(stranger, line.id, 5),
        lambda: services.remove_line(stranger, line.id),
        lambda: services.move_to_wishlist(stranger, line.id),
        lambda: services.move_to_cart(stranger, item.id, variant.id),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert db.session.scalar(select(CartLine.quantity)) == 1


def goal_of(visitor):
    bag = queries.bag_of(visitor)
    return delivery_goal(price_bag(visitor, bag.sold, bag.coupon_code), methods())


def test_delivery_becomes_free_from_the_amount_of_the_cheapest_method(app):
    guest, variant = a_guest(), a_variant(price=100000)
    services.add_line(guest, variant.id)
    goal = goal_of(guest)
    assert (goal.cheapest, goal.missing, goal.is_reached) == (Money(7900), Money(49900), False)
    services.add_line(guest, variant.id)
    goal = goal_of(guest)
    assert (goal.cheapest, goal.is_reached) == (Money(0), True)


def test_a_bag_of_any_length_is_read_in_two_statements(app):
    guest = a_guest()
    for _ in range(7):
        services.add_line(guest, a_variant().id)
    db.session.commit()
    with statements() as seen:
        assert len(queries.bag_of(guest).lines) == 7
    assert len(seen) == 2
