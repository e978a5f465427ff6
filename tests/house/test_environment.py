"""`.env.example` tells the operator about every variable, and each unsafe one is refused by name."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from shop.config import ALIASES, ConfigError, read_config

ROOT = Path(__file__).resolve().parents[2]
FOR_TESTS = {"FAULTS"}
SAFE = {
    "SHOP_ENV": "production",
    "SECRET_KEY": "s" * 40,
    "FIELD_ENC_KEYS": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
    "DATABASE_URL": "postgresql://shop@127.0.0.1/shop",
    "REDIS_URL": "redis://127.0.0.1/0",
    "BASE_URL": "https://shop.example.com",
    "MAIL_SERVER": "smtp.example.com",
    "MAIL_FROM": "Shop <shop@example.com>",
}


def variables_read() -> set[str]:
    config = re.findall(r'read\.\w+\("([A-Z_]+)"', (ROOT / "shop/config/reading.py").read_text())
    server = re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "deploy/gunicorn.conf.py").read_text())
    return {*config, *server, "HOST", "PORT"} - FOR_TESTS


def test_the_example_names_every_variable() -> None:
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert named == variables_read()
    assert all(alias in example for alias in ALIASES.values())


def test_a_safe_production_environment_is_accepted() -> None:
    assert read_config(SAFE).is_production


@pytest.mark.parametrize("name", sorted(SAFE.keys() - {"SHOP_ENV"}))
def test_production_refuses_to_start_without(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read_config(SAFE | {name: ""})


def test_the_web_server_says_which_variable_is_wrong_and_stops() -> None:
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
    environment = SAFE | {"SECRET_KEY": "", "PYTHON_DOTENV_DISABLED": "1", "PORT": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode != 0
    assert "SECRET_KEY must be set" in done.stderr
