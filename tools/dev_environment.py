"""The environment of a development shop: its address, and secrets made once and kept under instance/."""

import base64
import os
import secrets
import socket
from pathlib import Path

from dotenv import dotenv_values

from tools.processes import ServerFailed

SECRETS = "development.env"


def address() -> tuple[str, int]:
    """HOST and PORT, or why they cannot be used."""
    port = os.environ.get("PORT") or "5000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ServerFailed(f"PORT must be a number from 1 to 65535, not {port!r}")
    return os.environ.get("HOST") or "127.0.0.1", int(port)


def make(root: Path, host: str, port: int, *, is_full: bool) -> dict[str, str]:
    """What the shop's processes are started with; a variable that is already set wins."""
    is_open = host in {"0.0.0.0", "::"}
    shown = "127.0.0.1" if is_open else host
    instance = root / "instance" / "full" if is_full else root / "instance"
    ours = {"SHOP_ENV": "development", "BASE_URL": f"http://{shown}:{port}", "INSTANCE_PATH": str(instance)}
    ours |= {"WEB_WORKERS": "2" if is_full else "1", "START_BACKGROUND": "false" if is_full else "true"}
    if is_open:
        ours["ALLOWED_HOSTS"] = ",".join(_own_names())
    return ours | _secrets(root / "instance") | os.environ | {"HOST": host, "PORT": str(port)}


def _secrets(instance: Path) -> dict[str, str]:
    """Made at the first start; `wsgi.py` reads the same file, so that flask commands see what the shop encrypted."""
    path = instance / SECRETS
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(f"SECRET_KEY={secrets.token_urlsafe(48)}\nFIELD_ENC_KEYS={key}\n")
    return {name: value for name, value in dotenv_values(path).items() if value}


def _own_names() -> list[str]:
    """Every name and address under which other devices may reach this machine."""
    name = socket.gethostname()
    try:
        addresses = socket.gethostbyname_ex(name)[2]
    except OSError:
        addresses = []
    return list(dict.fromkeys(["127.0.0.1", "localhost", "0.0.0.0", name, *addresses]))
