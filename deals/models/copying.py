"""Another deal like one that is there: the next season's order, the same offer for another customer."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from records.models import CustomField, Tag
from records.models.custom_writing import rows_of
from workspaces.rights import Actor

from .deal import Deal
from .parts import DealViewer

#: what a copy has of the one that it is like
COPIED = ("value", "currency", "expected_close", "forecast", "is_private", "source")


@transaction.atomic
def duplicate(deal: Deal, *, by: Actor) -> Deal:
    """An open deal in the same stage, with the same people, competitors, lines, tags and custom fields.

    What lies in the trash stays there, what happened to the deal is its own. A chance by hand goes along for who may
    give one. Raises what `Deal.create` raises.
    """
    deal = Deal.objects.select_related("stage__pipeline", "organization", "source", "owner").get(pk=deal.pk)
    values: dict[str, Any] = {name: getattr(deal, name) for name in COPIED}
    if deal.organization and not deal.organization.deleted_at:
        values["organization"] = deal.organization
    if deal.owner is None or deal.owner.is_active:
        values["owner"] = deal.owner
    if deal.probability is not None and (by.membership is None or deal.allows("weigh", by.membership)):
        values["probability"] = deal.probability
    made = Deal.create(
        by=by,
        stage=deal.stage,
        name=gettext("%(name)s (copy)") % {"name": deal.name[:180]},
        people=[person for person in deal.people() if not person.contact.deleted_at],
        rivals=[rival for rival in deal.rivals() if not rival.organization.deleted_at],
        lines=[{name: getattr(line, name) for name in line.CONTENT} for line in deal.lines.all()],
        tags=Tag.objects.filter(pk__in=deal.tag_links.values("tag")),
        **values,
        **custom_values(deal),
    )
    named = deal.viewers.values_list("member_id", flat=True)
    DealViewer.objects.bulk_create(DealViewer(record=made, member_id=member) for member in named)
    return made


def custom_values(deal: Deal) -> dict[str, Any]:
    """What it has in the custom fields that are in use, by their keys."""
    from records.custom.kinds import KINDS  # they are made of the fields of forms

    stored = rows_of(deal)
    fields = CustomField.objects.filter(record=Deal.record_name, retired_at=None).prefetch_related("choices")
    return {field.key: KINDS[field.kind].value(stored.get(field.pk, [])) for field in fields}
