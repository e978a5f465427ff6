"""The owner's app, which all tests of her doors use."""

import pytest
from flask.testing import FlaskClient

from tests.api.asking import App
from tests.factories import a_user


@pytest.fixture
def owner(client: FlaskClient) -> App:
    """An app of the owner's."""
    return App(client, a_user("owner@example.com", role="owner", first_name="Meera", last_name="Nair"))
