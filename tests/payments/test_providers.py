"""Who serves which way to pay: decided by the keys the shop starts with."""

from collections.abc import Callable

import pytest
from flask import Flask

from shop.config import ConfigError, read_config
from shop.payments.errors import GatewayAway
from shop.payments.gateways import gateway_of, listening, provider_of
from shop.payments.offers import offered, ways_to_pay
from tests.store.moving import shop_in
from tests.support.stripe import SETTINGS as STRIPE

PAYPAL = {"paypal_client_id": "id", "paypal_client_secret": "secret", "paypal_webhook_id": "WH-1"}


@pytest.mark.covers("PAY-02")
def test_without_keys_the_sandbox_bank_serves_everything_but_cash(app: Flask) -> None:
    assert {code: provider_of(code) for code in offered()} == {"upi": "sandbox", "card": "sandbox", "cod": "cash"}
    assert listening("stripe") is None


@pytest.mark.covers("PAY-02")
@pytest.mark.parametrize(
    ("keys", "serving"),
    [(STRIPE, {"card": "stripe", "cod": "cash"}), (PAYPAL, {"cod": "cash", "paypal": "paypal"}),
     (STRIPE | PAYPAL, {"card": "stripe", "cod": "cash", "paypal": "paypal"})],
)  # fmt: skip
def test_beside_real_money_nobody_pays_with_test_cards(
    make_shop: Callable[..., Flask], keys: dict[str, str], serving: dict[str, str]
) -> None:
    with make_shop(**keys).app_context():
        assert {code: provider_of(code) for code in offered()} == serving


@pytest.mark.covers("PAY-02")
def test_test_cards_pay_no_goods_where_somebody_sells_in_earnest(make_shop: Callable[..., Flask]) -> None:
    with make_shop(environment="production").app_context():
        assert {code: provider_of(code) for code in offered()} == {"cod": "cash"}


@pytest.mark.covers("PAY-02")
def test_paypal_is_not_offered_where_it_takes_no_such_money(make_shop: Callable[..., Flask]) -> None:
    with make_shop(**STRIPE, **PAYPAL).app_context():
        assert ways_to_pay() == "card, cash on delivery or PayPal"
        shop_in("BD")
        assert ways_to_pay() == "card or cash on delivery"


@pytest.mark.covers("PAY-02")
def test_a_payment_stays_with_the_provider_it_was_opened_at(make_shop: Callable[..., Flask]) -> None:
    with make_shop(**STRIPE).app_context():
        assert gateway_of("sandbox")
        with pytest.raises(GatewayAway):
            gateway_of("paypal")


@pytest.mark.parametrize("name", ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "PAYPAL_CLIENT_ID",
                                  "PAYPAL_CLIENT_SECRET", "PAYPAL_WEBHOOK_ID"])  # fmt: skip
def test_half_the_keys_of_a_provider_stop_the_start(name: str) -> None:
    with pytest.raises(ConfigError, match="must be set too"):
        read_config({name: "something"})
