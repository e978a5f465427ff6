"""Takes a page at two widths, light and dark, and keeps it as WebP."""

import io
import os
import shutil
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page

WIDTHS = {360: 780, 1280: 860}
TALLEST = {360: 2200, 1280: 1700}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
QUALITY = 60
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LOAD_EVERYTHING = """async () => {
  const pictures = [...document.images];
  pictures.forEach((picture) => (picture.loading = "eager"));
  await Promise.race([
    Promise.all(pictures.map((picture) => picture.decode().catch(() => null))),
    new Promise((done) => setTimeout(done, 3000)),
  ]);
}"""


def chromium() -> str:
    """The browser's path, from CHROMIUM or the usual names."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise SystemExit("Chromium is missing (Debian and Ubuntu: apt-get install chromium; else set CHROMIUM).")
    return found


class Camera:
    """Knows where pictures go and which are wanted; with none named, all are."""

    def __init__(self, folder: Path, wanted: list[str]) -> None:
        self.folder = folder
        self.wanted = tuple(wanted)
        self.taken: list[Path] = []
        folder.mkdir(parents=True, exist_ok=True)

    def wants(self, name: str) -> bool:
        """Whether this picture was asked for."""
        return not self.wanted or name.startswith(self.wanted)

    def take(self, page: Page, name: str, *, widths: tuple[int, ...] = tuple(WIDTHS), whole: bool = True) -> None:
        """Take the page as it stands; `whole` also shows what is below the first view, as far as TALLEST."""
        if not self.wants(name):
            return
        for width in widths:
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            page.evaluate(LOAD_EVERYTHING)
            if whole:
                page.set_viewport_size({"width": width, "height": self._height(page, width)})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.wait_for_timeout(80)
                self._keep(page.screenshot(animations="disabled"), f"{name}-{width}-{scheme}")
        page.emulate_media(color_scheme="light")

    def summary(self) -> str:
        """How many pictures were taken and what they weigh together."""
        weight = sum(path.stat().st_size for path in self.taken)
        return f"{len(self.taken)} pictures, {weight / 1e6:.1f} MB, in {self.folder}"

    def _height(self, page: Page, width: int) -> int:
        """A window as tall as the page, so that bars that stick to its edge stand where they belong."""
        tall: int = page.evaluate("document.documentElement.scrollHeight")
        return min(max(tall, WIDTHS[width]), TALLEST[width])

    def _keep(self, png: bytes, name: str) -> None:
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        path = self.folder / f"{name}.webp"
        picture.save(path, "WEBP", quality=QUALITY, method=6)
        self.taken.append(path)
