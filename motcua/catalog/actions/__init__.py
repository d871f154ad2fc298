"""Changing what is published of a procedure: always as a new version, never in the old one.

A draft is written and thrown away; publishing numbers it and fixes it for ever; a repeal ends it.
"""

from motcua.catalog.actions.drafts import (
    Start,
    discard_draft,
    edit_draft,
    new_procedure,
    set_life_events,
    start_draft,
)
from motcua.catalog.actions.facts import set_fees, set_limit
from motcua.catalog.actions.publish import Decision, publish
from motcua.catalog.actions.repeal import repeal

__all__ = [
    "Decision",
    "Start",
    "discard_draft",
    "edit_draft",
    "new_procedure",
    "publish",
    "repeal",
    "set_fees",
    "set_life_events",
    "set_limit",
    "start_draft",
]
