"""Creates what is done: programmes, milestones, hand-over decisions and priorities."""

from demo.actions.rows import Rows
from demo.content import Demonstration
from demo.content import Programme as ProgrammeContent
from programmes.models import HandoverDecision, Milestone, Priority, Programme


def create(content: Demonstration, rows: Rows) -> None:
    """Adds every programme and priority of the demonstration."""
    for programme in content.programmes:
        rows.programmes[programme.slug] = _programme(programme, rows)
    for partnership in content.partnerships:
        for order, priority in enumerate(partnership.priorities):
            row = Priority.objects.create(
                partnership=rows.partnerships[partnership.slug],
                horizon=priority.horizon,
                name=priority.name,
                description=priority.description,
                purpose=rows.purposes[partnership.slug, priority.purpose],
                order=order,
            )
            row.programmes.set(rows.programmes[slug] for slug in priority.programmes)


def _programme(content: ProgrammeContent, rows: Rows) -> Programme:
    programme = Programme.objects.create(
        partnership=rows.partnerships[content.partnership],
        slug=content.slug,
        name=content.name,
        summary=content.summary,
        description=content.description,
        audience=content.audience,
        how_to_get_it=content.how_to_get_it,
        lead=rows.organisations[content.lead],
        starts_on=content.starts_on,
        ends_on=content.ends_on,
    )
    programme.partners.set(rows.organisations[slug] for slug in content.partners)
    programme.places.set(rows.places_of(content.places))
    programme.purposes.set(rows.purposes_of(content.purposes))
    Milestone.objects.bulk_create(
        Milestone(
            programme=programme,
            name=milestone.name,
            due_on=milestone.due_on,
            reached_on=milestone.reached_on,
        )
        for milestone in content.milestones
    )
    if content.handover:
        HandoverDecision.objects.create(
            programme=programme,
            partnership=programme.partnership,
            decision=content.handover.decision,
            evidence=content.handover.evidence,
            decided_on=content.handover.decided_on,
        )
    return programme
