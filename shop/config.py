"""Reads the environment once into one frozen, typed object; refuses an unsafe production start."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parent.parent
ALIASES = {"DATABASE_URL": "POSTGRESQL_URI", "BASE_URL": "BACKEND_BASE_URL"}
ENVIRONMENTS = ("development", "test", "production")


class ConfigError(Exception):
    """The environment asks for something unsafe or unreadable; the text names the variable."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything the shop takes from outside. Built once by `from_env`, never changed afterwards."""

    environment: str = "development"
    secret_key: str
    field_enc_keys: tuple[str, ...]
    database_url: str
    redis_url: str | None = None
    base_url: str = "http://127.0.0.1:5000"
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    proxy_hops: int = 0
    instance_path: Path = ROOT / "instance"
    media_path: Path = ROOT / "instance" / "media"
    mail_server: str | None = None
    mail_port: int = 25
    mail_username: str | None = None
    mail_password: str | None = None
    mail_use_tls: bool = False
    mail_from: str = "True Style <shop@truestyle.example>"
    google_client_id: str | None = None
    google_client_secret: str | None = None
    google_issuer: str = "https://accounts.google.com"
    github_client_id: str | None = None
    github_client_secret: str | None = None
    github_url: str = "https://github.com"
    github_api_url: str = "https://api.github.com"
    app_redirect_uris: tuple[str, ...] = ()
    twilio_account_sid: str | None = None
    twilio_auth_token: str | None = None
    twilio_sender: str | None = None
    twilio_url: str = "https://api.twilio.com"
    start_background: bool = False
    rate_limits: bool = True
    threads: int = 8
    faults: Path | None = None

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def is_secure(self) -> bool:
        """Whether shoppers reach the shop over TLS, so cookies may be marked Secure."""
        return self.base_url.startswith("https://")

    @property
    def sends_texts(self) -> bool:
        """Whether text messages reach a phone; outside production a folder takes them, so that nothing is missing."""
        return bool(self.twilio_account_sid) or not self.is_production

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Config:
        """Read and check every variable, or raise ConfigError naming the one that is wrong."""
        read = _Reader(environ)
        environment = read.choice("SHOP_ENV", ENVIRONMENTS, "development")
        instance = Path(read.text("INSTANCE_PATH") or ROOT / "instance")
        base_url = (read.text("BASE_URL") or "http://127.0.0.1:5000").rstrip("/")
        secret_key = read.text("SECRET_KEY") or ("" if environment == "production" else "development-only")
        config = cls(
            environment=environment,
            secret_key=secret_key,
            field_enc_keys=read.keys("FIELD_ENC_KEYS") or (derived_key(secret_key),),
            database_url=_driver(read.text("DATABASE_URL") or f"sqlite:///{instance / 'shop.sqlite3'}"),
            redis_url=read.text("REDIS_URL"),
            base_url=base_url,
            allowed_hosts=read.list("ALLOWED_HOSTS") or _hosts(base_url, environment),
            proxy_hops=read.number("PROXY_HOPS", 0),
            instance_path=instance,
            media_path=Path(read.text("MEDIA_PATH") or instance / "media"),
            mail_server=read.text("MAIL_SERVER"),
            mail_port=read.number("MAIL_PORT", 25),
            mail_username=read.text("MAIL_USERNAME"),
            mail_password=read.text("MAIL_PASSWORD"),
            mail_use_tls=read.flag("MAIL_USE_TLS"),
            mail_from=read.text("MAIL_FROM") or cls.mail_from,
            google_client_id=read.text("GOOGLE_CLIENT_ID"),
            google_client_secret=read.text("GOOGLE_CLIENT_SECRET"),
            google_issuer=(read.text("GOOGLE_ISSUER") or cls.google_issuer).rstrip("/"),
            github_client_id=read.text("GITHUB_CLIENT_ID"),
            github_client_secret=read.text("GITHUB_CLIENT_SECRET"),
            github_url=(read.text("GITHUB_URL") or cls.github_url).rstrip("/"),
            github_api_url=(read.text("GITHUB_API_URL") or cls.github_api_url).rstrip("/"),
            app_redirect_uris=read.list("APP_REDIRECT_URIS"),
            twilio_account_sid=read.text("TWILIO_ACCOUNT_SID"),
            twilio_auth_token=read.text("TWILIO_AUTH_TOKEN"),
            twilio_sender=read.text("TWILIO_SENDER"),
            twilio_url=(read.text("TWILIO_URL") or cls.twilio_url).rstrip("/"),
            start_background=read.flag("START_BACKGROUND"),
            threads=read.number("WEB_THREADS", 8),
            faults=_fault_points(environ, environment),
        )
        _refuse_half_a_provider(config)
        if config.is_production:
            _refuse_unsafe(config, environ)
        return config


