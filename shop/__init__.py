"""True Style, an online clothing store. `create_app` puts it together; nothing imports this module."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import structlog
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from shop.accounts import guards, visits
from shop.api import pages as api_pages
from shop.api import specification
from shop.cli.commands import shop_commands
from shop.config import ROOT, Config, read_config
from shop.extensions import compress, csrf, db, limiter, mail, migrate
from shop.lib import assets, background, database, faults, stamp
from shop.lib.audit_log import recording
from shop.lib.files import serving
from shop.lib.http import cross_site, errors, headers, incoming, request_log, structured, templates, whole_pages
from shop.lib.unit_of_work import UnitOfWorkFlask
from shop.payments import gateways
from shop.staff import shell as staff_shell
from shop.staff.blueprints import BLUEPRINTS as STAFF
from shop.store import formats
from shop.storefront import card_html, parts_html, shell
from shop.storefront.blueprints import BLUEPRINTS as STOREFRONT

__all__ = ["create_app"]
# As long as browsers keep a cookie; a visit ends with its session row.
COOKIE_LIFE = 400 * 24 * 3600


def create_app(config: Config | None = None) -> Flask:
    """The shop as a WSGI application; reads the environment unless a configuration is given."""
    config = config or read_config()
    app = UnitOfWorkFlask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(config.instance_path.resolve()),
    )
    config.instance_path.mkdir(parents=True, exist_ok=True)
    templates.install(app, config.compiled_path)
    app.config.from_mapping(_flask_settings(config))
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxy_hops, x_proto=config.proxy_hops)  # type: ignore[method-assign]
    structlog.configure(processors=_log_processors(config))
    faults.watch(config.faults)
    _register_areas()
    _bind_extensions(app, config)
    _install_house(app)
    for blueprint in (*STOREFRONT, *STAFF):
        app.register_blueprint(blueprint)
    specification.install(app)
    app.register_blueprint(api_pages.bp)
    whole_pages.install(app, {shell.THEME_COOKIE: shell.THEMES})
    app.cli.add_command(shop_commands)
    if config.start_background:
        background.start(app)
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    return (
        _session_settings(config)
        | _mail_settings(config)
        | {
            "SHOP": config,
            "SECRET_KEY": config.secret_key,
            "TRUSTED_HOSTS": list(config.allowed_hosts),
            "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 500_000,
            "MAX_FORM_PARTS": 1000,
            "PREFERRED_URL_SCHEME": "https" if config.is_secure else "http",
            "WTF_CSRF_CHECK_DEFAULT": False,
            "WTF_CSRF_TIME_LIMIT": None,
            "SQLALCHEMY_DATABASE_URI": config.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": database.engine_options(config.database_url, config.threads),
            "RATELIMIT_ENABLED": config.rate_limits,
            "RATELIMIT_STORAGE_URI": config.redis_url or "memory://",
            "RATELIMIT_HEADERS_ENABLED": True,
            "COMPRESS_ALGORITHM": ["br", "gzip"],
            # A page made for one visitor is sent once: the eighth that level 5 saves takes three times as long.
            "COMPRESS_BR_LEVEL": 3,
        }
    )


def _session_settings(config: Config) -> dict[str, object]:
    return {
        "SESSION_COOKIE_NAME": "__Host-shop" if config.is_secure else "shop",
        "SESSION_COOKIE_SECURE": config.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": COOKIE_LIFE,
    }


def _mail_settings(config: Config) -> dict[str, object]:
    return {
        "MAIL_SERVER": config.mail_server or "",
        "MAIL_PORT": config.mail_port,
        "MAIL_USERNAME": config.mail_username,
        "MAIL_PASSWORD": config.mail_password,
        "MAIL_USE_TLS": config.mail_use_tls,
        "MAIL_DEFAULT_SENDER": config.mail_from,
        "MAIL_SUPPRESS_SEND": False,
    }


def _log_processors(config: Config) -> list[structlog.typing.Processor]:
    """Lines for people in development, JSON for machines in production."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if config.is_production:
        return [*shared, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    return [
        *shared,
        structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback),
    ]


def _register_areas() -> None:
    """Import every area's models and handlers, so that tables and reactions are known before the first request."""
    for area in sorted((Path(__file__).parent).iterdir()):
        for name in ("models", "handlers", "jobs"):
            if area.name != "lib" and ((area / f"{name}.py").exists() or (area / name).is_dir()):
                import_module(f"shop.{area.name}.{name}")
    for name in ("models", "jobs.models", "jobs.running"):
        import_module(f"shop.lib.{name}")


def _bind_extensions(app: Flask, config: Config) -> None:
    db.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
        stamp.install(db.engine)
    recording.install()
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), compare_type=True, render_as_batch=True)
    csrf.init_app(app)
    mail.init_app(app)
    limiter.init_app(app)
    compress.init_app(app)


def _install_house(app: Flask) -> None:
    incoming.install(app)
    request_log.install(app)
    visits.install(app)
    guards.install(app)
    cross_site.install(app)
    headers.install(app)
    errors.install(app)
    formats.install(app)
    gateways.install(app)
    assets.register(app)
    serving.install(app)
    structured.install(app)
    shell.install(app)
    staff_shell.install(app)
    card_html.install(app)
    parts_html.install(app)
