"""The owner's door, route by route, each with its permission."""

from __future__ import annotations

from shop.accounts.permissions import Permission as P
from tests.lib.files.parts import encoded, quarters
from tests.matrix.entries import entry, own, the

PRODUCT = {"name": "Loom kurta, new", "brand": own("brand"), "category": own("category id"),
           "occasion": own("occasion"), "mrp": "1,499", "hsn": "6109", "published": "y",
           "product_type": own("product type"), "tax_class": "apparel", "country_of_origin": "India",
           "net_quantity": "1 N", "version": own("version")}  # fmt: skip

DESK = [
    entry("GET /staff", P.DASHBOARD_READ),
    entry("GET /staff/orders", P.ORDER_READ),
    entry("GET /staff/orders/<number>", P.ORDER_READ, number=the("placed")),
    entry("POST /staff/orders/<number>/confirmation", P.ORDER_UPDATE, "shop_order", number=the("placed")),
    entry("POST /staff/orders/<number>/parcels", P.ORDER_UPDATE, "shop_order", "parcel", number=the("confirmed")),
    entry("POST /staff/orders/<number>/cancellation", P.ORDER_CANCEL, "shop_order", "stock_level", number=the("placed"),
          body={"reason": "Asked for by phone"}),
    entry("POST /staff/orders/<number>/receipt", P.ORDER_UPDATE, "shop_order", "stock_level", number=the("returning")),
    entry("POST /staff/orders/<number>/cash", P.PAYMENT_COLLECT, "payment", number=the("delivered")),
    entry("POST /staff/parcels/<int:parcel_id>/shipment", P.ORDER_UPDATE, "parcel", parcel_id=the("packed parcel"),
          body={"carrier": "Blue Dart", "tracking_number": "BD 123"}),
    entry("POST /staff/parcels/<int:parcel_id>/departure", P.ORDER_UPDATE, "parcel", parcel_id=the("shipped parcel")),
    entry("POST /staff/parcels/<int:parcel_id>/code", P.ORDER_UPDATE, "parcel",
          parcel_id=the("out_for_delivery parcel")),
    entry("POST /staff/parcels/<int:parcel_id>/delivery", P.ORDER_UPDATE, "parcel",
          parcel_id=the("out_for_delivery parcel"), body={"override_reason": "Left with the guard"}),
    entry("POST /staff/parcels/<int:parcel_id>/failure", P.ORDER_UPDATE, "parcel",
          parcel_id=the("out_for_delivery parcel"), body={"reason": "Nobody at home"}),
    entry("POST /staff/parcels/<int:parcel_id>/return", P.ORDER_UPDATE, "parcel",
          parcel_id=the("delivery_failed parcel")),
    entry("GET /staff/products", P.PRODUCT_READ),
    entry("GET /staff/products/new", P.PRODUCT_UPDATE),
    entry("POST /staff/products/new", P.PRODUCT_UPDATE, "product", "variant",
          body=PRODUCT | {"name": "Loom tunic", "price": "1,399"}),
    entry("GET /staff/products/<int:product_id>", P.PRODUCT_READ, product_id=the("product")),
    entry("POST /staff/products/<int:product_id>", P.PRODUCT_UPDATE, "product", product_id=the("product"),
          body=PRODUCT),
    entry("GET /staff/products/<int:product_id>/variants", P.PRODUCT_READ, product_id=the("product")),
    entry("POST /staff/products/<int:product_id>/pictures", P.PRODUCT_UPDATE, "picture", "outbox_event",
          product_id=the("product"), body={"pictures": encoded(quarters(), "PNG")}),
    entry("POST /staff/products/<int:product_id>/pictures/order", P.PRODUCT_UPDATE, "picture",
          product_id=the("product"), body={"picture": own("picture"), "op": "save"}),
    entry("POST /staff/pictures/<int:picture_id>/file", P.PRODUCT_UPDATE, "picture", "outbox_event",
          picture_id=the("picture"), body={"file": encoded(quarters(), "PNG")}),
    entry("POST /staff/pictures/<int:picture_id>/restoration", P.PRODUCT_UPDATE, "picture",
          picture_id=the("deleted picture")),
    entry("GET /staff/variants/<int:variant_id>/price", P.PRODUCT_UPDATE, variant_id=the("variant")),
    entry("POST /staff/variants/<int:variant_id>/price", P.PRODUCT_UPDATE, "variant", variant_id=the("variant"),
          body={"price": "1,450"}),
    entry("GET /staff/variants/<int:variant_id>/sale-price", P.PRODUCT_UPDATE, variant_id=the("variant")),
    entry("POST /staff/variants/<int:variant_id>/sale-price", P.PRODUCT_UPDATE, "variant", variant_id=the("variant"),
          body={"sale_price": "1,399"}),
    entry("GET /staff/variants/<int:variant_id>/stock", P.STOCK_ADJUST, variant_id=the("variant")),
    entry("POST /staff/variants/<int:variant_id>/stock", P.STOCK_ADJUST, "stock_level", variant_id=the("variant"),
          body={"on_hand": "25"}),
    entry("GET /staff/mail", P.MAIL_READ),
    entry("GET /staff/mail/<int:send_id>", P.MAIL_READ, send_id=the("send")),
    entry("GET /staff/mail/<int:send_id>/html", P.MAIL_READ, send_id=the("send")),
    entry("POST /staff/mail/owed/<int:outbox_id>/attempts", P.MAIL_RESEND, "outbox_event", outbox_id=the("owed")),
]  # fmt: skip
