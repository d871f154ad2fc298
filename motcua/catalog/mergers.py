"""What becomes of the lists of procedures when communes merge."""

from collections.abc import Collection

from motcua.catalog.models import Offering


def lists_differ(unit_ids: Collection[int]) -> dict[int, set[int]]:
    """Unit → procedures (ids) that another of these units offers and it does not, in one query."""
    offered: dict[int, set[int]] = {unit_id: set() for unit_id in unit_ids}
    for unit_id, procedure_id in Offering.objects.filter(unit__in=unit_ids).values_list("unit", "procedure"):
        offered[unit_id].add(procedure_id)
    together = set().union(*offered.values())
    return {unit_id: together - listed for unit_id, listed in offered.items()}


def unite_lists(predecessors: Collection[int], successor_id: int) -> int:
    """The successor offers what any of them offered; how many procedures came to its list. The same again is nothing."""
    lacking = lists_differ({*predecessors, successor_id})[successor_id]
    Offering.objects.bulk_create(
        [Offering(unit_id=successor_id, procedure_id=pk) for pk in sorted(lacking)], ignore_conflicts=True
    )
    return len(lacking)
