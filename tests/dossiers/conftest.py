import pytest

from tests.cast import Played
from tests.dossiers.lives import Desk


@pytest.fixture
def desk(clerk: Played, specialist: Played, other_specialist: Played, leader: Played) -> Desk:
    return Desk(clerk, specialist, other_specialist, leader)
