"""The floor for gunicorn."""

import os

from bench.floor import create_app

app = create_app(os.environ["DATABASE_URL"], int(os.environ["WEB_THREADS"]))
