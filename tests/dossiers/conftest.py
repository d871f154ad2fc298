from collections.abc import Iterator

import pytest

from motcua.dossiers.actions import steps
from tests.cast import Played
from tests.dossiers.lives import Desk


@pytest.fixture
def desk(clerk: Played, specialist: Played, other_specialist: Played, leader: Played) -> Desk:
    return Desk(clerk, specialist, other_specialist, leader)


@pytest.fixture(autouse=True)
def _routes_forgotten() -> Iterator[None]:
    """A test's own version is rolled back, and SQLite gives its number to the next one."""
    yield
    steps.route.cache_clear()
