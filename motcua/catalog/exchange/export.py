"""What is in force of the whole catalogue, as plain values; the same catalogue gives the same bytes."""

from datetime import date

from motcua.catalog.content import Content, content_of, with_content
from motcua.catalog.exchange.shape import Known, Raw, raw_facts, raw_fees, raw_papers, raw_route
from motcua.catalog.models import Procedure
from motcua.catalog.queries import current
from motcua.catalog.template_route import templates_of
from motcua.files.models import StoredFile
from motcua.people.models import Field


def exported(day: date | None = None) -> list[Raw]:
    """Every procedure in force on a day (None: today), by code; in as many queries however many they are."""
    versions = with_content(current(day).order_by("procedure__code"))
    contents = {version.pk: content_of(version) for version in versions}
    routes = templates_of([version.pk for version in versions])
    events = life_events()
    known = known_for(list(contents.values()))
    return [
        {
            "code": version.procedure.code,
            "is_own_code": version.procedure.is_own_code,
            **raw_facts(contents[version.pk], known),
            "life_events": events.get(version.procedure_id, []),
            "papers": raw_papers(contents[version.pk], known),
            "fees": raw_fees(contents[version.pk].fees),
            "route": raw_route(routes.get(version.pk, ()), known),
            "number": version.number,
            "decision_number": version.decision_number,
            "decision_date": str(version.decision_date or ""),
            "valid_from": str(version.valid_from or ""),
        }
        for version in versions
    ]


def known_for(contents: list[Content]) -> Known:
    """Names of fields, and "name #digest" of the files that contents speak of."""
    fields = {
        row.pk: (row.name, row.group.name if row.group else row.name)
        for row in Field.objects.select_related("group")
    }
    ids = {paper.template_id or paper.sample_id for content in contents for paper in content.papers}
    ids |= {paper.sample_id for content in contents for paper in content.papers}
    files = StoredFile.objects.filter(pk__in=[one for one in ids if one is not None])
    return Known(fields, {file.pk: f"{file.name} #{file.sha256}" for file in files})


def life_events() -> dict[int, list[str]]:
    """The names of the events of each procedure."""
    rows = Procedure.objects.filter(life_events__isnull=False).order_by(
        "life_events__position", "life_events__name"
    )
    found: dict[int, list[str]] = {}
    for pk, name in rows.values_list("pk", "life_events__name"):
        found.setdefault(pk, []).append(name)
    return found
