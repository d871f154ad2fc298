"""One server for all who only look at the demo's province, or receive one dossier more."""

from collections.abc import Iterator

import pytest

from tests import databases
from tests.databases import IsolatedDatabase
from tests.walks.province import Province, opened


@pytest.fixture(scope="session")
def province(
    database_template: IsolatedDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Province]:
    home = tmp_path_factory.mktemp("province") / "home"
    with databases.clone(database_template, home) as database, opened(database) as served:
        yield served
