"""Joins the small CSS and JS sources into the few files a page loads, and names each by its content.

The order is written in `bundles.py`, not found: a layer's place and `lib.js` before its users decide what wins.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from flask import Flask, abort, request
from werkzeug.wrappers import Response

from shop.lib.bundles import BUNDLES

MIMETYPES = {".css": "text/css", ".js": "text/javascript"}
LAYER = re.compile(r"@layer (\w+)\{(.*)\}")
FILE = re.compile(r"url\(/static/([^)]+)\)")
HASHED_NAME = re.compile(r"^(\w+)-[0-9a-f]{8}(\.(?:css|js))$")
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\((#\w+),\s*(#\w+)\)")
YEAR = 31_536_000


@dataclass(frozen=True)
class Bundle:
    """One joined file as it is sent."""

    name: str
    body: bytes
    digest: str

    @property
    def filename(self) -> str:
        stem, suffix = self.name.split(".")
        return f"{stem}-{self.digest}.{suffix}"


class Assets:
    """The joined files of one `static` folder; with `watch` they follow the sources, for development."""

    def __init__(self, root: Path, watch: bool = False) -> None:
        self.root = root
        self.watch = watch
        self._digests: dict[str, str] = {}
        self._newest = 0.0
        self._bundles: dict[str, Bundle] = {}
        self._build()

    def bundle(self, name: str) -> Bundle:
        """The joined file `store.css`, `staff.css`, `store.js` or `staff.js`."""
        if self.watch and self._newest_source() > self._newest:
            self._build()
        return self._bundles[name]

    def asset_url(self, name: str) -> str:
        """Address of a joined file; changes whenever its content does."""
        return f"/assets/{self.bundle(name).filename}"

    def static_url(self, path: str) -> str:
        """Address of any other file under `static`, with its content's hash as query."""
        if self.watch or path not in self._digests:
            self._digests[path] = _digest((self.root / path).read_bytes())
        return f"/static/{path}?v={self._digests[path]}"

    def colours(self) -> dict[str, dict[str, str]]:
        """The colour tokens, for the few places style sheets do not reach: mails and the browser's own bar."""
        tokens = (self.root / "css" / "base" / "tokens.css").read_text("utf-8")
        return {name: {"light": light, "dark": dark} for name, light, dark in TOKEN.findall(tokens)}

    def _build(self) -> None:
        self._newest = self._newest_source()
        self._bundles = {name: self._join(name, sources) for name, sources in BUNDLES.items()}

    def _join(self, name: str, sources: tuple[str, ...]) -> Bundle:
        text = self._css(sources) if name.endswith(".css") else self._js(sources)
        body = text.encode()
        return Bundle(name, body, _digest(body))

    def _css(self, sources: tuple[str, ...]) -> str:
        texts = [minify_css((self.root / "css" / f"{source}.css").read_text("utf-8")) for source in sources]
        return FILE.sub(lambda found: f"url({self.static_url(found[1])})", join_layers(texts))

    def _js(self, sources: tuple[str, ...]) -> str:
        """The library at the top, every behaviour in a scope of its own, so that names cannot clash."""
        texts = [minify_js((self.root / "js" / f"{source}.js").read_text("utf-8")) for source in sources]
        return "\n".join([texts[0], *(f"{{\n{text}\n}}" for text in texts[1:])]) + "\n"

    def _newest_source(self) -> float:
        files = [*(self.root / "css").rglob("*.css"), *(self.root / "js").rglob("*.js")]
        return max(file.stat().st_mtime for file in files)


def minify_css(text: str) -> str:
    """Drop comments and needless white space; nothing that could change a meaning, such as the blanks around `+`."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,>])\s*", r"\1", text)
    text = re.sub(r"([{;(][\w-]+):\s+", r"\1:", text)
    text = re.sub(r'="([a-z][\w-]*)"\]', r"=\1]", text).replace("@media (", "@media(")
    return text.replace(";}", "}").strip()


def minify_js(text: str) -> str:
    """Drop lines that are all comment, and indents: no script here has a text of several lines, where both count."""
    return re.sub(r"^[ \t]*(?://.*|/\*\*.*\*/)?\n|^[ \t]+", "", text, flags=re.MULTILINE).strip()


def join_layers(texts: list[str]) -> str:
    """Put neighbours of one layer into one block; a file holds one layer, or rules that belong to none."""
    layered = [LAYER.fullmatch(text) for text in texts]
    parts = [(found[1], found[2]) if found else ("", text) for found, text in zip(layered, texts, strict=True)]
    groups = groupby(parts, key=lambda part: part[0])
    blocks = [(layer, "".join(body for _, body in group)) for layer, group in groups]
    return "".join(f"@layer {layer}{{{body}}}" if layer else body for layer, body in blocks)


def register(app: Flask) -> Assets:
    """Serve the joined files under `/assets/` and give templates `asset_url`, `static_url` and `colours`."""
    assets = Assets(Path(app.static_folder or "static"), watch=app.debug)
    app.extensions["assets"] = assets
    app.add_url_rule("/assets/<filename>", "asset", _view(assets))
    app.jinja_env.globals.update(asset_url=assets.asset_url, static_url=assets.static_url, colours=assets.colours())
    app.after_request(_keep_hashed)
    return assets


def _view(assets: Assets) -> Callable[[str], Response]:
    def asset(filename: str) -> Response:
        parts = HASHED_NAME.match(filename)
        name = "".join(parts.groups()) if parts else ""
        if name not in BUNDLES:
            abort(404)
        return _answer(assets.bundle(name), filename)

    return asset


def _answer(bundle: Bundle, filename: str) -> Response:
    """A page cached before a release asks for the old hash: it gets today's file, but may not keep it."""
    response = Response(bundle.body, mimetype=MIMETYPES[Path(bundle.name).suffix])
    if filename == bundle.filename:
        _keep(response)
    else:
        response.headers["Cache-Control"] = "no-cache"
    response.set_etag(bundle.digest)
    return response.make_conditional(request)


def _keep_hashed(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        _keep(response)
    return response


def _keep(response: Response) -> None:
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]
