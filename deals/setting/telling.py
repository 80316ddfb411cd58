"""How history tells of the set-up of pipelines."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.numbers import number
from deals.listing import DealListing
from deals.models import CloseReason, Deal, Pipeline, PipelineTeam, Stage, StageTask, StageWay
from records.history import tell
from records.models import CustomField
from records.models.custom_field import PREFIX

from .choices import view_named


def fields_named(names: Iterable[str]) -> str:
    """What the fields of deals with these names are called."""
    ids = [number(name.removeprefix(PREFIX)) for name in names if name.startswith(PREFIX)]
    custom = {field.key: field.name for field in CustomField.objects.filter(pk__in=ids)} if ids else {}
    return ", ".join(custom[name] if name in custom else own_name(name) for name in names)


def own_name(name: str) -> str:
    if column := DealListing.by_name.get(name):
        return column.label
    own = {field.name: field for field in Deal._meta.get_fields()}
    return capfirst(str(getattr(own.get(name), "verbose_name", name)))


tell(
    Pipeline,
    counted=ngettext_lazy("%(count)s pipeline", "%(count)s pipelines", "number"),
    words={"card_fields": fields_named, "opens_with": view_named},
)
tell(Stage, counted=ngettext_lazy("%(count)s stage", "%(count)s stages", "number"), words={"required": fields_named})
tell(PipelineTeam, label=_("Team"), named=("team",), labels={"team": _("team")})
tell(StageWay, label=_("May go on to"), named=("to",), labels={"to": _("stage")})
tell(StageTask, label=_("Task"), named=("name",))
tell(CloseReason, counted=ngettext_lazy("%(count)s reason", "%(count)s reasons", "number"))
