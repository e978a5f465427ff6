"""Jinja, told that no template here has globals of its own and where compiled templates are kept."""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class SharedGlobals(Environment):
    """Templates read the environment's globals themselves, not through a chain of maps.

    Every import and include compares and copies the globals; a plain dictionary does both in a tenth of the time.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template that is loaded."""
        return self.globals if d is None else super().make_globals(d)


class CompiledOnce(FileSystemBytecodeCache):
    """One process compiles a template, the others read what it wrote; a changed source is compiled anew."""

    # A full, read-only or missing disk costs the next process time, and nobody their page.
    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what another process wrote, if it did."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write for others what this process compiled."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def install(app: Flask, folder: Path) -> None:
    """Keep compiled templates in `folder`. Must come before anything asks for the app's environment."""
    app.jinja_environment = SharedGlobals
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    app.jinja_options = app.jinja_options | {"bytecode_cache": CompiledOnce(str(folder))}
