"""Takes all pictures into docs/screens, or only those whose names begin as asked."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.screens.camera import Camera, chromium
from tools.screens.shop import DemoShop
from tools.screens.steps import Walk
from tools.screens.story import tell

OUT = Path(__file__).resolve().parents[2] / "docs" / "screens"


def main(wanted: list[str]) -> int:
    """Open a demo shop of our own, walk through it, close it; the exit status."""
    with (
        tempfile.TemporaryDirectory(prefix="screens-") as folder,
        DemoShop(Path(folder)) as shop,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        camera = Camera(OUT, wanted)
        tell(
            lambda: Walk(browser.new_context(locale="en-IN", timezone_id="Asia/Kolkata"), shop.url, shop.database),
            camera,
        )
        browser.close()
    print(camera.summary())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
