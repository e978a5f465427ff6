"""The apps' door, operation by operation; those that take an id in the query or in the body have an entry for each."""

from __future__ import annotations

from shop.accounts.permissions import Permission as P
from tests.checkout.buying import ADDRESS
from tests.lib.files.parts import encoded, quarters
from tests.matrix.coupons import COUPONS
from tests.matrix.entries import Who, entry, mine, own, shelf, the

ANYONE, SIGNED_IN = Who.ANYONE, Who.SIGNED_IN
NEW_ADDRESS = {name: value for name, value in ADDRESS.items() if name != "country"}
NEW_PERSON = {"first_name": "Ravi", "email": "ravi@example.com", "password": "Brass-Button-9"}
WISHED_SIZE = {"variant_id": own("wished variant")}
ONE_OF_IT = {"size": "M", "quantity": "1"}

ACCOUNTS = [
    entry("POST /api/v1/auth/register", ANYONE, "user_account", body=NEW_PERSON),
    entry("POST /api/v1/auth/login", ANYONE, "session", "refresh_token",
          body={"email": own("email"), "password": own("password")}),
    entry("POST /api/v1/auth/token/refresh", ANYONE, "refresh_token",
          body={"refresh_token": the("refresh token", alike=401)}),
    entry("POST /api/v1/auth/logout", SIGNED_IN, "session"),
    entry("GET /api/v1/users/profile", SIGNED_IN),
    entry("PUT /api/v1/users/profile-update", SIGNED_IN, "user_account", body={"first_name": "Ravi"}),
    entry("DELETE /api/v1/users/profile/picture", SIGNED_IN),
    entry("POST /api/v1/user-address/", SIGNED_IN, "address", body=NEW_ADDRESS),
    entry("GET /api/v1/user-address/", SIGNED_IN),
    entry("GET /api/v1/user-address/default", SIGNED_IN),
    entry("GET /api/v1/user-address/<key:item_id>", SIGNED_IN, item_id=mine("address")),
    entry("PUT /api/v1/user-address/<key:item_id>/set-default", SIGNED_IN, "address", item_id=mine("address")),
    entry("PUT /api/v1/user-address/<key:item_id>", SIGNED_IN, "address", item_id=mine("address"),
          body={"house": "99"}),
    entry("DELETE /api/v1/user-address/<key:item_id>", SIGNED_IN, "address", item_id=mine("address")),
]  # fmt: skip
SHELF = [
    entry("GET /api/v1/brands/", ANYONE),
    entry("GET /api/v1/brands/<key:item_id>", ANYONE, item_id=the("brand")),
    entry("GET /api/v1/categories/", ANYONE),
    entry("GET /api/v1/categories/<key:item_id>", ANYONE, item_id=the("category id")),
    entry("GET /api/v1/occasions/", ANYONE),
    entry("GET /api/v1/occasions/<key:item_id>", ANYONE, item_id=the("occasion")),
    entry("GET /api/v1/product-types/", ANYONE),
    entry("GET /api/v1/product-types/<key:item_id>", ANYONE, item_id=the("product type")),
    entry(
        "GET /api/v1/products/",
        ANYONE,
        query={
            "brand_id": the("brand", alike=200),
            "category_id": the("category id", alike=200),
            "occasion_id": the("occasion", alike=200),
            "product_type_id": the("product type", alike=200),
        },
    ),
    entry("GET /api/v1/products/featured", ANYONE),
    entry("GET /api/v1/products/popular", ANYONE),
    entry("GET /api/v1/products/<key:item_id>", ANYONE, item_id=shelf("product")),
    entry("POST /api/v1/files/upload", P.CONTENT_UPDATE, "content_picture", body={"file": encoded(quarters(), "PNG")}),
    entry("GET /api/v1/files/<key:file_id>", ANYONE, file_id=the("content picture")),
    entry("DELETE /api/v1/files/<key:file_id>", P.CONTENT_UPDATE, "content_picture", file_id=the("content picture")),
    entry("GET /api/v1/product-images/", ANYONE, query={"product_id": the("product", alike=200)}),
    entry("GET /api/v1/product-images/<key:item_id>", ANYONE, item_id=the("picture")),
    entry(
        "POST /api/v1/product-images/",
        P.PRODUCT_UPDATE,
        "picture",
        "outbox_event",
        body={"product_id": the("product"), "image": encoded(quarters(), "PNG")},
    ),
    entry(
        "POST /api/v1/product-images/",
        P.PRODUCT_UPDATE,
        "picture",
        "outbox_event",
        body={"product_id": own("product"), "variant_id": the("variant"), "image": encoded(quarters(), "PNG")},
    ),
    entry(
        "PUT /api/v1/product-images/<key:item_id>",
        P.PRODUCT_UPDATE,
        "picture",
        item_id=the("picture"),
        body={"alt": "The back"},
    ),
    entry("DELETE /api/v1/product-images/<key:item_id>", P.PRODUCT_UPDATE, "picture", item_id=the("picture")),
]
BUYING = [
    entry("GET /api/v1/saved-sizes/", SIGNED_IN),
    entry("PUT /api/v1/saved-sizes/<any(own, partner, child):wearer>", SIGNED_IN, "saved_size", wearer="own",
          body={"sizes": ["upper:m"]}),
    entry("POST /api/v1/cart-items/", SIGNED_IN, "cart_line", query={"product_id": shelf("product"), **ONE_OF_IT}),
    entry("POST /api/v1/cart-items/", SIGNED_IN, "cart_line", body={"product_id": shelf("product"), **ONE_OF_IT}),
    entry("POST /api/v1/cart-items/", SIGNED_IN, "cart_line",
          body={"product_id": shelf("product"), "variant_id": shelf("variant", alike=422)}),
    entry("GET /api/v1/cart-items/", SIGNED_IN, query={"product_id": shelf("product", alike=200)}),
    entry("GET /api/v1/cart-items/<key:item_id>", SIGNED_IN, item_id=mine("line")),
    entry("PUT /api/v1/cart-items/<key:item_id>", SIGNED_IN, "cart_line", item_id=mine("line"), body={"quantity": 2}),
    entry("DELETE /api/v1/cart-items/<key:item_id>", SIGNED_IN, "cart_line", item_id=mine("line")),
    entry("DELETE /api/v1/cart-items/", SIGNED_IN, "cart_line"),
    entry("POST /api/v1/cart-items/move-to-wishlist/<key:item_id>", SIGNED_IN, "cart_line", "wishlist_item",
          item_id=mine("line")),
    entry("POST /api/v1/wishlist-items/", SIGNED_IN, "wishlist_item", query={"product_id": shelf("product")}),
    entry("POST /api/v1/wishlist-items/", SIGNED_IN, "wishlist_item", body={"product_id": shelf("product")}),
    entry("GET /api/v1/wishlist-items/", SIGNED_IN, query={"product_id": shelf("product", alike=200)}),
    entry("GET /api/v1/wishlist-items/<key:item_id>", SIGNED_IN, item_id=mine("wish")),
    entry("PUT /api/v1/wishlist-items/<key:item_id>", SIGNED_IN, "wishlist_item", item_id=mine("wish"),
          body={"color": "Indigo"}),
    entry("DELETE /api/v1/wishlist-items/<key:item_id>", SIGNED_IN, "wishlist_item", item_id=mine("wish")),
    entry("POST /api/v1/wishlist-items/move-to-cart/<key:item_id>", SIGNED_IN, "wishlist_item", "cart_line",
          item_id=mine("wish"), query=WISHED_SIZE),
    entry("POST /api/v1/wishlist-items/move-to-cart/<key:item_id>", SIGNED_IN, "wishlist_item", "cart_line",
          item_id=mine("wish"), body=WISHED_SIZE),
]  # fmt: skip
PLACED = {"payment_type_id": "cod", "total": own("total")}
ORDERS = [
    entry("POST /api/v1/orders/place-order", SIGNED_IN, "shop_order", "stock_hold", "cart_line", "outbox_event",
          query=PLACED | {"address_id": mine("address"), "user_id": mine("user", alike=403)}),
    entry("POST /api/v1/orders/place-order", SIGNED_IN, "shop_order", "stock_hold", "cart_line", "outbox_event",
          body=PLACED | {"address_id": mine("address"), "user_id": mine("user", alike=403)}),
    entry("POST /api/v1/orders/place-order", SIGNED_IN, "shop_order", "stock_hold", "cart_line", "outbox_event",
          query=PLACED, body={"address_id": mine("address"), "delivery_method_id": the("delivery", alike=422)}),
    entry("GET /api/v1/orders/my", SIGNED_IN),
    entry("GET /api/v1/orders/my/<key:order_id>", SIGNED_IN, order_id=mine("order")),
    entry("PUT /api/v1/orders/my/<key:order_id>/status", SIGNED_IN, "shop_order", "order_history", "stock_hold",
          order_id=mine("order"), body={"status_id": the("cancelled status", alike=422)}),
    entry("GET /api/v1/order-items/my", SIGNED_IN,
          query={"order_id": mine("order", alike=200), "product_id": shelf("product", alike=200)}),
    entry("GET /api/v1/order-items/my/<key:item_id>", SIGNED_IN, item_id=mine("order_line")),
]  # fmt: skip
ORDER_DESK = [
    entry("GET /api/v1/orders/", P.ORDER_READ, query={"user_id": the("buyer", alike=200)}),
    entry("GET /api/v1/orders/<key:order_id>", P.ORDER_READ, order_id=the("placed id")),
    entry("GET /api/v1/orders/<key:order_id>/history", P.ORDER_READ, order_id=the("placed id")),
    entry("PUT /api/v1/orders/<key:order_id>/status", P.ORDER_UPDATE, "shop_order", "order_history",
          order_id=the("placed id"), body={"status_id": "confirmed"}),
    entry("POST /api/v1/orders/<key:order_id>/ship", P.ORDER_UPDATE, "parcel", order_id=the("packed id"),
          body={"carrier": "Blue Dart", "tracking_number": "BD 123"}),
    entry("POST /api/v1/orders/<key:order_id>/deliver", P.ORDER_UPDATE, "parcel",
          order_id=the("out_for_delivery id"), body={"override_reason": "Left with the guard"}),
    entry("PUT /api/v1/orders/<key:order_id>", P.ORDER_UPDATE, "order_history", order_id=the("placed id"),
          body={"notes": "Rings twice"}),
    entry("DELETE /api/v1/orders/<key:order_id>", P.ORDER_CANCEL, "shop_order", order_id=the("cancelled id")),
    entry("GET /api/v1/order-items/", P.ORDER_READ, query={"user_id": the("buyer", alike=200)}),
    entry("GET /api/v1/order-items/<key:item_id>", P.ORDER_READ, item_id=the("placed line")),
]  # fmt: skip
ABOUT = [
    entry("GET /openapi.json", ANYONE),
    entry("GET /docs", ANYONE),
    entry("GET /redoc", ANYONE),
    entry("GET /api/openapi.json", ANYONE),
    entry("GET /api/docs", ANYONE),
    entry("GET /api/redoc", ANYONE),
    entry("GET /api/v1/health", ANYONE),
    entry("GET /api/v1/version", ANYONE),
    entry("GET /api/v1/address/<pincode>", ANYONE, pincode=the("pincode")),
]
LOOKUPS = [
    line
    for noun, field, code in (("order-status", "status", "packed"), ("payment-status", "status", "paid"),
                              ("payment-types", "type", "cod"), ("review-status", "status", "approved"),
                              ("return-status", "status", "approved"), ("exchange-status", "status", "approved"),
                              ("user-status", "status", "active"))
    for line in (
        entry(f"GET /api/v1/{noun}/", ANYONE),
        entry(f"GET /api/v1/{noun}/<key:item_id>", ANYONE, item_id=the(f"{noun} row")),
        entry(f"POST /api/v1/{noun}/", P.LOOKUP_UPDATE, "lookup_label", body={"code": code, field: "So to say"}),
        entry(f"PUT /api/v1/{noun}/<key:item_id>", P.LOOKUP_UPDATE, "lookup_label", item_id=the(f"{noun} row"),
              body={field: "So to say"}),
        entry(f"DELETE /api/v1/{noun}/<key:item_id>", P.LOOKUP_UPDATE, "lookup_label", item_id=the(f"{noun} row")),
    )
]  # fmt: skip
SORTED_BY = [
    line
    for noun, key, field in (("brands", "brand", "name"), ("occasions", "occasion", "occasion"),
                             ("product-types", "product_type", "name"), ("categories", "category", "category"))
    for line in (
        entry(f"POST /api/v1/{noun}/", P.CATALOG_MANAGE, key, body={field: "Handloom"}),
        entry(f"PUT /api/v1/{noun}/<key:item_id>", P.CATALOG_MANAGE, key, item_id=the(f"spare {key}"),
              body={field: "Handloom"}),
        entry(f"DELETE /api/v1/{noun}/<key:item_id>", P.CATALOG_MANAGE, key, item_id=the(f"spare {key}")),
    )
]  # fmt: skip
SORTED_BY += [
    entry("PATCH /api/v1/categories/<key:item_id>/move", P.CATALOG_MANAGE, "category",
          item_id=the("spare category"), body={"parent_id": the("other category", alike=422)}),
    *(entry(f"DELETE /api/v1/{noun}/<key:item_id>", P.CATALOG_MANAGE, key, item_id=the(f"spare {key}"),
            query={"move_to": the(f"other {key}")})
      for noun, key in (("brands", "brand"), ("occasions", "occasion"), ("categories", "category"))),
]  # fmt: skip

PRODUCT = {"name": "Loom tunic", "hsn": "6109", "mrp": "1499.00"}
SORTED = {name: the(thing, alike=422) for name, thing in (
    ("brand_id", "brand"), ("category_id", "category id"), ("product_type_id", "product type"),
    ("occasion_id", "occasion"))}  # fmt: skip
MADE = [
    entry("POST /api/v1/products/", P.PRODUCT_UPDATE, "product", "variant",
          body=PRODUCT | SORTED | {"price": "1399.00"}),
    entry("PUT /api/v1/products/<key:item_id>", P.PRODUCT_UPDATE, "product", item_id=the("product"),
          body=PRODUCT | SORTED),
    entry("DELETE /api/v1/products/<key:item_id>", P.PRODUCT_UPDATE, "product", item_id=the("product")),
]  # fmt: skip

APPS = [*COUPONS, *ACCOUNTS, *SHELF, *BUYING, *ORDERS, *ORDER_DESK, *LOOKUPS, *SORTED_BY, *MADE, *ABOUT]
