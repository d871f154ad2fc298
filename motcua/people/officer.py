"""An officer at work: who acts, for which unit, in which role. What actions and pages ask for permission."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.people.models import Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role held today in a unit."""

    role: Role
    unit_id: int
    unit_code: str
    unit_name: str
    unit_path: str
    field_ids: frozenset[int] = frozenset()
    on_behalf_of: int | None = None
    """Whose role it is while that officer is away; None: one's own (R20)."""
    on_behalf_name: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """A person and the roles held today, one's own before those of officers for whom one stands in.

    Ids only go into the journal, never the name.
    """

    user_id: int
    full_name: str
    held: tuple[Held, ...] = field(default=())

    def roles_in(self, unit_id: int) -> frozenset[Role]:
        return frozenset(held.role for held in self.held if held.unit_id == unit_id)

    def fields_in(self, unit_id: int) -> frozenset[int]:
        """Fields of work that the officer answers for as a specialist of the unit."""
        ids: Iterable[frozenset[int]] = (h.field_ids for h in self.held if h.unit_id == unit_id)
        return frozenset().union(*ids)

    def stands_in_for(self, unit_id: int) -> frozenset[int]:
        """Officers of the unit who are away now and whose work this one does."""
        return frozenset(h.on_behalf_of for h in self.held if h.unit_id == unit_id and h.on_behalf_of)

    def has(self, *roles: Role) -> bool:
        return any(held.role in roles for held in self.held)

    def first(self, *roles: Role) -> Held | None:
        """The first of the roles that the officer holds anywhere."""
        return next((held for held in self.held if held.role in roles), None)

    @property
    def desk(self) -> Held | None:
        """The unit at whose desk the officer sits."""
        return self.first(Role.CLERK, Role.SPECIALIST, Role.LEADER)

    @property
    def oversees(self) -> Held | None:
        """The subtree that the officer may look at from above."""
        return self.first(Role.SUPERVISOR, Role.ADMINISTRATOR)


NOBODY = Officer(user_id=0, full_name="")
