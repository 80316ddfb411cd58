"""What can be done with many rows of a list at once. A room adds its own by subclassing `BulkAction`."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formats import number
from records.merging import FEWEST, MOST
from records.models import Outcome, Record, RecordQuerySet, Refusal, Tag
from workspaces.models import Membership
from workspaces.rights import Actor

if TYPE_CHECKING:
    from .selection import Selection


class ActionForm(forms.Form):
    """What an action has to know besides its rows; `membership` is who acts, `kind` the record type of the rows."""

    def __init__(self, *args: Any, membership: Membership, kind: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.membership, self.kind = membership, kind


class BulkAction:
    """An action on the chosen rows. `form_class` asks for what it needs first; without one it acts at once."""

    name: ClassVar[str]
    label: ClassVar[Any]
    icon: ClassVar[str]
    form_class: ClassVar[type[ActionForm] | None] = None
    #: it takes something away
    danger: ClassVar[bool] = False
    #: it stands in the menu beside the buttons
    rare: ClassVar[bool] = False
    #: no list offers it: something else begins it
    hidden: ClassVar[bool] = False
    #: the right without which it is not offered
    needs: ClassVar[str] = "bulk"
    #: the right to a row without which it is left as it is, before the verb asks for its own
    gate: ClassVar[str] = "bulk"

    @property
    def asks(self) -> bool:
        """Does it need to know more than its rows?"""
        return self.form_class is not None

    def form(self, data: QueryDict | None, *, record: str, membership: Membership) -> ActionForm:
        """What it asks about records of the kind `record`; only where it has a `form_class`."""
        return cast(type[ActionForm], self.form_class)(data, membership=membership, kind=record)

    def wanted(self, form: ActionForm) -> dict[str, Any]:
        """What the form gives the verb."""
        return form.cleaned_data

    def fits(self, model: type[Record]) -> bool:
        """Can it be done with records of this kind?"""
        return True

    def leads_to(self, selection: "Selection") -> str:
        """The page where the action goes on, "" for one that is done at once. Raises Refusal where it can't begin."""
        return ""

    def reach(self, model: Any, membership: Membership) -> RecordQuerySet:
        """The records that a job may do it with, in the name of a member."""
        return model.objects.visible_to(membership)

    def let_through(self, rows: RecordQuerySet, *, by: Actor) -> tuple[RecordQuerySet, Outcome]:
        """The rows, locked, that it is done with, and the outcome that holds the others."""
        return rows.locked().pass_gate(self.gate, by=by)

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        """Call the verb; `wanted` is what the form gives."""
        raise NotImplementedError

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        """What happened, for the toast."""
        raise NotImplementedError


class OwnerForm(ActionForm):
    owner = forms.ModelChoiceField(
        Membership.objects.none(), required=False, empty_label=gettext_lazy("Nobody"), label=gettext_lazy("Owner")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        owner = cast(forms.ModelChoiceField, self.fields["owner"])
        owner.queryset = Membership.objects.filter(is_active=True)
        owner.initial = self.membership.pk


class ChangeOwner(BulkAction):
    name = "owner"
    label = gettext_lazy("Change owner")
    icon = "user"
    form_class = OwnerForm

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        return rows.assign(wanted["owner"], by=by)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        if wanted["owner"]:
            text = ngettext(
                "%(count)s record now belongs to %(name)s.", "%(count)s records now belong to %(name)s.", outcome.done
            )
        else:
            text = ngettext("%(count)s record has no owner now.", "%(count)s records have no owner now.", outcome.done)
        return text % {"count": number(outcome.done), "name": wanted["owner"]}


class Claim(BulkAction):
    """Take what belongs to nobody."""

    name = "claim"
    label = gettext_lazy("Claim")
    icon = "hand-raised"
    #: what is nobody's is open to all who may change it, to reps as well
    gate = "view"

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        return rows.claim(by=by)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        return ngettext("%(count)s record is yours now.", "%(count)s records are yours now.", outcome.done) % {
            "count": outcome.done
        }


class TagForm(ActionForm):
    """A tag of the workspace, or the name of a new one from those who may make tags."""

    tag = forms.ModelChoiceField(
        Tag.objects.none(), required=False, empty_label=gettext_lazy("Choose a tag"), label=gettext_lazy("Tag")
    )
    new = forms.CharField(max_length=60, required=False, label=gettext_lazy("Or a new tag"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["tag"]).queryset = Tag.objects.all()
        if not self.membership.may("tag", "create"):
            del self.fields["new"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("tag")) == bool(cleaned.get("new")):
            raise forms.ValidationError(_("Choose one tag."))
        return cleaned


class AddTag(BulkAction):
    name = "tag"
    label = gettext_lazy("Add tag")
    icon = "tag"
    form_class = TagForm

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        return rows.tag(wanted["tag"] or Tag.named(wanted["new"], by=by), by=by)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext(
            "%(count)s record has the tag %(tag)s.", "%(count)s records have the tag %(tag)s.", outcome.done
        )
        return text % {"count": number(outcome.done), "tag": wanted["tag"] or wanted["new"]}


class OldTagForm(ActionForm):
    tag = forms.ModelChoiceField(
        Tag.objects.none(), empty_label=gettext_lazy("Choose a tag"), label=gettext_lazy("Tag")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["tag"]).queryset = Tag.objects.all()


class RemoveTag(BulkAction):
    name = "untag"
    label = gettext_lazy("Remove tag")
    icon = "x-mark"
    rare = True
    form_class = OldTagForm

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        return rows.untag(wanted["tag"], by=by)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext(
            "Tag %(tag)s taken off %(count)s record.", "Tag %(tag)s taken off %(count)s records.", outcome.done
        )
        return text % {"count": number(outcome.done), "tag": wanted["tag"]}


class Delete(BulkAction):
    name = "delete"
    label = gettext_lazy("Delete")
    icon = "trash"
    danger = True

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        return rows.trash(by=by)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        return ngettext("%(count)s record deleted.", "%(count)s records deleted.", outcome.done) % {
            "count": number(outcome.done)
        }


class Merge(BulkAction):
    """Goes on to the page where the chosen ones are compared, for record types that have one."""

    name = "merge"
    label = gettext_lazy("Merge")
    icon = "square-2-stack"
    rare = True

    def leads_to(self, selection: "Selection") -> str:
        ids = list(selection.rows().order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if not FEWEST <= len(ids) <= MOST:
            raise Refusal(_("Choose two to ten records to merge."))
        path = reverse(f"{selection.listing.model.namespace}:merge")
        return f"{path}?{urlencode([('ids', pk) for pk in ids])}"


#: actions of rooms above a list, by the record's name; `add_action` fills it
ADDED: dict[str, list[BulkAction]] = defaultdict(list)


def add_action(action: BulkAction, *records: str) -> None:
    """Put an action beside the own ones of some lists: the room that has the verb is not imported by theirs."""
    for record in records:
        ADDED[record].append(action)
