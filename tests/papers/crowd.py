"""Several processes that print the same receipt and close the same book at once: `python -m tests.papers.crowd N`."""

import json
import multiprocessing
import sys
from datetime import datetime
from multiprocessing.synchronize import Barrier

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from motcua.dossiers.models import Dossier  # noqa: E402
from motcua.papers import actions as papers  # noqa: E402
from motcua.papers.actions.close_book import close_book  # noqa: E402
from motcua.papers.errors import BookRefused  # noqa: E402
from tests.cast import played, received  # noqa: E402

LAST_YEAR = datetime.fromisoformat("2025-12-15T09:00+07:00")


def main() -> None:
    dossier = received(played("tiepnhan.phuocvinh"), at=LAST_YEAR)
    connection.close()  # each process opens its own
    forked = multiprocessing.get_context("fork")
    gun = forked.Barrier(int(sys.argv[1]))
    crowd = [forked.Process(target=one, args=(dossier.pk, gun)) for _ in range(int(sys.argv[1]))]
    for process in crowd:
        process.start()
    for process in crowd:
        process.join()
    raise SystemExit(max(abs(process.exitcode or 0) for process in crowd))


def one(pk: int, gun: Barrier) -> None:
    dossier = Dossier.objects.select_related("unit__parent", "version__procedure", "applicant").get(pk=pk)
    officer = played("lanhdao.phuocvinh").officer
    gun.wait(30)
    receipt = papers.receipt(dossier).pk
    try:
        book = close_book(officer, dossier.unit, LAST_YEAR.year, timezone.now()).pk
    except BookRefused:
        book = None
    sys.stdout.write(json.dumps({"receipt": receipt, "book": book}) + "\n")


if __name__ == "__main__":
    main()
