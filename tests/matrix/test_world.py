"""The ground of the matrix sees what was written, and puts it back; on both databases."""

from __future__ import annotations

from shop.catalog.models import Brand
from shop.extensions import db
from tests.matrix.world import World


def test_what_was_written_is_seen_once_and_put_back(world: World):
    assert world.written() == set()
    db.session.add(Brand(slug="kingfisher", name="Kingfisher"))
    db.session.commit()
    assert world.written() == {"audit_entry", "brand", "catalogue_stamp"}
    assert world.written() == set()
