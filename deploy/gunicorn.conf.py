"""gunicorn for production: `gunicorn -c deploy/gunicorn.conf.py`. Every figure can be set from the environment."""

import contextlib
import ctypes
import os
import sys
import time
from pathlib import Path
from typing import Any

from dotenv import load_dotenv
from gunicorn.workers.gthread import ThreadWorker

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
load_dotenv(ROOT / ".env")
# Served this way it is production unless said otherwise, so a forgotten SHOP_ENV fails closed.
os.environ["SHOP_ENV"] = os.environ.get("SHOP_ENV") or "production"

# Threads that share two heaps of glibc, and give every large text back once it is sent, leave fewer holes: a worker
# takes a sixth less memory.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
with contextlib.suppress(OSError, AttributeError):
    libc = ctypes.CDLL(None)
    libc.mallopt(M_ARENA_MAX, 2)
    libc.mallopt(M_MMAP_THRESHOLD, 128 * 1024)

wsgi_app = "wsgi:app"
chdir = str(ROOT)
bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"


class FairWorker(ThreadWorker):
    """Threads, as `gthread`; a worker that has somebody already lets one that has nobody take the next connection.

    Connections are kept open: otherwise the worker that woke first often took all of them, and the others stood idle.
    """

    def accept(self, listener: Any) -> None:
        """Take a connection, up to two milliseconds later the more there are already."""
        if self.nr_conns:
            time.sleep(0.0005 * min(self.nr_conns, 4))
        super().accept(listener)


worker_class = FairWorker
workers = int(os.environ.get("WEB_WORKERS") or "2")
threads = int(os.environ.get("WEB_THREADS") or "8")
timeout = 60
graceful_timeout = 30
keepalive = 15
# A process that slowly grows is replaced before it matters; the jitter keeps all of them from going at once.
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat file in memory, so that a busy disk never looks like a hung worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
limit_request_line = 8190
limit_request_fields = 100
# The shop writes its own request log with ids; PROXY_HOPS, not gunicorn, decides which forwarded headers count.
accesslog = None
errorlog = "-"
forwarder_headers = ""
# Nobody steers it that way, and the folder it would write to is closed to a service.
control_socket_disable = True


def on_starting(_server: Any) -> None:
    """Check the configuration before any worker is forked: a worker that cannot start would be forked for ever."""
    from shop.config import ConfigError, read_config

    try:
        read_config()
    except ConfigError as error:
        sys.exit(f"True Style does not start: {error}")
