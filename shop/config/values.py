"""Everything the shop takes from outside, as typed values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything the shop takes from outside. Built once by `read_config`, never changed afterwards."""

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
    compiled_path: Path = ROOT / "instance" / "compiled"
    media_bucket: str | None = None
    media_region: str | None = None
    media_endpoint: str | None = None
    media_url: str | None = None
    aws_access_key_id: str | None = None
    aws_secret_access_key: str | None = None
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
    stripe_secret_key: str | None = None
    stripe_webhook_secret: str | None = None
    stripe_url: str = "https://api.stripe.com"
    paypal_client_id: str | None = None
    paypal_client_secret: str | None = None
    paypal_webhook_id: str | None = None
    paypal_url: str = "https://api-m.paypal.com"
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
