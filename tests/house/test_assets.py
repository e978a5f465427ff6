"""What every page loads: complete, small, kept by browsers, readable in both themes."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask

from shop.lib import assets, bundles

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
BUDGETS = {"store.css": (60, 12), "staff.css": (70, 14), "store.js": (20, 6), "staff.js": (20, 6)}
GROUNDS = ("bg", "surface", "plate")
TEXTS = ("ink", "ink-2", "indigo", "madder", "moss", "turmeric")
SOFT = [("ink", name) for name in ("indigo-soft", "madder-soft", "moss-soft", "turmeric-soft")]
OWN_SOFT = [(name, f"{name}-soft") for name in ("indigo", "madder", "moss", "turmeric")]


@pytest.fixture(scope="module")
def joined() -> assets.Assets:
    return assets.Assets(STATIC)


@pytest.fixture(scope="module")
def client():
    app = Flask(__name__, static_folder=str(STATIC), static_url_path="/static")
    assets.register(app)
    return app.test_client()


@pytest.mark.parametrize("name", bundles.BUNDLES)
def test_joined_file_keeps_its_budget(joined, name):
    body = joined.bundle(name).body
    raw, packed = BUDGETS[name]
    assert len(body) <= raw * 1000
    assert len(gzip.compress(body, 9)) <= packed * 1000


def test_fonts_of_a_page_keep_their_budget():
    assert sum(font.stat().st_size for font in (STATIC / "vendor/fonts").glob("*.woff2")) <= 41_000


@pytest.mark.parametrize("suffix", ["css", "js"])
def test_every_source_is_in_a_joined_file(suffix):
    folder = STATIC / suffix
    sources = {str(file.relative_to(folder).with_suffix("")) for file in folder.rglob(f"*.{suffix}")}
    listed = {source for name, names in bundles.BUNDLES.items() if name.endswith(suffix) for source in names}
    assert sources == listed


def test_no_source_is_joined_twice():
    for names in bundles.BUNDLES.values():
        assert len(names) == len(set(names))


def test_style_sheets_point_at_files_that_exist(joined):
    for name in ("store.css", "staff.css"):
        found = re.findall(r"url\(/static/([^?)]+)\?v=\w+\)", joined.bundle(name).body.decode())
        assert found
        assert all((STATIC / path).is_file() for path in found)


def test_every_behaviour_has_a_scope_of_its_own(joined):
    text = joined.bundle("store.js").body.decode()
    assert text.startswith(assets.minify_js((STATIC / "js/lib.js").read_text()))
    assert text.count("\n{\n") == len(bundles.BUNDLES["store.js"]) - 1


def test_minifying_keeps_what_has_a_meaning():
    text = "/* note */ @layer a {\n .x > .y { width: calc(1px + 2px); color: red; } .z :hover { top: 0 }\n}"
    assert assets.minify_css(text) == "@layer a{.x>.y{width:calc(1px + 2px);color:red}.z :hover{top:0}}"
    assert assets.minify_css('[a="on"] .b::after { content: "on"; }') == '[a=on] .b::after{content:"on"}'


def test_a_script_loses_its_notes_and_indents_and_nothing_else():
    text = '// Why.\n/** Each. */\nconst a = (b) => {\n  // Because.\n\n  return b + " // c";  // d\n};\n'
    assert assets.minify_js(text) == 'const a = (b) => {\nreturn b + " // c";  // d\n};'


def test_browsers_keep_a_joined_file_for_good(client, joined):
    address = joined.asset_url("store.css")
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_page_from_before_a_release_still_gets_its_styles(client):
    answer = client.get("/assets/store-00000000.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing-00000000.css", "store.css", "store-0000.js", "x"])
def test_unknown_joined_file_is_not_found(client, name):
    assert client.get(f"/assets/{name}").status_code == 404


def test_other_files_are_kept_only_under_their_hash(client, joined):
    assert "immutable" in client.get(joined.static_url("icons.svg")).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/icons.svg").headers["Cache-Control"]


def test_vendored_files_are_the_ones_written_down():
    readme = (STATIC / "vendor/README.md").read_text()
    for file in (path for path in (STATIC / "vendor").rglob("*") if path.is_file() and path.suffix != ".md"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() in readme, file.name


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_on_every_ground(joined, theme):
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + [*SOFT, *OWN_SOFT, ("strip-ink", "strip")]
    colours = joined.colours()
    poor = [pair for pair in pairs if _contrast(*(colours[name][theme] for name in pair)) < 4.5]
    assert not poor


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_controls_can_be_seen_on_every_ground(joined, theme):
    colours = joined.colours()
    assert all(_contrast(colours["control"][theme], colours[ground][theme]) >= 3 for ground in GROUNDS)
