"""What the matrix's shop itself has: goods on the shelf and hidden ones, pages, and work on the owner's desk."""

from __future__ import annotations

from typing import Any

from flask import current_app
from sqlalchemy import func, select

from shop.accounts.labels import USER_STATUS
from shop.accounts.visitor import Visitor
from shop.aftersales.labels import EXCHANGE_STATUS, RETURN_STATUS
from shop.aftersales.services import cancel_order
from shop.catalog.models import Attribute, Occasion, Product
from shop.catalog.search import keeping
from shop.checkout.proposals import propose
from shop.checkout.services import PhoneOrder, summary_by_phone
from shop.content.models import Page
from shop.content.services import add_picture
from shop.delivery.queries import methods
from shop.extensions import db
from shop.fulfilment import rider_links
from shop.fulfilment.models import Parcel
from shop.fulfilment.services import booking
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.files.kinds import CONTENT_PICTURE, PORTRAIT, PRODUCT_PICTURE
from shop.lib.files.storage import stored
from shop.lib.models import OutboxEvent
from shop.merchandising.attributes import add_filter
from shop.merchandising.categories.services import create_category
from shop.merchandising.lookups.nouns import BRAND, COLOUR, OCCASION, PRODUCT_TYPE
from shop.merchandising.lookups.records import create
from shop.merchandising.lookups.sizes import create_size
from shop.merchandising.pictures import services as pictures
from shop.merchandising.pictures.arriving import NewPicture
from shop.merchandising.products.fields import version_of
from shop.merchandising.products.relations import relate
from shop.notifications.models import Send
from shop.orders.events import OrderPlaced
from shop.orders.labels import ORDER_STATUS, PAYMENT_STATUS
from shop.orders.services import archive
from shop.orders.states import OrderState
from shop.payments.labels import PAYMENT_TYPES
from shop.reviews.labels import REVIEW_STATUS
from shop.store.label_services import add_label
from shop.store.labels import labels_of
from tests.checkout.buying import ADDRESS
from tests.factories import a_product, a_user
from tests.fulfilment.several import bring, two_parcels
from tests.fulfilment.walk import act, an_order_that_is, order_of, parcel_of
from tests.lib.files.parts import encoded, quarters

STAGES = ("confirmed", "packed", "shipped", "out_for_delivery", "delivery_failed", "returning", "delivered")
SHOWN = "Loom kurta"
# Names under which somebody may ask for what is hidden, beside those for what is shown.
HIDDEN = "hidden "


def shelf() -> dict[str, Any]:
    """Goods and pages for everybody, and the same things hidden."""
    festive, about = Occasion(slug="festive", name="Festive"), Page(slug="about", title="About", body="We weave.")
    db.session.add_all([festive, about])
    db.session.flush()
    shown, hidden = (a_product(name, published=name == SHOWN, occasion_id=festive.id) for name in (SHOWN, "Loom stole"))
    shown.product_type.size_table = {"columns": ["Size", "Chest"], "rows": [["M", "106"]], "note": ""}
    bundle = current_app.extensions["assets"].bundle("store.css").filename
    related = [a_product(name).id for name in ("Loom belt", "Loom cap")]
    for other in related:
        relate(shown.id, other)
    words = {"related product": related[0], "deleted product": a_product("Loom shawl", deleted_at=now()).id,
             "category": shown.category.slug, "category path": shown.category.path, "page": about.slug,
             "asset": bundle, "measured kind": shown.product_type.slug,
             "portrait": _portrait(), "occasion": festive.id, "pincode": "560001",
             "delivery": methods()[0].id, "other delivery": methods()[1].id}  # fmt: skip
    return (
        words | _pictures(shown) | _named(shown) | {f"{HIDDEN}{name}": value for name, value in _named(hidden).items()}
    )


def sorted_by() -> dict[str, Any]:
    """Of what products are sorted by a row nothing hangs on, and one to move things to."""
    more = {COLOUR: {"hex": "#2B3F8C"}}
    found: dict[str, Any] = {"spare size": create_size({"label": "9XL", "system": "letter"}).id}
    found["spare synonym"] = keeping.add_synonym(keeping.line_of("dupatta, chunni")).id
    for noun in (BRAND, OCCASION, PRODUCT_TYPE, COLOUR):
        made = [create(noun, {"name": name} | more.get(noun, {})) for name in ("Spare", "Other")]
        found |= {f"spare {noun.key}": made[0].id, f"other {noun.key}": made[1].id}
    made_categories = [create_category({"name": name}) for name in ("Spare", "Other")]
    add_filter("Weave")
    found["filter"] = db.session.scalars(select(func.max(Attribute.id))).one()
    return found | {"spare category": made_categories[0].id, "other category": made_categories[1].id}


def _pictures(product: Product) -> dict[str, Any]:
    """Three uploaded pictures of a product, the last of them deleted, and one for pages."""
    ids = [_picture(product.id) for _ in range(3)]
    pictures.remove(ids[2])
    with stored(encoded(quarters(), "PNG"), CONTENT_PICTURE) as picture:
        content = add_picture(picture, 100)
    return {"picture": ids[1], "deleted picture": ids[2], "content picture": content.id}


