"""Every route of the shop, walked as everybody: a route nobody listed here fails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from shop.accounts.models import Role, RolePermission
from shop.accounts.permissions import Permission
from shop.accounts.services import addresses
from shop.cart import services as cart_services
from shop.cart.models import WishlistItem
from shop.extensions import db
from tests.checkout.buying import ADDRESS, an_order
from tests.factories import a_customer, a_user, a_variant
from tests.storefront.people import body, browser_of, signed_in

P = Permission


def named(*lines: str) -> set[str]:
    """Endpoints written as a blueprint and its views; a word alone is an endpoint of the app."""
    words = [line.split() for line in lines]
    return {f"{first}.{view}" for first, *views in words for view in views} | {one[0] for one in words if len(one) == 1}


ANYONE = named(
    "asset",
    "static",
    "health show",
    "home show",
    "pages show",
    "theme choose",
    "category show show_path fragment",
    "search show",
    "product show",
    "cart show count add_line set_quantity remove_line accept_changes move_to_wishlist",
    "wishlist show wish move_to_bag remove",
    "checkout show contact save_contact delivery save_delivery payment save_payment",
    "pincode show",
    "checkout_address show save use_saved",
    "checkout_review show place",
    "bank show pay_card pay_upi enter_code decline",
    "order show thanks cancel claim",
    "order_payment show pay",
    "login show log_in log_out",
    "register show create",
    "password forgot ask sent reset set_new",
)
SIGNED_IN = named(
    "account show",
    "profile show save",
    "new_password show save",
    "addresses index new create edit save make_default remove",
    "orders index show cancel again",
)
STAFF = {
    "staff_dashboard.show": P.DASHBOARD_READ,
    "staff_orders.index": P.ORDER_READ,
    "staff_orders.show": P.ORDER_READ,
    "staff_orders.confirm": P.ORDER_UPDATE,
    "staff_orders.pack": P.ORDER_UPDATE,
    "staff_orders.receive_back": P.ORDER_UPDATE,
    "staff_orders.cancel": P.ORDER_CANCEL,
    "staff_orders.collect_cash": P.PAYMENT_COLLECT,
    "staff_parcels.ship": P.ORDER_UPDATE,
    "staff_parcels.send_out": P.ORDER_UPDATE,
    "staff_parcels.renew_code": P.ORDER_UPDATE,
    "staff_parcels.deliver": P.ORDER_UPDATE,
    "staff_parcels.fail": P.ORDER_UPDATE,
    "staff_parcels.start_return": P.ORDER_UPDATE,
    "staff_products.index": P.PRODUCT_READ,
    "staff_products.show": P.PRODUCT_READ,
    "staff_products.variants": P.PRODUCT_READ,
    "staff_products.save": P.PRODUCT_UPDATE,
    "staff_variants.price": P.PRODUCT_UPDATE,
    "staff_variants.save_price": P.PRODUCT_UPDATE,
    "staff_variants.sale_price": P.PRODUCT_UPDATE,
    "staff_variants.save_sale_price": P.PRODUCT_UPDATE,
    "staff_variants.stock": P.STOCK_ADJUST,
    "staff_variants.save_stock": P.STOCK_ADJUST,
    "staff_customers.index": P.CUSTOMER_READ,
    "staff_customers.show": P.CUSTOMER_READ,
    "staff_mail.index": P.MAIL_READ,
    "staff_mail.show": P.MAIL_READ,
    "staff_mail.html": P.MAIL_READ,
    "staff_mail.send_again": P.MAIL_RESEND,
}
FILES = {"asset", "static"}
SAMPLE = {"address_id": 987654, "line_id": 987654, "item_id": 987654, "number": "ORD-2026-9999"}
ODD = [
    "0",
    "-1",
    "9" * 30,
    "1e9",
    "१२३",
    "☃",
    "%00",
    "x' OR 1=1 --",
    "a" * 3000,
    "..%2f..%2fetc",
    "9223372036854775807",
]


def routes(app: Flask, endpoints: set[str] | None = None) -> Iterator[tuple[str, Rule]]:
    """Each method of each rule, without the files and the methods that come by themselves."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in FILES and (endpoints is None or rule.endpoint in endpoints):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, rule


def path_of(rule: Rule, value: Any = None) -> str:
    """A path of the rule: every variable is the value, or one that nothing has."""
    path = rule.rule
    for name in rule.arguments:
        start, end = path.index("<"), path.index(">")
        filled = value if value is not None else SAMPLE.get(name, 987654)
        path = f"{path[:start]}{filled}{path[end + 1 :]}"
    return path


def ask(client: FlaskClient, method: str, rule: Rule) -> Any:
    return client.open(path_of(rule), method=method)


def person_with(client: FlaskClient, permissions: set[Permission]) -> None:
    """Sign someone in who holds exactly these permissions."""
    role = Role(name=f"role-{len(permissions)}-{min(permissions, default='')}", label="Of this test")
    db.session.add(role)
    db.session.flush()
    db.session.add_all(RolePermission(role_id=role.id, permission=permission) for permission in permissions)
    signed_in(client, a_user(role=role.name))


def test_every_route_is_listed_once_for_those_it_is_for(app: Flask):
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert known - ANYONE - SIGNED_IN - set(STAFF) == set(), "list these routes in tests/house/test_routes.py"
    assert (ANYONE | SIGNED_IN | set(STAFF)) - known == set(), "these routes are gone"
    assert not ANYONE & (SIGNED_IN | set(STAFF))


