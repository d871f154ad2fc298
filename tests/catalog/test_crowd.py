"""Several who publish one procedure at once, in processes of their own, on PostgreSQL."""

import pytest

from tests.cast import GUARDIANSHIP
from tests.databases import IsolatedDatabase

pytestmark = pytest.mark.postgres
OF = "FROM catalog_procedureversion v JOIN catalog_procedure p ON p.id = v.procedure_id WHERE p.code = %s"


def test_numbers_follow_one_another_and_one_is_in_force(isolated_database: IsolatedDatabase) -> None:
    """R50: no number twice, none left out, no version without its route; the journal holds."""
    module = "tests.catalog.crowd"
    crowd = [isolated_database.start_python(module, GUARDIANSHIP, first, 5) for first in (101, 201, 301)]
    assert [process.wait(timeout=120) for process in crowd] == [0, 0, 0]
    numbers = [
        row[0] for row in isolated_database.sql(f"SELECT v.number {OF} ORDER BY v.number", GUARDIANSHIP)
    ]
    assert numbers == list(range(1, 17))
    open_ended = isolated_database.sql(f"SELECT v.number {OF} AND v.valid_to IS NULL", GUARDIANSHIP)
    assert [row[0] for row in open_ended] == [16]
    routes = isolated_database.sql(
        f"SELECT count(*) FROM catalog_route r WHERE r.version_id IN (SELECT v.id {OF})", GUARDIANSHIP
    )
    assert routes[0][0] == 16
    isolated_database.run("verify")
