"""The shop for a WSGI server and for `flask --app wsgi`."""

import sys
from pathlib import Path

from dotenv import load_dotenv

from shop import create_app
from shop.config import ConfigError

load_dotenv(Path(__file__).with_name(".env"))
try:
    app = create_app()
except ConfigError as error:
    sys.exit(f"True Style does not start: {error}")
