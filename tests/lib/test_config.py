"""An unsafe production start is refused, and the variable is named."""

import pytest

from shop.config import ConfigError, read_config

SAFE = {
    "SHOP_ENV": "production",
    "SECRET_KEY": "k" * 40,
    "FIELD_ENC_KEYS": "Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHJlYWwga2V5ISE=",
    "BASE_URL": "https://shop.example",
    "DATABASE_URL": "postgresql://shop@db/shop",
    "REDIS_URL": "redis://cache/0",
    "MAIL_SERVER": "mail.example",
    "MAIL_FROM": "Shop <shop@shop.example>",
}


@pytest.mark.covers("OPS-08")
def test_a_safe_production_configuration_starts() -> None:
    config = read_config(SAFE)
    assert config.is_production
    assert config.is_secure
    assert config.allowed_hosts == ("shop.example",)


@pytest.mark.covers("OPS-08")
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("FIELD_ENC_KEYS", ""),
        ("FIELD_ENC_KEYS", "  "),
        ("FIELD_ENC_KEYS", "not a key"),
        ("BASE_URL", ""),
        ("BASE_URL", "http://shop.example"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:///shop.sqlite3"),
        ("REDIS_URL", ""),
        ("MAIL_SERVER", ""),
        ("MAIL_FROM", ""),
        ("FLASK_DEBUG", "1"),
        ("PROXY_HOPS", "one"),
        ("MAIL_USE_TLS", "maybe"),
        ("SHOP_ENV", "prod"),
    ],
)
def test_an_unsafe_production_start_names_the_variable(variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=variable):
        read_config(SAFE | {variable: value})


def test_development_starts_with_nothing_set() -> None:
    assert read_config({}).environment == "development"


@pytest.mark.covers("OPS-08")
def test_names_of_the_documents_are_accepted() -> None:
    config = read_config({"POSTGRESQL_URI": "postgres://db/shop", "BACKEND_BASE_URL": "https://a.example/"})
    assert (config.database_url, config.base_url) == ("postgresql+psycopg://db/shop", "https://a.example")
