"""The demo shop: complete, balanced, safe to ask for twice, and never in production."""

from collections import Counter
from collections.abc import Callable
from contextvars import Context
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.models import Role, User, UserRole
from shop.accounts.services.passwords import is_right
from shop.catalog import listing
from shop.catalog.models import ListingRow, Picture, Product, Variant
from shop.cli.demo.command import add_products, load_once
from shop.cli.demo.people import CUSTOMER_ACCOUNT, OWNER_ACCOUNT
from shop.config import ROOT
from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.fulfilment.states import ParcelState
from shop.invoices.models import Invoice
from shop.lib.models import OutboxEvent
from shop.lib.money import ZERO
from shop.operations.audit import audit
from shop.orders.models import Order, OrderHistory, OrderLine
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.models import Payment, Refund
from shop.payments.states import PaymentState, RefundState
from shop.promotions.credit.models import StoreCreditEntry
from shop.promotions.models import Redemption
from shop.stock.queries import for_sale
from tests.factories import a_product
from tests.support.outbox import run_outbox


@pytest.fixture
def demo(app: Flask) -> Flask:
    assert load_once()
    return app


def found(column: Any) -> Counter[Any]:
    return Counter(db.session.scalars(select(column)))


def roles_of(user: User) -> set[str]:
    return set(db.session.scalars(select(Role.name).join(UserRole).where(UserRole.user_id == user.id)))


@pytest.mark.covers("ORD-03")
def test_past_orders_stand_in_every_state_there_is(demo: Flask) -> None:
    assert found(Order.state).total() == 150
    assert found(Order.state).keys() == set(OrderState)
    assert found(Order.payment_standing).keys() == set(PaymentStanding)
    assert found(Parcel.state).keys() == set(ParcelState)
    assert found(Payment.state).keys() == set(PaymentState)
    assert found(Refund.state).keys() == set(RefundState)


def test_the_books_of_the_demo_shop_balance(demo: Flask) -> None:
    assert audit() == []


def test_every_page_of_the_owner_has_something_to_show(demo: Flask) -> None:
    """Coupons used and given back, credit notes dated one after another, store credit, orders in several parcels."""
    freed = [bool(at) for at in db.session.scalars(select(Redemption.freed_at))]
    assert (True in freed, freed.count(False) > 10) == (True, True)
    notes = db.session.scalars(select(Invoice).where(Invoice.kind == "credit_note").order_by(Invoice.ordinal)).all()
    assert len(notes) == 7
    assert all(earlier.issued_at <= later.issued_at for earlier, later in pairwise(notes))
    assert found(StoreCreditEntry.user_id).total() == 3
    assert sorted(found(Parcel.order_id).values())[-4:] == [1, 2, 2, 2]
    assert set(db.session.scalars(select(OutboxEvent.event).where(OutboxEvent.done_at.is_(None)))) == {"RefundOwed"}


def test_asking_twice_changes_nothing(demo: Flask) -> None:
    before = db.session.scalar(select(func.count(Product.id)))
    assert not load_once()
    assert db.session.scalar(select(func.count(Product.id))) == before == 120


def test_only_the_two_named_accounts_have_a_known_password(demo: Flask) -> None:
    users = {user.email: user for user in db.session.scalars(select(User))}
    assert len(users) == 41
    assert is_right(OWNER_ACCOUNT[1], users[OWNER_ACCOUNT[0]].password_hash)
    assert roles_of(users[OWNER_ACCOUNT[0]]) == {"owner"}
    assert roles_of(users[CUSTOMER_ACCOUNT[0]]) == {"customer"}
    known = [email for email, user in users.items() if is_right(CUSTOMER_ACCOUNT[1], user.password_hash)]
    assert known == [CUSTOMER_ACCOUNT[0]]


def test_every_picture_is_there(demo: Flask) -> None:
    pictures = db.session.scalars(select(Picture)).all()
    files = {ROOT / "static" / f"{picture.stem}-{width}.webp" for picture in pictures for width in picture.widths}
    assert [path for path in files if not path.exists()] == []
    snapshots = db.session.scalars(select(OrderLine.picture))
    assert {row["stem"] for row in snapshots} <= {picture.stem for picture in pictures}


def test_each_colour_shows_its_front_its_back_and_then_its_own_cloth(demo: Flask) -> None:
    wanted = select(Picture.product_id, Picture.colour_id, Picture.stem, Picture.alt)
    rows = db.session.execute(wanted.order_by(Picture.product_id, Picture.position)).all()
    for front, back, cloth in zip(rows[::3], rows[1::3], rows[2::3], strict=True):
        assert front[:2] == back[:2] == cloth[:2]
        assert back.stem == f"{front.stem}-back"
        assert cloth.stem.startswith("garments/fabrics/")
        assert cloth.stem.endswith("-" + front.stem.rsplit("/", 1)[1])
        assert [row.alt.rsplit(", ", 1)[1] for row in (front, back, cloth)] == ["front", "back", "close up"]


