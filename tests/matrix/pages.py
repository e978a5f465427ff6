"""The shoppers' door, route by route."""

from __future__ import annotations

from tests.checkout.buying import ADDRESS
from tests.factories import PASSWORD
from tests.lib.files.parts import encoded, quarters
from tests.matrix.entries import Who, entry, mine, own, shelf, the

ANYONE, SIGNED_IN = Who.ANYONE, Who.SIGNED_IN
NEW_PASSWORD = "Brass-Button-9"
TYPED = {name: value for name, value in ADDRESS.items() if name not in {"phone", "country"}}
BOOKED = TYPED | {"label": "Office", "phone": "98450 12345"}
CARD = {"number": "4242424242424242", "holder": "Asha Rao", "expiry": "12/49", "cvv": "123"}
CREDENTIALS = {"identifier": own("email"), "password": own("password")}
TWICE = {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
NEW_PERSON = {"first_name": "Ravi", "email": "ravi@example.com", **TWICE}

PAGES = [
    entry("GET /static/<path:filename>", ANYONE, filename="favicon.svg"),
    entry("GET /assets/<filename>", ANYONE, filename=the("asset")),
    entry("GET /media/<folder>/<name>", ANYONE, folder="portraits", name=the("portrait")),
    entry("GET /health", ANYONE),
    # Looking around.
    entry("GET /", ANYONE),
    entry("GET /pages/<slug>", ANYONE, slug=the("page")),
    entry("GET /c/<slug>", ANYONE, slug=the("category")),
    entry("GET /c/<path:path>", ANYONE, path=the("category path")),
    entry("GET /_f/listing", ANYONE, query={"category": the("category")}),
    entry("GET /search", ANYONE, query={"q": "loom"}),
    entry("GET /search/suggest", ANYONE, query={"q": "loom"}),
    entry("GET /p/<slug>", ANYONE, slug=shelf("slug")),
    entry("GET /p/<slug>/delivery", ANYONE, slug=shelf("slug"), query={"postal_code": "560001"}),
    entry("GET /_f/recently-viewed", ANYONE),
    entry("POST /recently-viewed/removal", ANYONE),
    entry("GET /p/<slug>/fit", ANYONE, slug=shelf("slug"), query={"my-chest": "104"}),
    entry("GET /size-guide/<slug>", ANYONE, slug=the("measured kind")),
    entry("POST /theme", ANYONE, body={"theme": "dark"}),
    entry("GET /_f/pincode", ANYONE, query={"postal_code": "560001"}),
    # Bag and wishlist.
    entry("GET /cart", ANYONE),
    entry("GET /_f/bag-count", ANYONE),
    entry("POST /cart/lines", ANYONE, "cart_line", body={"variant_id": shelf("variant"), "quantity": "1"}),
    entry("POST /cart/lines/<int:line_id>", ANYONE, "cart_line", line_id=mine("line"), body={"quantity": "2"}),
    entry("POST /cart/lines/<int:line_id>/removal", ANYONE, "cart_line", line_id=mine("line")),
    entry("POST /cart/lines/<int:line_id>/wish", ANYONE, "cart_line", "wishlist_item", line_id=mine("line")),
    entry("POST /cart/changes", ANYONE, "cart_line"),
    entry("GET /wishlist", ANYONE),
    entry("POST /wishlist/items", ANYONE, "wishlist_item", body={"product_id": shelf("product"), "on": "1"}),
    entry("POST /wishlist/items/<int:item_id>/bag-line", ANYONE, "wishlist_item", "cart_line", item_id=mine("wish"),
          body={"variant_id": own("wished variant")}),
    entry("POST /wishlist/items/<int:item_id>/removal", ANYONE, "wishlist_item", item_id=mine("wish")),
    # Checkout.
    entry("GET /checkout", ANYONE),
    entry("GET /checkout/contact", ANYONE),
    entry("POST /checkout/contact", ANYONE, "checkout_draft",
          body={"email": "ravi@example.com", "phone": "98450 54321"}),
    entry("GET /checkout/address", ANYONE),
    entry("POST /checkout/address", ANYONE, "checkout_draft", body=TYPED | {"house": "99"}),
    entry("POST /checkout/address/saved", ANYONE, "checkout_draft", body={"address_id": mine("address")}),
    entry("GET /checkout/delivery", ANYONE),
    entry("POST /checkout/delivery", ANYONE, "checkout_draft", body={"method": the("other delivery", alike=422)}),
    entry("GET /checkout/payment", ANYONE),
    entry("POST /checkout/payment", ANYONE, "checkout_draft", body={"method": "upi"}),
    entry("GET /checkout/review", ANYONE),
    entry("POST /checkout/review", ANYONE, "shop_order", "payment", "stock_level", "outbox_event",
          body={"key": "a-key-of-this-page-1", "seen_total": own("seen total")}),
    # The bank, and an order behind its secret link: who knows the secret is let in.
    entry("GET /bank/<intent_id>", ANYONE, intent_id=the("card intent")),
    entry("POST /bank/<intent_id>/card", ANYONE, "sandbox_intent", intent_id=the("card intent"), body=CARD),
    entry("POST /bank/<intent_id>/upi", ANYONE, "sandbox_intent", intent_id=the("upi intent"),
          body={"upi_id": "success@sandbox"}),
    entry("POST /bank/<intent_id>/wallet", ANYONE, "sandbox_intent", intent_id=the("wallet intent"),
          body={"number": "01712345678"}),
    entry("POST /bank/<intent_id>/code", ANYONE, "sandbox_intent", intent_id=the("code intent"),
          body={"code": "123456"}),
    entry("POST /bank/<intent_id>/refusal", ANYONE, "sandbox_intent", intent_id=the("card intent")),
    entry("GET /order/<token>", ANYONE, token=the("token")),
    entry("GET /order/<token>/thanks", ANYONE, token=the("token")),
    entry("POST /order/<token>/cancellation", ANYONE, "shop_order", "order_history", "stock_hold", token=the("token")),
    entry("POST /order/<token>/claim", SIGNED_IN, "shop_order", token=the("guest token")),
    entry("GET /order/<token>/payment", ANYONE, token=the("card token")),
    entry("POST /order/<token>/payment", ANYONE, "payment", token=the("card token"), body={"method": "cod"}),
    # The rider's page behind the link of a parcel.
    entry("GET /rider/<token>", ANYONE, token=the("rider link", alike=410)),
    entry("POST /rider/<token>/delivery", ANYONE, "parcel", "shop_order", token=the("rider link", alike=410),
          body={"otp": own("otp")}),
    entry("POST /rider/<token>/failure", ANYONE, "parcel", "shop_order", token=the("rider link", alike=410),
          body={"outcome": "refused", "note": "Wants it in blue"}),
    # Coming and going.
    entry("GET /login", ANYONE),
    entry("POST /login", ANYONE, "session", body=CREDENTIALS),
    entry("POST /logout", ANYONE, "session"),
    entry("GET /register", ANYONE),
    entry("POST /register", ANYONE, "user_account", "session", body=NEW_PERSON),
    entry("GET /password/forgot", ANYONE),
    entry("POST /password/forgot", ANYONE, "outbox_event", body={"identifier": own("email")}),
    entry("GET /password/code", ANYONE),
    entry("POST /password/code", ANYONE, "user_account", "one_time_code",
          body={"identifier": own("email"), "code": own("reset code"), **TWICE}),
    entry("GET /password/sent", ANYONE),
    entry("GET /password/reset", ANYONE, query={"token": the("reset", alike=410)}),
    entry("POST /password/reset", ANYONE, "user_account", "password_reset",
          body={"token": the("reset", alike=410), **TWICE}),
    entry("GET /track", ANYONE),
    entry("POST /track", ANYONE, body={"number": the("placed", alike=422), "identifier": "asha@example.com"}),
    entry("GET /forgot-email", ANYONE),
    entry("POST /forgot-email", ANYONE, "outbox_event", body={"phone": "98450 54321"}),
    entry("GET /forgot-email/sent", ANYONE),
    entry("GET /verify/email", SIGNED_IN, query={"token": mine("email link", alike=410)}),
    entry("POST /verify/email", SIGNED_IN, "user_account", "email_verification",
          body={"token": mine("email link", alike=410)}),
    # The account.
    entry("GET /account", SIGNED_IN),
    entry("GET /account/profile", SIGNED_IN),
    entry("POST /account/profile", SIGNED_IN, "user_account",
          body={"first_name": "Ravi", "email": own("email"), "current_password": PASSWORD}),
    entry("POST /account/profile/picture", SIGNED_IN, "user_account", body={"picture": encoded(quarters(), "PNG")}),
    entry("POST /account/profile/picture/removal", SIGNED_IN),
    entry("GET /account/password", SIGNED_IN),
    entry("POST /account/password", SIGNED_IN, "user_account",
          body={"current_password": PASSWORD, **TWICE}),
    entry("POST /account/verifications/email", SIGNED_IN, "outbox_event"),
    entry("POST /account/verifications/phone", SIGNED_IN, "outbox_event"),
    entry("GET /account/verifications/phone", SIGNED_IN),
    entry("POST /account/verifications/phone/code", SIGNED_IN, "user_account", "one_time_code",
          body={"code": own("phone code")}),
    entry("GET /account/addresses", SIGNED_IN),
    entry("GET /account/addresses/new", SIGNED_IN),
    entry("POST /account/addresses/new", SIGNED_IN, "address", body=BOOKED),
    entry("GET /account/addresses/<int:address_id>", SIGNED_IN, address_id=mine("address")),
    entry("POST /account/addresses/<int:address_id>", SIGNED_IN, "address", address_id=mine("address"), body=BOOKED),
    entry("POST /account/addresses/<int:address_id>/default", SIGNED_IN, "address", address_id=mine("address")),
    entry("POST /account/addresses/<int:address_id>/removal", SIGNED_IN, "address", address_id=mine("address")),
    entry("GET /account/orders", SIGNED_IN),
    entry("GET /account/orders/<number>", SIGNED_IN, number=mine("number")),
    entry("POST /account/orders/<number>/cancellation", SIGNED_IN, "shop_order", "stock_hold", number=mine("number")),
    entry("POST /account/orders/<number>/again", SIGNED_IN, "cart_line", number=mine("number")),
]  # fmt: skip
