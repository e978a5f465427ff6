"""Google by OpenID Connect Core 1.0: the code flow with PKCE (RFC 7636), and an id token that is checked in full."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
import structlog
from flask import current_app

from shop.accounts.social.proofs import Grant, Proof, ProofRefused, ProviderAway, line, proven_email
from shop.lib.outside import Answer, NoAnswer, ask

ALGORITHMS = ["RS256", "ES256"]
LEEWAY = 30
KEPT, AGAIN = 3600.0, 60.0
KEPT_DOCUMENTS = "openid_documents"
Kept = tuple[float, Mapping[str, Any]]
log = structlog.get_logger()


@dataclass(frozen=True)
class OpenId:
    """An OpenID provider, known by its issuer; the rest stands in the document it publishes."""

    key: str
    title: str
    issuer: str
    client_id: str
    client_secret: str

    @property
    def home(self) -> str:
        return self.issuer

    def login_url(self, redirect_uri: str, state: str, nonce: str, challenge: str) -> str:
        """Where a browser goes to sign in there. Raises ProviderAway."""
        asked = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": redirect_uri, "state": state,
            "nonce": nonce, "code_challenge": challenge, "code_challenge_method": "S256",
            "scope": "openid email profile", "prompt": "select_account",
        }  # fmt: skip
        return f"{self._endpoint('authorization_endpoint')}?{urlencode(asked)}"

    def prove(self, grant: Grant) -> Proof:
        """Trade a code for what it proves. Raises ProofRefused or ProviderAway."""
        form = {
            "grant_type": "authorization_code", "code": grant.code, "redirect_uri": grant.redirect_uri,
            "code_verifier": grant.verifier, "client_id": self.client_id, "client_secret": self.client_secret,
        }  # fmt: skip
        answer = self._ask(self._endpoint("token_endpoint"), form)
        if not answer.is_good:
            raise ProofRefused(self.title)
        return self._proof_of(self._claims(str(answer.body.get("id_token", "")), grant.nonce))

    def _claims(self, id_token: str, nonce: str | None) -> dict[str, Any]:
        """The claims of a token that was made by this issuer, for us, just now, for this very sign-in."""
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token, self._key_of(id_token), algorithms=ALGORITHMS, audience=self.client_id, issuer=self.issuer,
                leeway=LEEWAY, options={"require": ["iss", "aud", "exp", "iat", "sub"], "strict_aud": False},
            )  # fmt: skip
        except jwt.InvalidTokenError as error:
            log.warning("id_token_refused", provider=self.key, error=str(error))
            raise ProofRefused(self.title) from error
        is_for_us_alone = claims["aud"] == self.client_id or claims.get("azp") == self.client_id
        if not is_for_us_alone or not _is_same(claims.get("nonce"), nonce):
            raise ProofRefused(self.title)
        return claims

    def _proof_of(self, claims: Mapping[str, Any]) -> Proof:
        email = proven_email(claims.get("email"), claims.get("email_verified"))
        first = line(claims.get("given_name")) or line(claims.get("name")) or "Customer"
        return Proof(self.key, str(claims["sub"])[:255], email, first, line(claims.get("family_name")))

    def _key_of(self, id_token: str) -> Any:
        """The key that a token names; keys change, so one we do not know is looked for once more."""
        header = jwt.get_unverified_header(id_token)
        for seconds in (KEPT, AGAIN):
            for key in self._kept(self._endpoint("jwks_uri"), seconds).get("keys", ()):
                if isinstance(key, dict) and key.get("kid") == header.get("kid") and key.get("kty") in {"RSA", "EC"}:
                    return jwt.PyJWK(key)
        raise jwt.InvalidTokenError("signed with a key nobody knows")

    def _endpoint(self, name: str) -> str:
        """An address out of the issuer's own document (OpenID Connect Discovery 1.0)."""
        document = self._kept(f"{self.issuer}/.well-known/openid-configuration", KEPT)
        found = document.get(name)
        secure = self.issuer.startswith("https://")
        is_good = isinstance(found, str) and found.startswith("https://" if secure else ("https://", "http://"))
        if document.get("issuer") != self.issuer or not is_good:
            raise ProviderAway(self.title)
        return str(found)

    def _kept(self, url: str, seconds: float) -> Mapping[str, Any]:
        """A document, asked for again when what we keep is older than this."""
        documents: dict[str, Kept] = current_app.extensions.setdefault(KEPT_DOCUMENTS, {})
        made, document = documents.get(url, (0.0, {}))
        if not document or time.monotonic() - made > seconds:
            answer = self._ask(url)
            if not answer.is_good:
                raise ProviderAway(self.title)
            document = answer.body
            documents[url] = (time.monotonic(), document)
        return document

    def _ask(self, url: str, form: Mapping[str, str] | None = None) -> Answer:
        try:
            answer = ask(url, form)
        except NoAnswer as error:
            log.warning("provider_away", provider=self.key, error=str(error))
            raise ProviderAway(self.title) from error
        if answer.status >= 500 or answer.status == 429:
            raise ProviderAway(self.title)
        return answer


def _is_same(told: object, nonce: str | None) -> bool:
    if nonce is None:
        return told is None
    return isinstance(told, str) and secrets.compare_digest(told.encode(), nonce.encode())
