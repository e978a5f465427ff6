"""One in-process shop per worker and engine, put back to new before each test."""

import contextvars
import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from shop import create_app
from shop.config import Config, read_config
from shop.extensions import db
from shop.lib import stamp
from tests.support import ground, recording
from tests.support.databases import Database, open_database
from tests.support.twilio import TOKEN


class ShopClient(FlaskClient):
    """A visitor. What the test wrote is committed first, and the request shares no context with the test.

    Flask would otherwise reuse the test's application context, and with it `g`, the session and the signed-in visitor.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        recording.note_answer(self.application, answer)
        return answer


class TestShop:
    """An app on a database of its own."""

    __test__ = False

    def __init__(self, engine: str, name: str = "shop", **settings: Any) -> None:
        self.database: Database = open_database(engine, name)
        self.instance = ground.folder() / f"instance-{self.database.url.rpartition('/')[2].partition('?')[0]}"
        self.config = test_config(self.database.url, instance=self.instance, **settings)
        self.app = make_app(self.config)

    def keep(self) -> None:
        """Let every test after this begin with what the database and the folder hold now."""
        if self.config.database_url.startswith("sqlite"):
            self._let_go()
        self.database.keep()
        shutil.copytree(self.instance, self._kept, dirs_exist_ok=True)

    @contextmanager
    def as_new(self) -> Iterator[Flask]:
        """The app in a pushed context, on a database equal to the template, or to what was kept."""
        self.restore()
        with self.app.app_context():
            # What the process remembers of earlier tests is kept under the template's stamp.
            stamp.touch()
            db.session.commit()
            yield self.app
            db.session.remove()

    def close(self) -> None:
        """Give the database back."""
        self._let_go()
        self.database.drop()

    def restore(self) -> None:
        """Forget what was written since."""
        if self.config.database_url.startswith("sqlite"):
            self._let_go()
        self.database.restore()
        shutil.rmtree(self.instance, ignore_errors=True)
        if self._kept.exists():
            shutil.copytree(self._kept, self.instance)
        self.instance.mkdir(parents=True, exist_ok=True)

    @property
    def _kept(self) -> Path:
        return self.instance.with_name(f"{self.instance.name}-kept")

    def _let_go(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_config(database_url: str, **changes: Any) -> Config:
    """A configuration for tests: no Redis, no mail server, no background thread, no limits unless asked for."""
    own = {"DATABASE_URL": database_url, "INSTANCE_PATH": str(ground.folder() / "instance")}
    environment = ground.SETTINGS | ground.compiled() | own
    # With the token alone no message leaves, but what Twilio signs is known from what it does not.
    config = dataclasses.replace(read_config(environment), rate_limits=False, twilio_auth_token=TOKEN)
    if "instance" in changes:
        instance = changes.pop("instance")
        changes |= {"instance_path": instance, "media_path": instance / "media"}
    return dataclasses.replace(config, **changes)


test_config.__test__ = False  # type: ignore[attr-defined]


def make_app(config: Config) -> Flask:
    """The shop as it is served, with a client that keeps its requests apart from the test."""
    app = create_app(config)
    app.testing = True
    app.test_client_class = ShopClient
    return app
