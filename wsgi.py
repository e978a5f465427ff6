"""The shop for a WSGI server and for `flask --app wsgi`."""

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
