"""Several workers share the work: none of it twice, none of it left (real processes, both data bases)."""

from tests.databases import ON_POSTGRES, IsolatedDatabase


def test_two_workers_do_not_do_one_thing_twice(isolated_database: IsolatedDatabase) -> None:
    isolated_database.sql(
        "UPDATE journal_reaction SET done_at = due_at WHERE id NOT IN"
        " (SELECT id FROM journal_reaction WHERE handler = 'papers.receipt' ORDER BY id LIMIT 40)"
    )
    said = isolated_database.home / "said"
    assert isolated_database.start_python("tests.journal.crew", said).wait(timeout=120) == 0
    entries, pids = zip(*(line.split() for line in said.read_text().splitlines()), strict=True)
    assert len(entries) == len(set(entries)) == 40
    if ON_POSTGRES:  # SQLite has one writer, who may have done it all before the other had a turn
        assert len(set(pids)) == 2
