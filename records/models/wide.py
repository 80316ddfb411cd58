"""Verbs that give many records the same: values of fields, a follower."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.one_line import on_one_line
from workspaces.changes import describe_change
from workspaces.refusals import Refusal
from workspaces.rights import Actor

from .custom_field import PREFIX
from .difference import differences
from .event import record_events

if TYPE_CHECKING:
    from .queryset import Outcome

    Rows = models.QuerySet[Any]
else:
    Rows = models.QuerySet


class WideVerbs(Rows):
    """Of every record's queryset."""

    if TYPE_CHECKING:

        def pass_gate(self, action: str, *, by: Actor, **wanted: Any) -> "tuple[Any, Outcome]": ...

        def assign(self, owner: Any, *, by: Actor) -> "Outcome": ...

    def refuse_values(self, values: Mapping[str, Any]) -> None:
        """Raises Refusal for values that no record of the kind has; record types say which."""

    @transaction.atomic
    def edit_all(self, values: Mapping[str, Any], *, by: Actor) -> "Outcome":
        """Give all rows these values; `done` counts those that have them now. Raises Refusal for what none can have.

        The owner is given by `assign`. Record types call the verbs of fields that have rules of their own.
        """
        if "owner" in values:
            return self.assign(values["owner"], by=by)
        if any(name.startswith(PREFIX) for name in values):
            return self._fill(values, by=by)
        values = on_one_line(self.model, values)
        self.refuse_values(values)
        rows, outcome = self.pass_gate("change", by=by, **values)
        describe_change(_("%(fields)s set") % {"fields": ", ".join(map(self._label, values))})
        outcome.done = rows.count()
        columns = [self.model._meta.get_field(name).attname for name in values]
        found = list(rows.exclude(**values).order_by("pk").values_list("pk", *columns))
        if found:
            ids = [pk for pk, *_before in found]
            said = self._differences(found, columns, values)
            self.model._default_manager.filter(pk__in=ids).update(**values)
            record_events("changed", self.model, list(zip(ids, said, strict=True)), by=by)
        return outcome

    def _fill(self, values: Mapping[str, Any], *, by: Actor) -> "Outcome":
        """The same of custom fields."""
        from .custom_writing import defined, fill  # it inserts by the queryset's own means

        fields = defined(self.model, values)
        rows, outcome = self.pass_gate("change", by=by)
        names = [field.name for field in fields.values()]
        describe_change(_("%(fields)s set") % {"fields": ", ".join(names)})
        outcome.done = rows.count()
        for key, field in fields.items():
            ids, said = fill(rows, field, values[key])
            record_events("changed", self.model, [(pk, said) for pk in ids], by=by)
        return outcome

    def _label(self, name: str) -> str:
        return capfirst(str(self.model._meta.get_field(name).verbose_name))

    def _differences(self, found: list[Any], columns: list[str], values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What the event of each row says: worked out once for each value that was there before."""
        known: dict[tuple[Any, ...], dict[str, Any]] = {}
        for _pk, *former in found:
            before = tuple(former)
            if before not in known:
                row: Any = self.model(**dict(zip(columns, before, strict=True)))
                names = [name for name, old in zip(values, before, strict=True) if old != _stored(values[name])]
                known[before] = {"fields": names, "values": differences(row, names, values)}
        return [known[tuple(before)] for _pk, *before in found]

    def follow(self, *, by: Actor) -> "Outcome":
        """Have the member follow the rows; `done` counts those that it follows now."""
        rows, outcome = self.pass_gate("view", by=by)
        follower = self._follower()
        from .queryset import insert_select

        new = rows.exclude(followers__member=by.member_id)
        insert_select(follower, new, {"workspace": F("workspace_id"), "record": F("pk"), "member": Value(by.member_id)})
        outcome.done = rows.count()
        return outcome

    def unfollow(self, *, by: Actor) -> "Outcome":
        """Have the member follow the rows no longer; `done` counts those that it followed."""
        rows, outcome = self.pass_gate("view", by=by)
        outcome.done, _by_model = (
            self._follower().objects.filter(member_id=by.member_id, record__in=rows.order_by().values("pk")).delete()
        )
        return outcome

    def _follower(self) -> Any:
        follower = self.model.follower()
        if follower is None:
            raise Refusal(_("Nobody follows such records."))
        return follower


def _stored(value: Any) -> Any:
    """What a row keeps of a value: of another row its id."""
    return value.pk if isinstance(value, models.Model) else value