def test_staff_views_name_the_permission_listed_here(app: Flask):
    named = {name: getattr(app.view_functions[name], "permission", None) for name in STAFF}
    assert named == STAFF


def test_stranger_is_sent_to_log_in_from_every_guarded_route(app: Flask):
    assert open_to_strangers(app) == []


@pytest.mark.parametrize("blueprint", ["orders", "addresses", "staff_orders"])
def test_walk_notices_a_door_without_its_guard(make_shop: Callable[..., Flask], blueprint: str):
    shop = make_shop()
    shop.before_request_funcs[blueprint] = []
    with shop.app_context():
        assert open_to_strangers(shop)


def open_to_strangers(app: Flask) -> list[str]:
    """The guarded routes that answer someone who is not signed in."""
    client: Any = browser_of(app.test_client())
    guarded = SIGNED_IN | set(STAFF)
    answers = [(method, rule, ask(client, method, rule)) for method, rule in routes(app, guarded)]
    return [f"{method} {rule}: {answer.status_code}" for method, rule, answer in answers
            if answer.status_code != 303 or not answer.location.startswith("/login?next=")]  # fmt: skip


@pytest.mark.covers("ACC-12")
def test_customer_is_refused_at_every_route_of_the_owner(app: Flask):
    client: Any = app.test_client()
    signed_in(client)
    assert {ask(client, method, rule).status_code for method, rule in routes(app, set(STAFF))} == {403}


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize("missing", sorted(set(STAFF.values())))
def test_staff_without_the_permission_are_refused_and_nothing_else_is(app: Flask, missing: Permission):
    client: Any = app.test_client()
    person_with(client, set(Permission) - {missing})
    refused = {
        rule.endpoint for method, rule in routes(app, set(STAFF)) if ask(client, method, rule).status_code == 403
    }
    assert refused == {endpoint for endpoint, permission in STAFF.items() if permission == missing}


@pytest.mark.covers("ACC-12")
def test_one_permission_opens_its_routes_only(app: Flask):
    client: Any = app.test_client()
    person_with(client, {P.CUSTOMER_READ})
    opened = {rule.endpoint for method, rule in routes(app, set(STAFF)) if ask(client, method, rule).status_code != 403}
    assert opened == {"staff_customers.index", "staff_customers.show"}


@pytest.mark.covers("ACC-12")
def test_owner_is_let_in_everywhere(app: Flask):
    client: Any = app.test_client()
    signed_in(client, a_user(role="owner"))
    for method, rule in routes(app, set(STAFF)):
        answer = ask(client, method, rule)
        assert answer.status_code not in {403, 500}, f"{method} {rule}"
        assert not (answer.location or "").startswith("/login")


@pytest.mark.parametrize("who", ["stranger", "customer", "owner"])
@pytest.mark.parametrize("value", ODD)
def test_odd_values_in_an_address_never_break_the_shop(app: Flask, value: str, who: str):
    client: Any = browser_of(app.test_client())
    if who != "stranger":
        signed_in(client, a_user(role="owner") if who == "owner" else None)
    broken = []
    for method, rule in routes(app, {rule.endpoint for _method, rule in routes(app) if rule.arguments}):
        answer = client.open(path_of(rule, value), method=method)
        if answer.status_code >= 500:
            broken.append(f"{method} {rule}: {answer.status_code}")
    assert broken == []


@pytest.mark.parametrize("who", ["stranger", "customer", "owner"])
def test_form_without_any_field_never_breaks_the_shop(app: Flask, who: str):
    for method, rule in list(routes(app)):
        client: Any = browser_of(app.test_client())
        if who != "stranger":
            signed_in(client, a_user(role="owner") if who == "owner" else None)
        assert ask(client, method, rule).status_code < 500, f"{method} {rule}"


def test_what_belongs_to_someone_else_is_as_missing_as_what_never_was(app: Flask):
    theirs = belongings()
    form = ADDRESS | {"quantity": "1", "label": "Home", "variant_id": str(a_variant().id)}
    client: Any = app.test_client()
    signed_in(client)
    own = {rule.endpoint: (method, rule) for method, rule in routes(app) if set(rule.arguments) & set(theirs)}
    assert len(own) >= 8
    for method, rule in own.values():
        if rule.endpoint.startswith("staff_"):
            continue
        [name] = rule.arguments
        stranger = client.open(path_of(rule, theirs[name]), method=method, data=form)
        missing = client.open(path_of(rule, SAMPLE[name]), method=method, data=form)
        assert stranger.status_code == missing.status_code == 404, f"{method} {rule}"
        assert body(stranger) == body(missing), f"{method} {rule}"


def belongings() -> dict[str, Any]:
    """One of each thing a person owns, by the name that routes give it."""
    visitor, variant = a_customer(a_user()), a_variant()
    user_id, variant_id = visitor.user_id or 0, variant.id
    number = an_order(variant, visitor=visitor).number
    line = cart_services.add_line(visitor, variant_id)
    cart_services.wish(visitor, line.variant.product_id, None, True)
    item = db.session.scalars(db.select(WishlistItem)).one()
    address = addresses.add_address(user_id, ADDRESS)
    return {"address_id": address.id, "line_id": line.id, "item_id": item.id, "number": number}