def derived_key(secret: str) -> str:
    """A Fernet key derived from a secret, for development where FIELD_ENC_KEYS is not set."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"field:{secret}".encode()).digest()).decode()


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str) -> str | None:
        value = self.environ.get(name) or self.environ.get(ALIASES.get(name, ""), "")
        return value.strip() or None

    def list(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in (self.text(name) or "").split(",") if part.strip())

    def keys(self, name: str) -> tuple[str, ...]:
        for key in self.list(name):
            try:
                Fernet(key)
            except ValueError:
                raise ConfigError(f"{name} must be Fernet keys, comma-separated; one of them is not") from None
        return self.list(name)

    def flag(self, name: str) -> bool:
        value = (self.text(name) or "false").lower()
        if value not in {"true", "false", "1", "0", "yes", "no"}:
            raise ConfigError(f"{name} must be true or false, not {value!r}")
        return value in {"true", "1", "yes"}

    def number(self, name: str, default: int) -> int:
        value = self.text(name) or str(default)
        if not value.isascii() or not value.isdigit():
            raise ConfigError(f"{name} must be a whole number, not {value!r}")
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name) or default
        if value not in choices:
            raise ConfigError(f"{name} must be one of {', '.join(choices)}, not {value!r}")
        return value


def _driver(url: str) -> str:
    """Name psycopg 3 as the driver where the address only says PostgreSQL."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _hosts(base_url: str, environment: str) -> tuple[str, ...]:
    host = urlsplit(base_url).hostname or ""
    return (host,) if environment == "production" else tuple(dict.fromkeys((host, "127.0.0.1", "localhost")))


def _fault_points(environ: Mapping[str, str], environment: str) -> Path | None:
    """The folder in which tests arm fault points; nobody else may stop a shop's processes that way."""
    folder = environ.get("FAULTS")
    if folder and environment != "test":
        raise ConfigError(f"FAULTS must not be set in {environment}: it is for tests alone")
    return Path(folder) if folder else None


PROVIDERS = {
    "Twilio": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SENDER"),
    "Google": ("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"),
    "GitHub": ("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"),
}


def _refuse_half_a_provider(config: Config) -> None:
    """Text messages and sign-ins elsewhere need all that their provider asks for, or none of it."""
    for provider, named in PROVIDERS.items():
        missing = [name for name in named if not getattr(config, name.lower())]
        if 0 < len(missing) < len(named):
            raise ConfigError(f"{missing[0]} must be set too: {provider} needs {', '.join(named)}")
    for name in ("TWILIO_URL", "GOOGLE_ISSUER", "GITHUB_URL", "GITHUB_API_URL"):
        if config.is_production and not getattr(config, name.lower()).startswith("https://"):
            raise ConfigError(f"{name} must be an https:// address in production")


def _refuse_unsafe(config: Config, environ: Mapping[str, str]) -> None:
    """Stop a production start that would leave the shop open (safety rule 15)."""
    if len(config.secret_key) < 32:
        raise ConfigError("SECRET_KEY must be set to at least 32 random characters in production")
    if not _Reader(environ).list("FIELD_ENC_KEYS"):
        raise ConfigError("FIELD_ENC_KEYS must be set to one or more Fernet keys in production")
    if not config.is_secure:
        raise ConfigError("BASE_URL must be set to the shop's https:// address in production")
    if not config.database_url.startswith("postgresql"):
        raise ConfigError("DATABASE_URL must name a PostgreSQL database in production")
    if not config.redis_url:
        raise ConfigError("REDIS_URL must be set in production")
    if not config.mail_server:
        raise ConfigError("MAIL_SERVER must be set in production, otherwise no mail is sent")
    if config.mail_from == Config.mail_from:
        raise ConfigError("MAIL_FROM must be set to the shop's own address in production")
    if environ.get("FLASK_DEBUG", "0") not in {"", "0", "false"}:
        raise ConfigError("FLASK_DEBUG must not be set in production")
