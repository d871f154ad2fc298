"""What was published cannot be changed in the data base either, whoever asks it (R50)."""

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.catalog.models import Fee, FeeExemption, PaperRequirement, ProcedureVersion, Route, RouteTask
from tests.cast import COPIES, MONDAY, template, version
from tests.catalog.drafts import days, new_draft, published


def refused(sql: str, *values: object) -> None:
    with (
        pytest.raises(DatabaseError, match="published"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)


@pytest.fixture
def old(administrator) -> ProcedureVersion:
    """A published version with all that one can have."""
    made = published(administrator, new_draft())
    assert made.papers.exists()
    return made


COLUMNS = [
    field.column
    for field in ProcedureVersion._meta.concrete_fields
    if not field.primary_key and field.name not in ("valid_to", "repeal_decision")
]


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_of_a_version_changes(old: ProcedureVersion, column: str) -> None:
    others = {
        "published_at": None,
        "number": 99,
        "is_interlinked": True,
        "supplement_pauses": True,
        "revision": 99,
    }
    others |= {"limit_confirmed": False, "base_id": old.pk, "published_by_id": None}
    day = days(1) if column.endswith(("_date", "_from")) else 0
    value = others.get(column, day)
    refused(f'UPDATE catalog_procedureversion SET "{column}" = %s WHERE id = %s', value, old.pk)


def test_an_end_comes_only_nearer_and_a_repeal_stays(old: ProcedureVersion) -> None:
    rows = ProcedureVersion.objects.filter(pk=old.pk)
    rows.update(valid_to=days(9), repeal_decision="9/QĐ")
    rows.update(valid_to=days(8))
    refused("UPDATE catalog_procedureversion SET valid_to = %s WHERE id = %s", days(9), old.pk)
    refused("UPDATE catalog_procedureversion SET valid_to = NULL WHERE id = %s", old.pk)
    refused("UPDATE catalog_procedureversion SET repeal_decision = '' WHERE id = %s", old.pk)
    assert rows.get().valid_to == days(8)


def test_nothing_of_it_is_deleted(old: ProcedureVersion) -> None:
    fee = old.fees.first()
    for table, pk in (
        ("catalog_procedureversion", old.pk),
        ("catalog_paperrequirement", old.papers.first().pk),
        ("catalog_fee", fee.pk),
        ("catalog_feeexemption", fee.exemptions.first().pk),
        ("catalog_route", old.routes.get().pk),
        ("catalog_routestep", template(old).first().pk),
    ):
        refused(f"DELETE FROM {table} WHERE id = %s", pk)


def test_nothing_of_it_is_changed_and_nothing_added(old: ProcedureVersion) -> None:
    fee, step = old.fees.first(), template(old).first()
    refused("UPDATE catalog_paperrequirement SET name = 'x' WHERE version_id = %s", old.pk)
    refused("UPDATE catalog_fee SET price = 1 WHERE id = %s", fee.pk)
    refused("UPDATE catalog_feeexemption SET percent_off = 1 WHERE fee_id = %s", fee.pk)
    refused("UPDATE catalog_routestep SET minutes = 1 WHERE id = %s", step.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperRequirement.objects.create(version=old, position=9, name="x", kind="copy", number=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fee.objects.create(version=old, position=9, label="x", unit="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        FeeExemption.objects.create(fee=fee, position=9, ground="x")
    draft = new_draft("9.000002")
    refused("UPDATE catalog_paperrequirement SET version_id = %s WHERE version_id = %s", old.pk, draft.pk)


def test_a_task_of_another_agency_is_fixed_too(db) -> None:
    task = RouteTask.objects.filter(step__route__version__published_at__isnull=False).first()
    refused("UPDATE catalog_routetask SET minutes = 1 WHERE id = %s", task.pk)
    refused("DELETE FROM catalog_routetask WHERE id = %s", task.pk)


def test_a_route_ends_once(db) -> None:
    route = Route.objects.get(version=version(COPIES))
    refused("UPDATE catalog_route SET decision = 'x' WHERE id = %s", route.pk)
    Route.objects.filter(pk=route.pk).update(ended_at=MONDAY)
    refused("UPDATE catalog_route SET ended_at = NULL WHERE id = %s", route.pk)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's")
def test_it_is_not_replaced(old: ProcedureVersion) -> None:
    columns = ", ".join(f'"{field.column}"' for field in ProcedureVersion._meta.concrete_fields)
    refused(
        f"INSERT OR REPLACE INTO catalog_procedureversion ({columns}) "
        f"SELECT {columns} FROM catalog_procedureversion WHERE id = %s",
        old.pk,
    )


def test_a_draft_changes_as_it_likes(db) -> None:
    draft = new_draft()
    ProcedureVersion.objects.filter(pk=draft.pk).update(name="Khác")
    draft.papers.all().delete()
    draft.fees.all().delete()
    draft.delete()