def _picture(product_id: int) -> int:
    with stored(encoded(quarters(), "PNG"), PRODUCT_PICTURE) as picture:
        return pictures.add(product_id, NewPicture(picture, (64, 64)), alt="Front").id


def _portrait() -> str:
    """The name of the file of a person's picture."""
    with stored(encoded(quarters(), "PNG"), PORTRAIT) as picture:
        return picture.key.partition("/")[2]


def desk() -> dict[str, Any]:
    """Orders in every state, a customer, a mail that was sent and one that was given up."""
    placed = order_of(an_order_that_is("placed"))
    found: dict[str, Any] = {"placed": placed.number, "placed id": placed.id, "placed line": placed.lines[0].id,
                             "day": f"{placed.placed_at.date()}"}  # fmt: skip
    found |= {"buyer": a_user().id} | _cancelled() | _phoned() | _edited(found["placed id"]) | _part_sent()
    for stage in STAGES:
        order_id = an_order_that_is(stage)
        found[stage] = order_of(order_id).number
        found[f"{stage} id"] = order_id
        found[f"{stage} parcel"] = parcel_of(order_id).id if stage != "confirmed" else None
    out = db.session.get_one(Parcel, found["out_for_delivery parcel"])
    found |= {"rider link": rider_links.token_of(out), "otp": out.otp, "booked parcel": _booked()}
    found["waybill"] = f"number,carrier,awb\n{found['packed']},Blue Dart,BD 124"
    return found | {"send": _sent(), "owed": _given_up()}


def _cancelled() -> dict[str, Any]:
    """An order that nothing moved for, and one that was put away."""
    cancelled, archived = an_order_that_is("placed"), an_order_that_is("placed")
    for order_id in (cancelled, archived):
        act(cancel_order, order_of(order_id), SYSTEM)
    act(archive, order_of(archived), SYSTEM)
    return {"cancelled id": cancelled, "cancelled": order_of(cancelled).number, "archived": order_of(archived).number}


def _booked() -> int:
    """A parcel that the sandbox courier is to fetch."""
    parcel_id = parcel_of(an_order_that_is("packed")).id
    db.session.commit()
    booking.book(parcel_id, "sandbox", SYSTEM)
    return parcel_id


def _phoned() -> dict[str, Any]:
    """What a customer on the phone wants, and what it comes to."""
    variant = a_product().variants[0]
    asked = PhoneOrder({variant.id: 1}, "asha@example.com", ADDRESS, "cod")
    total = summary_by_phone(Visitor(), asked).quote.total.minor
    return {"phoned sku": variant.sku, "phoned total": total}


def _part_sent() -> dict[str, Any]:
    """An order of which one parcel has left and the other has not."""
    order_id, first, _ = two_parcels()
    bring(first, "shipped")
    return {"part sent": order_of(order_id).number}


def _edited(order_id: int) -> dict[str, Any]:
    """Another thing for an order, and what it comes to with that alone."""
    variant = a_product().variants[0]
    db.session.commit()
    return {"other sku": variant.sku, "edited total": propose(order_of(order_id), {variant.id: 2}).quote.total.minor}


def lookups() -> dict[str, Any]:
    """Of each lookup a label of the owner's that a newer one took the place of, so that it can be taken away."""
    cancelled = next(one.id for one in labels_of(ORDER_STATUS) if one.code == OrderState.CANCELLED)
    found: dict[str, Any] = {"cancelled status": str(cancelled)}
    for lookup, code in ((ORDER_STATUS, "packed"), (PAYMENT_STATUS, "paid"), (PAYMENT_TYPES, "cod"),
                         (REVIEW_STATUS, "approved"), (RETURN_STATUS, "approved"), (EXCHANGE_STATUS, "approved"),
                         (USER_STATUS, "active")):  # fmt: skip
        found[f"{lookup.name} row"] = add_label(lookup, code, "First words").id
        add_label(lookup, code, "Second words")
    return found


def _named(product: Product) -> dict[str, Any]:
    return {
        "product": product.id, "variant": product.variants[0].id, "slug": product.slug, "version": version_of(product),
        "brand": product.brand_id, "category id": product.category_id, "product type": product.product_type_id,
    }  # fmt: skip


def _sent() -> int:
    send = Send(template="welcome", about="user-0", recipient="asha@example.com", subject="Welcome", state="sent",
                message_id="<0@localhost>", text="Hello", html="<p>Hello</p>", retries=0)  # fmt: skip
    db.session.add(send)
    db.session.flush()
    return send.id


def _given_up() -> int:
    emit(OrderPlaced(0))
    db.session.flush()
    row = db.session.scalars(select(OutboxEvent).order_by(OutboxEvent.id.desc()).limit(1)).one()
    row.failures, row.dead_at, row.last_error = 10, now(), "ConnectionRefusedError: nobody listens"
    return row.id
