"""GitHub by OAuth 2: the code flow with PKCE; who somebody is, and which address is verified, its API tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import structlog

from shop.accounts.social.proofs import Grant, Proof, ProofRefused, ProviderAway, line, proven_email
from shop.lib.outside import Answer, NoAnswer, ask

log = structlog.get_logger()


@dataclass(frozen=True)
class GitHub:
    """GitHub, or an enterprise server of the same make."""

    url: str
    api_url: str
    client_id: str
    client_secret: str
    key: str = "github"
    title: str = "GitHub"

    @property
    def home(self) -> str:
        return self.url

    def login_url(self, redirect_uri: str, state: str, nonce: str, challenge: str) -> str:
        """Where a browser goes to sign in there; OAuth 2 has no id token, so nothing repeats the nonce."""
        asked = {
            "client_id": self.client_id, "redirect_uri": redirect_uri, "state": state, "scope": "read:user user:email",
            "code_challenge": challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        return f"{self.url}/login/oauth/authorize?{urlencode(asked)}"

    def prove(self, grant: Grant) -> Proof:
        """Trade a code for what it proves. Raises ProofRefused or ProviderAway."""
        token = self._token(grant)
        person = self._told(self._ask(f"{self.api_url}/user", bearer=token))
        emails = self._told(self._ask(f"{self.api_url}/user/emails", bearer=token)).get("items", ())
        subject = person.get("id")
        if not isinstance(subject, int) or isinstance(subject, bool):
            raise ProviderAway(self.title)
        first, _, last = (line(person.get("name"), 160) or line(person.get("login")) or "Customer").partition(" ")
        return Proof(self.key, str(subject), _primary(emails), first[:80], last[:80])

    def _token(self, grant: Grant) -> str:
        """GitHub answers 200 also where it refuses a code; what it says then is in `error`."""
        form = {
            "client_id": self.client_id, "client_secret": self.client_secret, "code": grant.code,
            "redirect_uri": grant.redirect_uri, "code_verifier": grant.verifier,
        }  # fmt: skip
        answer = self._ask(f"{self.url}/login/oauth/access_token", form)
        token = answer.body.get("access_token")
        if not answer.is_good or not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise ProofRefused(self.title)
        return token

    def _told(self, answer: Answer) -> Mapping[str, Any]:
        if not answer.is_good:
            raise ProofRefused(self.title)
        return answer.body

    def _ask(self, url: str, form: Mapping[str, str] | None = None, *, bearer: str | None = None) -> Answer:
        try:
            answer = ask(url, form, bearer=bearer)
        except NoAnswer as error:
            log.warning("provider_away", provider=self.key, error=str(error))
            raise ProviderAway(self.title) from error
        if answer.status >= 500 or answer.status == 429:
            raise ProviderAway(self.title)
        return answer


def _primary(emails: Iterable[Any]) -> str | None:
    """The primary address, if it is verified."""
    for told in emails:
        if isinstance(told, dict) and told.get("primary") is True:
            return proven_email(told.get("email"), told.get("verified"))
    return None
