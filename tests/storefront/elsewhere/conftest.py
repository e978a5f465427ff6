"""A shop with Google and GitHub switched on, and a double of both on this machine."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.storefront.people import browser_of
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient


@pytest.fixture
def there() -> Iterator[ProviderDouble]:
    with ProviderDouble() as double:
        yield double


@pytest.fixture
def shop(there: ProviderDouble, make_shop: Callable[..., Flask]) -> Flask:
    return make_shop(**there.settings())


@pytest.fixture
def visitor(shop: Flask) -> ShopClient:
    return browser_of(shop.test_client())  # type: ignore[return-value]
