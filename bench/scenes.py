"""What is measured, as data: pages anybody sees, and pages that belong to one visitor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from bench import addresses
from bench.addresses import Goods, Maker
from bench.wrk import Load

SIZES = SMALL, USUAL, LARGE = (1000, 10_000, 100_000)
COLD_ADDRESSES = 1000
ORDERS_A_SECOND = 5


class Way(StrEnum):
    """How a page is asked."""

    HOT = "one address, again and again"
    COLD = "different addresses, each once"
    ALONE = "different addresses, one client"
    ORDERS = "one address, 5 sizes a second sell out"
    SIGNED_IN = "signed in, one address"
    SIGNED_IN_COLD = "signed in, different addresses"
    GUEST = "a guest with a bag"


SHARED_WAYS = (Way.HOT, Way.COLD, Way.ALONE, Way.ORDERS, Way.SIGNED_IN, Way.SIGNED_IN_COLD)
API_WAYS = (Way.HOT, Way.COLD)
SIZE_WAYS = (Way.HOT, Way.COLD, Way.ALONE)
OWN_WAYS = (Way.GUEST, Way.SIGNED_IN)


@dataclass(frozen=True)
class Page:
    """A page: the address that is asked again and again, and as many as there are to be asked once."""

    name: str
    first: Callable[[Goods], str]
    make: Maker
    ways: tuple[Way, ...] = SHARED_WAYS


SHARED = (
    Page("home", addresses.first_home, addresses.home),
    Page("category", addresses.first_category, addresses.categories),
    Page("filtered listing", addresses.first_filtered, addresses.filtered),
    Page("search", addresses.first_search, addresses.searches),
    Page("product", addresses.first_product, addresses.products),
    Page("API list", addresses.first_api_list, addresses.api_lists, API_WAYS),
    Page("API product", addresses.first_api_product, addresses.api_products, API_WAYS),
)
OWN = {
    "bag": "/cart",
    "contact": "/checkout/contact",
    "address": "/checkout/address",
    "delivery": "/checkout/delivery",
    "payment": "/checkout/payment",
    "review": "/checkout/review",
}
PLACE_ORDER, MEMORY = "place order", "memory"


@dataclass(frozen=True)
class Result:
    """One measured thing. `ratio` is to the floor of the same minute; sizes are bytes."""

    products: int
    page: str
    way: str
    load: Load
    ratio: float
    statements: int | None = None
    raw: int | None = None
    packed: int | None = None


@dataclass(frozen=True)
class Embedded:
    """SQLite under eight clients: the load, and orders that were sent and are not there."""

    products: int
    load: Load
    lost_orders: int


@dataclass
class Run:
    """Everything one run measured."""

    floors: list[Load] = field(default_factory=list)
    constant: Load | None = None
    results: list[Result] = field(default_factory=list)
    memory: dict[int, float] = field(default_factory=dict)
    embedded: Embedded | None = None

    def find(self, products: int, page: str, way: str) -> Result | None:
        """The result of one thing, if it was measured."""
        asked = (products, page, way)
        return next((one for one in self.results if (one.products, one.page, one.way) == asked), None)
