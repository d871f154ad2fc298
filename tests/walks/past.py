"""`python -m tests.walks.past NUMBER`: so many dossiers of a fortnight ago that nobody has worked on; their codes as JSON."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from motcua.catalog.queries import version_called  # noqa: E402
from motcua.dossiers import actions  # noqa: E402
from motcua.dossiers.actions import Act, Applicant, PaperTick, Reception  # noqa: E402
from motcua.people import queries as people  # noqa: E402
from motcua.people.models import User  # noqa: E402

GUARDIANSHIP = "1.004837"


def main() -> None:
    user = User.objects.get(username="tiepnhan.phuocvinh")
    clerk = people.officer(user.pk, user.full_name)
    version, at = version_called(GUARDIANSHIP), timezone.now() - timedelta(days=14)
    paper = version.papers.filter(is_note=False)[0]
    ticks = (PaperTick(paper.pk, paper.kind, 1),)
    assert clerk.desk
    codes = []
    for number in range(int(sys.argv[1])):
        applicant = Applicant("Nguyễn Thị Trễ", id_number=f"04619911{number:04d}")
        reception = Reception(version.pk, applicant, ticks, is_simulated=True)
        act = Act(clerk, at + timedelta(minutes=number))
        codes.append(actions.receive(act, clerk.desk.unit_id, reception).code)
    sys.stdout.write(json.dumps(codes) + "\n")


if __name__ == "__main__":
    main()
