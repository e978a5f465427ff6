"""Variables of the environment, read as values."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.fernet import Fernet

ALIASES = {"DATABASE_URL": "POSTGRESQL_URI", "BASE_URL": "BACKEND_BASE_URL"}


class ConfigError(Exception):
    """The environment asks for something unsafe or unreadable; the text names the variable."""


class Variables:
    """Variables by name, each as a value; what cannot be read raises ConfigError with its name."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str) -> str | None:
        value = self.environ.get(name) or self.environ.get(ALIASES.get(name, ""), "")
        return value.strip() or None

    def address(self, name: str, default: str) -> str:
        return (self.text(name) or default).rstrip("/")

    def list(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in (self.text(name) or "").split(",") if part.strip())

    def keys(self, name: str) -> tuple[str, ...]:
        for key in self.list(name):
            try:
                Fernet(key)
            except ValueError:
                raise ConfigError(f"{name} must be Fernet keys, comma-separated; one of them is not") from None
        return self.list(name)

    def flag(self, name: str) -> bool:
        value = (self.text(name) or "false").lower()
        if value not in {"true", "false", "1", "0", "yes", "no"}:
            raise ConfigError(f"{name} must be true or false, not {value!r}")
        return value in {"true", "1", "yes"}

    def number(self, name: str, default: int) -> int:
        value = self.text(name) or str(default)
        if not value.isascii() or not value.isdigit():
            raise ConfigError(f"{name} must be a whole number, not {value!r}")
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name) or default
        if value not in choices:
            raise ConfigError(f"{name} must be one of {', '.join(choices)}, not {value!r}")
        return value
