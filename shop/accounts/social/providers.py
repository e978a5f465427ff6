"""The providers this shop has switched on."""

from __future__ import annotations

from flask import current_app

from shop.accounts.social.github import GitHub
from shop.accounts.social.openid import OpenId
from shop.accounts.social.proofs import TITLES, Provider
from shop.config import Config
from shop.lib.errors import NotFound


def providers() -> dict[str, Provider]:
    """Those with a client id and secret in the configuration, by key."""
    config: Config = current_app.config["SHOP"]
    found: list[Provider] = []
    if config.google_client_id and config.google_client_secret:
        found.append(
            OpenId(
                "google", TITLES["google"], config.google_issuer, config.google_client_id, config.google_client_secret
            )
        )
    if config.github_client_id and config.github_client_secret:
        found.append(
            GitHub(config.github_url, config.github_api_url, config.github_client_id, config.github_client_secret)
        )
    return {provider.key: provider for provider in found}


def provider_named(key: str) -> Provider:
    """One of them. Raises NotFound for one that is not switched on."""
    found = providers().get(key)
    if found is None:
        raise NotFound
    return found