def test_the_named_customer_has_a_parcel_with_a_code_and_orders_in_other_states(demo: Flask) -> None:
    customer = db.session.scalars(select(User.id).where(User.email == CUSTOMER_ACCOUNT[0])).one()
    states = set(db.session.scalars(select(Order.state).where(Order.user_id == customer)))
    assert states >= {"placed", "shipped", "out_for_delivery", "delivered", "cancelled"}
    codes = db.session.scalars(select(Parcel.otp).where(Parcel.state == ParcelState.OUT_FOR_DELIVERY)).all()
    assert all(code and len(code) == 6 and code.isdigit() for code in codes)


@pytest.mark.covers("ORD-04")
def test_histories_go_forward_in_time_and_begin_after_the_goods_were_published(demo: Flask) -> None:
    rows = db.session.execute(select(OrderHistory).order_by(OrderHistory.order_id, OrderHistory.id)).scalars().all()
    for earlier, later in pairwise(rows):
        assert earlier.order_id != later.order_id or earlier.created_at < later.created_at
    joined = select(func.count()).select_from(OrderLine).join(Order).join(Product, Product.id == OrderLine.product_id)
    assert db.session.scalar(joined.where(Order.placed_at < Product.published_at)) == 0


def test_the_refund_still_owed_is_made_by_the_first_relay(demo: Flask) -> None:
    run_outbox()
    assert RefundState.PENDING not in found(Refund.state)
    assert audit() == []


def test_the_rest_that_was_not_sent_is_paid_back_and_credited(demo: Flask) -> None:
    [order_id] = db.session.scalars(select(Parcel.order_id).where(Parcel.state == ParcelState.NOT_SENT))
    order = db.session.get_one(Order, order_id)
    assert (order.state, order.payment_standing) == (OrderState.SHIPPED, PaymentStanding.PAID)
    owed = db.session.scalars(select(Refund.amount).join(Payment).where(Payment.order_id == order_id)).one()
    assert ZERO < owed < order.total
    run_outbox()
    assert db.session.get_one(Order, order_id).payment_standing == PaymentStanding.PARTLY_REFUNDED
    invoice, note = db.session.scalars(select(Invoice).where(Invoice.order_id == order_id).order_by(Invoice.id))
    assert (invoice.kind, note.kind, note.total) == ("invoice", "credit_note", owed)


def test_new_rows_get_new_ids_after_loading(demo: Flask) -> None:
    highest = db.session.scalar(select(func.max(Product.id)))
    assert a_product().id > (highest or 0)


@pytest.mark.one_engine
def test_production_refuses_demo_data(app: Flask, make_shop: Callable[..., Flask]) -> None:
    runner = make_shop(environment="production").test_cli_runner()
    result = Context().run(runner.invoke, args=["shop", "demo"])
    assert result.exit_code == 1
    assert "SHOP_ENV is production" in result.output
    assert found(Product.id).total() == 0


def test_many_products_are_complete_and_balance(app: Flask) -> None:
    add_products(40)
    variants = select(func.count(Variant.id)).group_by(Variant.product_id)
    pictures = select(func.count(Picture.id)).group_by(Picture.product_id)
    assert found(Product.id).total() == 40
    assert min(db.session.scalars(variants)) >= 6
    assert min(db.session.scalars(pictures)) >= 3
    assert audit() == []


@pytest.mark.one_engine
def test_the_number_of_a_product_decides_everything_about_it(app: Flask) -> None:
    add_products(25)
    tenth = db.session.scalars(select(ListingRow).order_by(ListingRow.product_id).offset(9)).first()
    assert tenth
    assert (tenth.slug, tenth.name, tenth.price.minor) == (
        "goalpost-rugby-polo-10",
        "Kaveri Goalpost Rugby Polo",
        174900,
    )


def test_many_products_are_listed_as_the_catalogue_lists_them(app: Flask) -> None:
    add_products(30)
    before = [_shown(row) for row in db.session.scalars(select(ListingRow).order_by(ListingRow.product_id))]
    listing.rebuild(
        db.session.scalars(select(Product.id)).all(), for_sale(db.session.scalars(select(Variant.id)).all())
    )
    db.session.expire_all()
    assert [_shown(row) for row in db.session.scalars(select(ListingRow).order_by(ListingRow.product_id))] == before


def test_many_products_come_on_top_of_the_demo_shop(demo: Flask) -> None:
    add_products(10)
    assert found(Product.id).total() == 130
    assert audit() == []
    assert db.session.scalar(select(func.count(OutboxEvent.id)))


def _shown(row: ListingRow) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in ListingRow.__table__.columns}
