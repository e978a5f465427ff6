"""A shop with Google and GitHub switched on, and a double of both on this machine."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from shop.accounts.social.openid import KEPT_DOCUMENTS
from tests.storefront.people import browser_of
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient


@pytest.fixture
def there() -> Iterator[ProviderDouble]:
    with ProviderDouble() as double:
        yield double


@pytest.fixture
def shop(app: Flask, there: ProviderDouble, configure: Callable[..., None]) -> Flask:
    configure(**there.settings())
    app.extensions.pop(KEPT_DOCUMENTS, None)
    return app


@pytest.fixture
def visitor(shop: Flask) -> ShopClient:
    return browser_of(shop.test_client())  # type: ignore[return-value]
