"""A demo shop on a scratch instance, served for as long as the pictures take."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType

from tools.processes import free_port, spawn, stop, wait_until

ROOT = Path(__file__).resolve().parents[2]


class DemoShop:
    """A shop that flask commands make, in a folder that is thrown away; the outbox is drained, so mails are there."""

    def __init__(self, folder: Path, *made_by: list[str]) -> None:
        self.made_by = made_by
        self.log, self.database = folder / "web.log", folder / "shop.sqlite3"
        self.url = f"http://127.0.0.1:{free_port()}"
        ours = {"SHOP_ENV": "development", "INSTANCE_PATH": str(folder), "BASE_URL": self.url, "FLASK_APP": "wsgi"}
        # Buttons of the providers stand there; nobody is asked.
        ours |= {f"{name}_CLIENT_{part}": "demo" for name in ("GOOGLE", "GITHUB") for part in ("ID", "SECRET")}
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        self.environment = kept | ours | {"PYTHON_DOTENV_DISABLED": "1", "FLASK_SKIP_DOTENV": "1"}

    def __enter__(self) -> "DemoShop":
        for command in (["db", "upgrade"], *self.made_by):
            line = [sys.executable, "-m", "flask", *command]
            subprocess.run(line, cwd=ROOT, env=self.environment, check=True, stderr=subprocess.DEVNULL)
        port = self.url.rpartition(":")[2]
        serve = [sys.executable, "-m", "flask", "run", "--port", port]
        self.web = spawn(serve, ROOT, self.log, env=self.environment | {"START_BACKGROUND": "true"})
        wait_until(self._answers, self.web, self.log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        stop(self.web)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False
