"""The owner's browser, and other things all tests of her pages use."""

import pytest

from tests.staff.desk import as_role
from tests.support.shops import ShopClient


@pytest.fixture
def owner(client: ShopClient) -> ShopClient:
    """A browser in which an owner is logged in."""
    return as_role(client)
