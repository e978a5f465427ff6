"""What a configuration is refused for, before anything starts."""

from __future__ import annotations

from shop.config.values import Config
from shop.config.variables import ConfigError, Variables

PROVIDERS = {
    "Twilio": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SENDER"),
    "Google": ("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"),
    "GitHub": ("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"),
    "Stripe": ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"),
    "PayPal": ("PAYPAL_CLIENT_ID", "PAYPAL_CLIENT_SECRET", "PAYPAL_WEBHOOK_ID"),
    "a bucket": ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
}
PROVIDER_ADDRESSES = ("TWILIO_URL", "GOOGLE_ISSUER", "GITHUB_URL", "GITHUB_API_URL", "STRIPE_URL", "PAYPAL_URL")
SHORTEST_SECRET = 32


def refuse_half_a_provider(config: Config) -> None:
    """Text messages, sign-ins elsewhere and payments need all that their provider asks for, or none of it."""
    for provider, named in PROVIDERS.items():
        missing = [name for name in named if not getattr(config, name.lower())]
        if 0 < len(missing) < len(named):
            raise ConfigError(f"{missing[0]} must be set too: {provider} needs {', '.join(named)}")


def refuse_unsafe(config: Config, variables: Variables) -> None:
    """Stop a production start that would leave the shop open."""
    plain = [name for name in PROVIDER_ADDRESSES if not getattr(config, name.lower()).startswith("https://")]
    rules = (
        (len(config.secret_key) < SHORTEST_SECRET,
         f"SECRET_KEY must be set to at least {SHORTEST_SECRET} random characters"),
        (not variables.keys("FIELD_ENC_KEYS"), "FIELD_ENC_KEYS must be set to one or more Fernet keys"),
        (not config.is_secure, "BASE_URL must be set to the shop's https:// address"),
        (not config.database_url.startswith("postgresql"), "DATABASE_URL must name a PostgreSQL database"),
        (not config.redis_url, "REDIS_URL must be set"),
        (not config.mail_server, "MAIL_SERVER must be set, otherwise no mail is sent"),
        (config.mail_from == Config.mail_from, "MAIL_FROM must be set to the shop's own address"),
        (variables.text("FLASK_DEBUG") not in {None, "0", "false"}, "FLASK_DEBUG must not be set"),
        (not (config.media_url or "https://").startswith("https://"), "MEDIA_URL must be an https:// address"),
        (bool(plain), f"{''.join(plain[:1])} must be an https:// address"),
    )  # fmt: skip
    for is_broken, rule in rules:
        if is_broken:
            raise ConfigError(f"In production {rule}")
