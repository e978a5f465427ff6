"""A real OpenID provider and GitHub in the test's process: keys, PKCE, codes that work once; and all their moods."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = {"client_id": "shop-client", "client_secret": "shop-secret"}
Environ = dict[str, Any]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


def _a_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


# Making one takes longer than most tests.
_first_key = cache(_a_key)


@dataclass
class ProviderDouble:
    """Signs one person in. `claims` are laid over the id token's, `answers` replace whole answers by path."""

    person: dict[str, Any] = field(default_factory=lambda: {
        "sub": "g-1", "email": "asha@example.com", "email_verified": True, "given_name": "Asha",
        "family_name": "Rao"})  # fmt: skip
    emails: list[Any] = field(default_factory=lambda: [
        {"email": "old@example.com", "primary": False, "verified": True},
        {"email": "asha@example.com", "primary": True, "verified": True}])  # fmt: skip
    github_id: Any = 4711
    claims: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    sign: Callable[["ProviderDouble", dict[str, Any]], str] | None = None
    seconds: float = 0
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.codes: dict[str, dict[str, str]] = {}
        self.kid, self.key = "first", _first_key()
        self.server: WSGIServer = make_server("127.0.0.1", 0, self._serve, handler_class=_Quiet)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def new_key(self, kid: str) -> None:
        """Sign with another key from now on."""
        self.kid, self.key = kid, _a_key()

    def settings(self) -> dict[str, Any]:
        """The shop's configuration for signing in here."""
        of_both = {f"{name}_{part}": value for name in ("google", "github") for part, value in CLIENT.items()}
        return of_both | {"google_issuer": self.url, "github_url": self.url, "github_api_url": self.url}

    def sign_in(self, location: str) -> dict[str, str]:
        """What comes back when somebody signs in at the address a shop sent their browser to."""
        asked = {name: values[0] for name, values in parse_qs(location.partition("?")[2]).items()}
        assert asked["client_id"] == CLIENT["client_id"]
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def __enter__(self) -> "ProviderDouble":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _serve(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        time.sleep(self.seconds)
        if path.endswith("/authorize"):
            start("302 Found", [("Location", self._consent(environ["QUERY_STRING"]))])
            return [b""]
        status, body = self.answers.get(path) or self._answer(path, environ)
        start(status, [("Content-Type", "application/json"), ("Location", "/elsewhere")])
        return [body]

    def _consent(self, query: str) -> str:
        """Where a browser goes whose person agrees at once."""
        return f"{parse_qs(query)['redirect_uri'][0]}?{urlencode(self.sign_in(f'?{query}'))}"

    def _answer(self, path: str, environ: Environ) -> tuple[str, bytes]:
        served = {
            "/.well-known/openid-configuration": self._document, "/jwks": self._keys, "/token": self._token,
            "/login/oauth/access_token": self._access_token, "/user": self._user, "/user/emails": self._emails,
        }  # fmt: skip
        status, told = served[path](environ) if path in served else ("404 Not Found", {})
        return status, json.dumps(told).encode()

    def _document(self, _environ: Environ) -> tuple[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        return "200 OK", {"issuer": self.url} | {name: f"{self.url}/{path}" for name, path in places.items()}

    def _keys(self, _environ: Environ) -> tuple[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return "200 OK", {"keys": [{"kid": "other", "kty": "odd"}, public | {"kid": self.kid, "alg": "RS256"}]}

    def _token(self, environ: Environ) -> tuple[str, Any]:
        asked = self._redeem(environ)
        if asked is None:
            return "400 Bad Request", {"error": "invalid_grant"}
        return "200 OK", {"access_token": "unused", "id_token": self._id_token(asked.get("nonce"))}

    def _id_token(self, nonce: str | None) -> str:
        moment = int(time.time())
        told = {"iss": self.url, "aud": CLIENT["client_id"], "iat": moment, "exp": moment + 300, "nonce": nonce}
        told = {name: value for name, value in (told | self.person | self.claims).items() if value is not None}
        if self.sign:
            return self.sign(self, told)
        return jwt.encode(told, self.key, algorithm="RS256", headers={"kid": self.kid})

    def _access_token(self, environ: Environ) -> tuple[str, Any]:
        """Refusals of GitHub are 200 too."""
        good = self._redeem(environ) is not None
        return "200 OK", {"access_token": "gho_1"} if good else {"error": "bad_verification_code"}

    def _user(self, environ: Environ) -> tuple[str, Any]:
        return self._for_bearer(environ, {"id": self.github_id, "login": "asha", "name": "Asha Rao"})

    def _emails(self, environ: Environ) -> tuple[str, Any]:
        return self._for_bearer(environ, self.emails)

    def _for_bearer(self, environ: Environ, told: Any) -> tuple[str, Any]:
        is_known = environ.get("HTTP_AUTHORIZATION") == "Bearer gho_1"
        return ("200 OK", told) if is_known else ("401 Unauthorized", {"message": "Bad credentials"})

    def _redeem(self, environ: Environ) -> dict[str, str] | None:
        """What was asked for with this code, which is used up; None unless everything fits."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or any(sent.get(name) != value for name, value in CLIENT.items()):
            return None
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        fits = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        return asked if fits and sent.get("redirect_uri") == asked["redirect_uri"] else None


def an_apps_request(verifier: str, redirect_uri: str, nonce: str | None = None) -> str:
    """Where an app of its own sends a browser."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {"client_id": CLIENT["client_id"], "redirect_uri": redirect_uri, "state": "of the app",
             "code_challenge": challenge, "code_challenge_method": "S256"}  # fmt: skip
    return f"/authorize?{urlencode(asked | ({'nonce': nonce} if nonce else {}))}"
