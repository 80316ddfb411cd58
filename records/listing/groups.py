"""Groups in lists: their column and filter; putting the chosen rows into one, and taking them out."""

from functools import cached_property
from typing import Any, cast

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records.models import Group, Outcome, Record, RecordQuerySet
from records.models.group import link_of
from workspaces.rights import Actor

from .bulk import ActionForm, BulkAction
from .column import Column
from .filters import NONE, Choices, ColumnFilter, LinkedFilter
from .look import Look


class OldGroupForm(ActionForm):
    """One of the groups that the member may change."""

    group = forms.ModelChoiceField(
        Group.objects.none(), empty_label=gettext_lazy("Choose a group"), label=gettext_lazy("Group")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        groups = Group.objects.visible_to(self.membership, "change").filter(kind=self.kind)
        cast(forms.ModelChoiceField, self.fields["group"]).queryset = groups


class GroupForm(OldGroupForm):
    """The same, or the name of a new one."""

    new = forms.CharField(max_length=80, required=False, label=gettext_lazy("Or a new group"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["group"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("group")) == bool(cleaned.get("new")):
            raise forms.ValidationError(_("Choose one group."))
        return cleaned


class AddToGroup(BulkAction):
    name = "group"
    label = gettext_lazy("Add to group")
    icon = "folder-plus"
    gate = "view"
    form_class = GroupForm

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        group = wanted["group"] or Group.named(rows.model.record_name, wanted["new"], by=by)
        return group.take_in(rows, by=by)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext(
            "%(count)s record is in the group %(group)s.", "%(count)s records are in the group %(group)s.", outcome.done
        )
        return text % {"count": outcome.done, "group": wanted["group"] or wanted["new"]}


class RemoveFromGroup(BulkAction):
    name = "ungroup"
    label = gettext_lazy("Remove from group")
    icon = "folder-minus"
    gate = "view"
    form_class = OldGroupForm

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        return wanted["group"].take_out(rows, by=by)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext(
            "%(count)s record taken out of the group %(group)s.",
            "%(count)s records taken out of the group %(group)s.",
            outcome.done,
        )
        return text % {"count": outcome.done, "group": wanted["group"]}


GROUP_ACTIONS = (AddToGroup(), RemoveFromGroup())


class GroupFilter(LinkedFilter):
    """Rows in one of some groups that the reader sees."""

    def __init__(self, model: type[Record], **field: Any):
        super().__init__(lambda: link_of(model), back="record", to="group", load=list, **field)
        self.kind = model.record_name

    def choices(self) -> Choices:
        yield from super().choices()
        yield from self.groups.values_list("pk", "name")

    def condition(self, values: list[str]) -> Q:
        links = self.link()._default_manager.filter(record=OuterRef("pk"))
        chosen = [value for value in values if value != NONE]
        found = Q(Exists(links.filter(group__in=chosen))) if chosen else Q()
        return found | ~Q(Exists(links.filter(group__in=self.groups.values("pk")))) if NONE in values else found

    @property
    def groups(self) -> QuerySet:
        return Group.objects.visible_to(self.membership).filter(kind=self.kind)


class Groups(Column):
    """The groups that the record is in, as far as the reader sees them."""

    kind = "groups"
    model: type[Record]

    def __init__(self, name: str = "group", label: Any = None, **options: Any):
        super().__init__(name, label, **{"optional": True, **options})

    @property
    def label(self) -> str:
        return str(self._label or _("Groups"))

    @cached_property
    def extra(self) -> dict[str, Any]:
        links = link_of(self.model)._default_manager.filter(record=OuterRef("pk"))
        seen = links.filter(group__in=Group.objects.seen_by_reader().values("pk")).order_by("group__place")
        return {"group_list": ArraySubquery(seen.values("group__name"))}

    def value(self, row: Any) -> list[str]:
        return row.group_list

    def text(self, row: Any, look: Look) -> str:
        return ", ".join(self.value(row))

    def export(self, row: Any) -> str:
        return ", ".join(self.value(row))

    def filters(self) -> dict[str, ColumnFilter]:
        return {self.name: GroupFilter(self.model, may_be_empty=True, label=self.lazy_label)}
