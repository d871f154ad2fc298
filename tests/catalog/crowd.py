"""One of several administrators who publish at once: `python -m tests.catalog.crowd PROCEDURE FIRST TIMES`."""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from motcua.catalog.actions import set_limit  # noqa: E402
from motcua.catalog.models import Procedure  # noqa: E402
from motcua.people import queries as people  # noqa: E402
from motcua.people.models import User  # noqa: E402
from motcua.rules.limits import Limit, LimitKind  # noqa: E402


def main() -> None:
    code, first, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    user = User.objects.get(username="quantri")
    officer = people.officer(user.pk, user.full_name)
    procedure = Procedure.objects.get(code=code)
    for number in range(first, first + times):
        limit = Limit(LimitKind.WORKING_DAYS, number)
        set_limit(officer, procedure.pk, limit, f"{number}/QĐ-UBND", timezone.now())


main()
