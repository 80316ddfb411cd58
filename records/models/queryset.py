"""The set-based verbs that every record answers to, and what they answer."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext as _

from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.refusals import Refusal
from workspaces.rights import Actor

from .merged import Merged
from .owning import OwningVerbs
from .sight import Seen
from .tag import Tag
from .wide import WideVerbs


@dataclass
class Outcome:
    """What a set-based verb did: how many rows, and which it refused with the reasons (id -> reason)."""

    done: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    #: the reasons that can be passed by who may, and the field that each is about
    passable: dict[str, str] = field(default_factory=dict)
    #: the address that takes it back, of what history does not keep
    way_back: str = ""

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """The reasons with how many rows each refused, most frequent first."""
        return Counter(self.refused.values()).most_common()

    def or_refuse(self) -> Self:
        """For the verb of one record: raise the refusal in place of counting it."""
        for reason in self.refused.values():
            raise Refusal(reason, about=self.passable.get(reason, ""), passable=reason in self.passable)
        return self


class RecordQuerySet(WideVerbs, OwningVerbs):
    """Rows of a record type. Verbs take `by=`, ask `refusals()` once, write once and describe themselves once."""

    #: whose sight narrowed the rows; what they refer to is concealed from that member as well
    seen_by: Membership | None = None

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]  # of Django's own
        clone.seen_by = self.seen_by
        return clone

    def present(self) -> Self:
        """Not in the trash."""
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, membership: Membership, action: str = "view") -> Self:
        """The one door: rows, not in the trash, that the member sees and may do `action` to."""
        return self.present().in_reach_of(membership, action)

    def in_reach_of(self, membership: Membership, action: str = "view") -> Self:
        """Rows, in the trash or not, that the member sees and may do `action` to: no right reaches beyond sight."""
        sight = self.model.sight(membership)
        rows = self.all() if sight.is_whole else self.filter(Seen(sight))
        rows.seen_by = membership
        if action == "view":
            return rows
        owners = membership.reachable_owner_ids(membership.scope(self.model.record_name, action))
        return rows if owners is None else rows.filter(owner_id__in=owners)

    # --- the gate ---------------------------------------------------------------------------------------------------
    def refusals(self, action: str, *, by: Actor, **wanted: Any) -> dict[int, str]:
        """The rows that must not be changed so, with the reason; one query. Record types add rules of their own."""
        if by.membership is None:
            return {}
        sight, scope = self.model.sight(by.membership), by.membership.scope(self.model.record_name, action)
        owners = None if action == "view" else by.membership.reachable_owner_ids(scope)
        if owners is None and sight.is_whole:
            return {}
        reason = _("Your role does not allow this.")
        beyond = Q() if sight.is_whole else Q(Seen(sight, hidden=True))
        if owners is not None:
            reason = _("You may do this only to records of your own.") if owners else reason
            foreign = ~Q(owner_id__in=owners)
            if action == "assign" and by.membership.scope(self.model.record_name, "change") == "all":
                foreign &= Q(owner__isnull=False)
            beyond |= foreign
        return dict.fromkeys(self.filter(beyond).order_by().values_list("pk", flat=True), reason)

    def pass_gate(self, action: str, *, by: Actor, **wanted: Any) -> tuple[Self, Outcome]:
        """The rows that the gate lets through, and the outcome that holds the refused ones."""
        refused = self.refusals(action, by=by, **wanted)
        return (self.exclude(pk__in=refused) if refused else self), Outcome(refused=refused)

    def refused_by(self, rules: list[tuple[models.Q, str]]) -> dict[int, str]:
        """The rows that rules (condition, reason) stand against, each with the first reason; one query."""
        rows = self.annotate(broken=self.first_broken(rules)).filter(broken__isnull=False).order_by()
        return {pk: rules[place][1] for pk, place in rows.values_list("pk", "broken")}

    @staticmethod
    def first_broken(rules: list[tuple[models.Q, str]]) -> Case:
        """The place of the first rule that stands against a row; NULL for none."""
        return Case(*(When(condition, then=Value(place)) for place, (condition, _reason) in enumerate(rules)))

    def locked(self) -> Self:
        """The same rows by their ids, locked until the transaction ends, so that what the gate sees still holds."""
        ids = self.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
        return self.model.objects.filter(pk__in=list(ids))

    def touch(self) -> None:
        """Their parts in other tables were changed: who edits an older version of the rows has not seen that."""
        self.order_by().update(version=F("version") + 1, updated_at=Now())

    # --- verbs ------------------------------------------------------------------------------------------------------
    def assign(self, owner: Membership | None, *, by: Actor) -> Outcome:
        """Give the rows to another owner (or to none). Raises Refusal for one who was deactivated."""
        if owner:
            owner.check_may_own()
        rows, outcome = self.pass_gate("assign", by=by)
        describe_change(_("Owner set to %(name)s") % {"name": owner.name} if owner else _("Owner removed"))
        outcome.done = rows.give_to(owner, by=by)
        return outcome

    def tag(self, tag: Tag, *, by: Actor) -> Outcome:
        """Put a tag on the rows that lack it; `done` counts the rows that have it now."""
        rows, outcome = self.pass_gate("change", by=by)
        describe_change(_("Tag %(tag)s added") % {"tag": tag.name})
        rows.put_tag(tag)
        outcome.done = rows.count()
        return outcome

    def put_tag(self, tag: Tag) -> None:
        """The same for a verb that has asked its own gate."""
        values = {"workspace": F("workspace_id"), "record": F("pk"), "tag": Value(tag.pk)}
        insert_select(self.model.tag_link(), self.exclude(tag_links__tag=tag), values)

    def untag(self, tag: Tag, *, by: Actor) -> Outcome:
        """Take a tag off the rows; `done` counts the rows that had it."""
        rows, outcome = self.pass_gate("change", by=by)
        describe_change(_("Tag %(tag)s removed") % {"tag": tag.name})
        links = self.model.tag_link().objects.filter(tag=tag, record__in=rows.order_by())
        outcome.done = links._raw_delete(links.db) or 0
        return outcome

    def trash(self, *, by: Actor) -> Outcome:
        """Move the rows to the trash: out of every list, kept until they are deleted for good."""
        rows, outcome = self.pass_gate("delete", by=by)
        describe_change(_("Deleted"))
        outcome.done = rows.present().order_by().update(deleted_at=Now(), deleted_by_id=by.member_id)
        return outcome

    def restore(self, *, by: Actor) -> Outcome:
        """Take the rows back out of the trash; one whose external id is in use again stays there, and so does one that
        was merged: all that it had is the other's now."""
        rows, outcome = self.locked().pass_gate("delete", by=by)
        if taken := rows.refused_by([rows._merged(), rows._id_in_use()]):
            rows, outcome.refused = rows.exclude(pk__in=taken), outcome.refused | taken
        describe_change(_("Restored"))
        outcome.done = rows.order_by().update(deleted_at=None, deleted_by_id=None)
        return outcome

    def _merged(self) -> tuple[models.Q, str]:
        """The rule that a merged record comes back with all that it had, by the undo of the merge."""
        merged = Merged.objects.filter(table=self.model._meta.db_table, record=OuterRef("pk"))
        return Q(Exists(merged)), _("It was merged into another record. Undo the merge to get both back.")

    def _id_in_use(self) -> tuple[models.Q, str]:
        """The rule that no two records have one external id, neither a present one nor two that come back together."""
        others = self.model.objects.filter(external_id=OuterRef("external_id")).exclude(external_id="")
        before = Q(pk__in=self.order_by().values("pk"), pk__lt=OuterRef("pk"))
        in_use = Exists(others.filter(Q(deleted_at=None) | before))
        return Q(in_use, deleted_at__isnull=False), _("Another record has its external id now.")


def insert_select(model: type[models.Model], rows: models.QuerySet, values: dict[str, Any]) -> int:
    """INSERT … SELECT: one row of `model` for each of `rows`, with `values` (field -> expression); returns how many."""
    fields: list[models.Field] = [model._meta.get_field(name) for name in values]  # type: ignore[misc]
    columns = [connection.ops.quote_name(field.get_attname_column()[1] or "") for field in fields]
    query = rows.order_by().values_list(*map(Cast, values.values(), fields)).query
    try:
        sql, params = query.sql_with_params()
    except EmptyResultSet:  # Django sees without asking that there are no rows
        return 0
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {sql}", params)
        return cursor.rowcount
