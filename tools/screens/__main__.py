"""Takes all pictures into docs/screens, or only those whose names begin as asked."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.screens.camera import Camera, chromium
from tools.screens.shop import DemoShop
from tools.screens.steps import Walk
from tools.screens.story import SHOPS, Chapter, is_wanted, tell

OUT = Path(__file__).resolve().parents[2] / "docs" / "screens"


def main(wanted: list[str]) -> int:
    """Open demo shops of our own, walk through them, close them; the exit status."""
    camera = Camera(OUT, wanted)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        for made_by, chapters in SHOPS:
            _walk_through(made_by, [chapter for chapter in chapters if is_wanted(chapter, camera)], browser, camera)
        browser.close()
    print(camera.summary())
    return 0


def _walk_through(made_by: tuple[list[str], ...], chapters: list[Chapter], browser: Browser, camera: Camera) -> None:
    """Open one shop where a picture of it is wanted, and take its chapters."""
    if not chapters:
        return
    with tempfile.TemporaryDirectory(prefix="screens-") as folder, DemoShop(Path(folder), *made_by) as shop:
        for chapter in chapters:
            context = browser.new_context(locale="en-IN", timezone_id="Asia/Kolkata")
            tell(chapter, Walk(context, shop.url, shop.database), camera)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
