"""The shop for a WSGI server and for `flask --app wsgi`."""

import gc
import os
import sys
from pathlib import Path

from dotenv import load_dotenv

from shop import create_app
from shop.config import ConfigError

ROOT = Path(__file__).parent
load_dotenv(ROOT / ".env")
if os.environ.get("SHOP_ENV", "development") == "development":
    load_dotenv(ROOT / "instance" / "development.env")
try:
    app = create_app()
except ConfigError as error:
    sys.exit(f"True Style does not start: {error}")
# What is there now stays: looking through all of it again and again took a worker 0.2 s each time, and a tenth of its
# work. Nor are workers forked from here given pages of memory of their own by it.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 20, 20)
