"""Pages of the checkout are light: at most 10 KB of HTML each, compressed."""

import gzip

import pytest

from tests.checkout.buying import an_order
from tests.factories import a_variant
from tests.storefront.shoppers import at_review

LIMIT = 10_000


def weight(client, path: str) -> int:
    return len(gzip.compress(client.get(path).data, 9))


@pytest.mark.one_engine
@pytest.mark.parametrize("step", ["contact", "address", "delivery", "payment", "review"])
def test_step_is_light(client, step):
    at_review(client, *(a_variant() for _ in range(6)))
    assert weight(client, f"/checkout/{step}") <= LIMIT


@pytest.mark.one_engine
def test_order_page_is_light(client):
    order = an_order(*(a_variant() for _ in range(6)))
    assert weight(client, f"/order/{order.token}") <= LIMIT
