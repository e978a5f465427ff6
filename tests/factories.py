"""Plain functions that make what a test needs, with good defaults; the test client commits what they flushed."""

from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Any, TypeVar

from flask import current_app
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from shop.accounts.models import User
from shop.accounts.services import roles, sessions
from shop.accounts.services.passwords import hash_password
from shop.accounts.visitor import Visitor
from shop.accounts.visits import COOKIE_KEY
from shop.catalog import listing
from shop.catalog.models import Brand, Category, Colour, Picture, Product, ProductType, Size, Variant
from shop.extensions import Model, db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.money import Money
from shop.stock import queries as stock_queries
from shop.stock import services as stock_services

PASSWORD = "Correct-Horse-7"
HEX = {"indigo": "#2B3F8C", "madder": "#A8322A", "ecru": "#E8E0CC", "black": "#1B1B1D", "olive": "#5D6141"}
LETTERS = ("XS", "S", "M", "L", "XL", "XXL")
STEM = "garments/tee-plain/indigo"
M = TypeVar("M", bound=Model)
numbers = count(1)


def a_product(
    name: str | None = None,
    *,
    price: int = 149900,
    sale_price: int | None = None,
    colours: Sequence[str] = ("Indigo",),
    sizes: Sequence[str] = ("M",),
    units: int = 10,
    brand: str = "Kora",
    category: str = "t-shirts",
    published: bool = True,
    **more: Any,
) -> Product:
    """A product with a variant for each colour and size, each with `units` in stock; prices in paise."""
    number = next(numbers)
    name = name or f"Plain tee {number}"
    db.session.flush()
    # Each look-up would otherwise write what is there so far: the rows go in together, by kind.
    with db.session.no_autoflush:
        product = Product(
            slug=f"{_slug(name)}-{number}",
            name=name,
            brand=_known(Brand, slug=_slug(brand), name=brand),
            category=_known(Category, slug=category, path=category, name=category.title()),
            product_type=_known(ProductType, slug="t-shirt", name="T-shirt"),
            hsn="6109",
            mrp=Money(price),
            published_at=now() if published else None,
            **more,
        )
        db.session.add(product)
        hues, runs = [_colour(colour) for colour in colours], [_size(size) for size in sizes]
    db.session.flush()
    _add_pictures(product, hues)
    made = [_variant(product, hue, size, price, sale_price) for hue in hues for size in runs]
    db.session.flush()
    for_sale = {variant.id: units for variant in made}
    stock_services.open_levels(for_sale, SYSTEM)
    listing.rebuild([product.id], for_sale)
    return product


def a_variant(**product: Any) -> Variant:
    """The first variant of a new product; takes what `a_product` takes."""
    return a_product(**product).variants[0]


def list_again(product: Product) -> None:
    """Write the product's listing rows anew, after a test changed it."""
    db.session.flush()
    db.session.refresh(product)
    listing.rebuild([product.id], stock_queries.for_sale(variant.id for variant in product.variants))


def a_user(email: str | None = None, *, password: str = PASSWORD, role: str | None = None, **more: Any) -> User:
    """A customer, or a person with a role (`role="owner"`)."""
    user = User(first_name=more.pop("first_name", "Asha"), last_name=more.pop("last_name", "Rao"), **more)
    user.email = email or f"asha{next(numbers)}@example.com"
    user.password_hash = _hash(password)
    db.session.add(user)
    db.session.flush()
    if role:
        roles.give_role(user, role)
        db.session.flush()
    return user


def sign_in(client: FlaskClient, user: User) -> None:
    """Sign a person in through a real session row; the client then sends what a browser and their forms would."""
    row = sessions.start_session(user.id, "127.0.0.1", "tests")
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie[COOKIE_KEY] = row.id
        cookie["csrf_token"] = "0" * 40
    with current_app.test_request_context():
        from flask import session

        session["csrf_token"] = "0" * 40
        client.environ_base["HTTP_X_CSRFTOKEN"] = generate_csrf()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"


def a_guest() -> Visitor:
    """A guest who has written something before, for calling services directly."""
    return Visitor(session_id=sessions.start_session(None, None, "tests").id)


def a_customer(user: User | None = None) -> Visitor:
    """A signed-in visitor, for calling services directly."""
    user = user or a_user()
    row = sessions.start_session(user.id, None, "tests")
    return Visitor(session_id=row.id, user_id=user.id, name=user.name, email=user.email, phone=user.phone)


def add_variant(
    product: Product,
    colour: str = "Indigo",
    size: str = "M",
    price: int = 149900,
    sale_price: int | None = None,
    units: int = 10,
) -> Variant:
    """One more colour and size of a product; `list_again` shows it on the shelf."""
    variant = _variant(product, _colour(colour), _size(size), price, sale_price)
    db.session.flush()
    stock_services.open_level(variant.id, units)
    return variant


def _variant(product: Product, colour: Colour, size: Size, price: int, sale_price: int | None) -> Variant:
    sale = Money(sale_price) if sale_price else None
    sku = f"T-{product.id}-{colour.slug}-{size.slug}".upper()
    variant = Variant(product=product, sku=sku, colour=colour, size=size, price=Money(price), sale_price=sale)
    variant.weight_grams = 220
    db.session.add(variant)
    return variant


def _add_pictures(product: Product, colours: Sequence[Colour]) -> None:
    sizes = {"widths": [320, 480, 640, 960], "width": 960, "height": 1200}
    for position, colour in enumerate(colours):
        words = {"stem": STEM, "alt": f"{product.name} in {colour.name}"}
        db.session.add(Picture(product=product, colour=colour, position=position, **words, **sizes))


def _colour(name: str) -> Colour:
    return _known(Colour, slug=_slug(name), name=name, hex=HEX.get(_slug(name), "#808080"))


def _size(label: str) -> Size:
    return _known(Size, slug=_slug(label), system="letter", label=label, position=_position(label))


def _known(model: type[M], *, slug: str, **values: Any) -> M:
    """The lookup row of this slug, made where it is missing."""
    found = db.session.scalars(select(model).where(model.slug == slug)).one_or_none()  # type: ignore[attr-defined]
    if found is None:
        found = model(slug=slug, **values)
        db.session.add(found)
    return found


def _position(size: str) -> int:
    return LETTERS.index(size) if size in LETTERS else 10


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


@cache
def _hash(password: str) -> str:
    """The hash the shop would make; once for each password."""
    return hash_password(password)
