"""No permission without words: the page of roles says of each what it lets people do."""

import pytest

from shop.accounts.permissions import EFFECTS, Permission


@pytest.mark.covers("ACC-12")
def test_every_permission_says_what_it_lets_people_do():
    assert EFFECTS.keys() == set(Permission)
