"""Writes to one unit's journal until it is killed: `python -m tests.config.endless`, started by a test."""

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from motcua.journal import actions as journal  # noqa: E402

while True:
    with transaction.atomic():
        journal.record(chain="19798", kind="test", subject="", facts={}, actor_id=None, at=timezone.now())
