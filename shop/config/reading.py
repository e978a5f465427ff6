"""Reads the environment once into one frozen, typed object; refuses an unsafe production start."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shop.config.refusals import refuse_half_a_provider, refuse_unsafe
from shop.config.values import ROOT, Config
from shop.config.variables import ConfigError, Variables

ENVIRONMENTS = ("development", "test", "production")


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Read and check every variable, or raise ConfigError naming the one that is wrong."""
    read = Variables(environ)
    environment = read.choice("SHOP_ENV", ENVIRONMENTS, "development")
    config = Config(
        environment=environment,
        **_secrets(read, environment),
        **_places(read),
        **_media(read),
        **_web(read, environment),
        **_mail(read),
        **_sign_ins(read),
        **_texts(read),
        **_payments(read),
        faults=_fault_points(read, environment),
    )
    refuse_half_a_provider(config)
    if config.is_production:
        refuse_unsafe(config, read)
    return config


def _secrets(read: Variables, environment: str) -> dict[str, Any]:
    secret_key = read.text("SECRET_KEY") or ("" if environment == "production" else "development-only")
    keys = read.keys("FIELD_ENC_KEYS") or (_derived_key(secret_key),)
    return {"secret_key": secret_key, "field_enc_keys": keys}


def _derived_key(secret: str) -> str:
    """A Fernet key derived from a secret, for development where FIELD_ENC_KEYS is not set."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"field:{secret}".encode()).digest()).decode()


def _places(read: Variables) -> dict[str, Any]:
    """Where the shop's data are."""
    instance = Path(read.text("INSTANCE_PATH") or ROOT / "instance")
    return {
        "database_url": _driver(read.text("DATABASE_URL") or f"sqlite:///{instance / 'shop.sqlite3'}"),
        "redis_url": read.text("REDIS_URL"),
        "instance_path": instance,
        "media_path": Path(read.text("MEDIA_PATH") or instance / "media"),
        "compiled_path": Path(read.text("COMPILED_PATH") or instance / "compiled"),
    }


def _media(read: Variables) -> dict[str, Any]:
    """The bucket instead of the media folder, and where everyone sees what is public."""
    return {
        "media_bucket": read.text("MEDIA_BUCKET"),
        "media_region": read.text("MEDIA_REGION"),
        "media_endpoint": read.text("MEDIA_ENDPOINT"),
        "media_url": read.address("MEDIA_URL", "") or None,
        "aws_access_key_id": read.text("AWS_ACCESS_KEY_ID"),
        "aws_secret_access_key": read.text("AWS_SECRET_ACCESS_KEY"),
    }


def _driver(url: str) -> str:
    """Name psycopg 3 as the driver where the address only says PostgreSQL."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _web(read: Variables, environment: str) -> dict[str, Any]:
    base_url = read.address("BASE_URL", Config.base_url)
    return {
        "base_url": base_url,
        "allowed_hosts": read.list("ALLOWED_HOSTS") or _hosts(base_url, environment),
        "proxy_hops": read.number("PROXY_HOPS", Config.proxy_hops),
        "start_background": read.flag("START_BACKGROUND"),
        "threads": read.number("WEB_THREADS", Config.threads),
    }


def _hosts(base_url: str, environment: str) -> tuple[str, ...]:
    host = urlsplit(base_url).hostname or ""
    return (host,) if environment == "production" else tuple(dict.fromkeys((host, "127.0.0.1", "localhost")))


def _mail(read: Variables) -> dict[str, Any]:
    return {
        "mail_server": read.text("MAIL_SERVER"),
        "mail_port": read.number("MAIL_PORT", Config.mail_port),
        "mail_username": read.text("MAIL_USERNAME"),
        "mail_password": read.text("MAIL_PASSWORD"),
        "mail_use_tls": read.flag("MAIL_USE_TLS"),
        "mail_from": read.text("MAIL_FROM") or Config.mail_from,
    }


def _sign_ins(read: Variables) -> dict[str, Any]:
    """Google and GitHub."""
    return {
        "google_client_id": read.text("GOOGLE_CLIENT_ID"),
        "google_client_secret": read.text("GOOGLE_CLIENT_SECRET"),
        "google_issuer": read.address("GOOGLE_ISSUER", Config.google_issuer),
        "github_client_id": read.text("GITHUB_CLIENT_ID"),
        "github_client_secret": read.text("GITHUB_CLIENT_SECRET"),
        "github_url": read.address("GITHUB_URL", Config.github_url),
        "github_api_url": read.address("GITHUB_API_URL", Config.github_api_url),
        "app_redirect_uris": read.list("APP_REDIRECT_URIS"),
    }


def _texts(read: Variables) -> dict[str, Any]:
    """Text messages."""
    return {
        "twilio_account_sid": read.text("TWILIO_ACCOUNT_SID"),
        "twilio_auth_token": read.text("TWILIO_AUTH_TOKEN"),
        "twilio_sender": read.text("TWILIO_SENDER"),
        "twilio_url": read.address("TWILIO_URL", Config.twilio_url),
    }


def _payments(read: Variables) -> dict[str, Any]:
    """Providers of payment."""
    return {
        "stripe_secret_key": read.text("STRIPE_SECRET_KEY"),
        "stripe_webhook_secret": read.text("STRIPE_WEBHOOK_SECRET"),
        "stripe_url": read.address("STRIPE_URL", Config.stripe_url),
        "paypal_client_id": read.text("PAYPAL_CLIENT_ID"),
        "paypal_client_secret": read.text("PAYPAL_CLIENT_SECRET"),
        "paypal_webhook_id": read.text("PAYPAL_WEBHOOK_ID"),
        "paypal_url": read.address("PAYPAL_URL", Config.paypal_url),
    }


def _fault_points(read: Variables, environment: str) -> Path | None:
    """The folder in which tests arm fault points; nobody else may stop a shop's processes that way."""
    folder = read.text("FAULTS")
    if folder and environment != "test":
        raise ConfigError(f"FAULTS must not be set in {environment}: it is for tests alone")
    return Path(folder) if folder else None
