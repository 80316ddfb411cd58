"""The change log of a workspace: change sets, newest first, with how much of what each of them changed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import formats
from core.statements import fetch
from core.tenancy import current_workspace_id
from records.models import ChangeSet, Record
from workspaces.models import Membership
from workspaces.tracking import TRACKED, history_of

from .hiding import hidden_among, hide_labels, sees_all
from .reading import models_of
from .telling import root_of, telling, whole_key

PAGE = 50
#: how many rows of a table are counted; where there are more the number is a "2,000+"
MOST = 2_000

SOURCES = {
    "web": pgettext_lazy("source of a change", "Page"),
    "admin": pgettext_lazy("source of a change", "Set-up"),
    "import": pgettext_lazy("source of a change", "Import"),
    "bulk": pgettext_lazy("source of a change", "Bulk action"),
    "job": pgettext_lazy("source of a change", "Job"),
    "api": pgettext_lazy("source of a change", "API"),
    "system": pgettext_lazy("source of a change", "System"),
    "demo": pgettext_lazy("source of a change", "Demo"),
}

#: the calendar ends with the year 9999
LAST_DAY = dt.date(9998, 12, 31)


@dataclass
class Counted:
    """How many records of a kind a change set touched; of a single one its id, and its name where that was read."""

    model: type[models.Model]
    count: int
    is_capped: bool = False
    pk: int = 0
    name: str = ""

    def __str__(self):
        words = {"count": formats.number(self.count) + "+" * self.is_capped}
        return str(telling(self.model).counted % (words | {"number": self.count}))


@dataclass
class Entry:
    """A change set as the log shows it."""

    change_set: ChangeSet
    counts: list[Counted] = field(default_factory=list)
    is_undone: bool = False

    @property
    def source(self) -> Any:
        return SOURCES.get(self.change_set.source, self.change_set.source)


class LogForm(forms.Form):
    """What the log is narrowed down to."""

    q = forms.CharField(label=_("Find in what was done"), required=False, max_length=100)
    member = forms.ModelChoiceField(Membership.objects.none(), label=_("Who"), required=False, empty_label=_("Anybody"))
    source = forms.ChoiceField(label=_("How"), required=False, choices=[("", _("Any way")), *SOURCES.items()])
    kind = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        members: Any = self.fields["member"]
        reach = membership.reachable_owner_ids(membership.scope("history", "view"))
        members.queryset = Membership.objects.all() if reach is None else Membership.objects.filter(pk__in=reach)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Everything")), *((name, label) for name, label in kinds_in_words())]

    def narrow(self, rows: models.QuerySet[ChangeSet]) -> models.QuerySet[ChangeSet]:
        """Those that fit what was typed so far as it can be read."""
        wanted = getattr(self, "cleaned_data", {})
        if text := wanted.get("q"):
            rows = rows.filter(Q(label__icontains=text) | Q(actor__icontains=text))
        if member := wanted.get("member"):
            rows = rows.filter(member=member)
        if source := wanted.get("source"):
            rows = rows.filter(source=source)
        if since := wanted.get("since"):
            rows = rows.filter(created_at__gte=midnight(since))
        if until := wanted.get("until"):
            rows = rows.filter(created_at__lt=midnight(min(until, LAST_DAY) + dt.timedelta(days=1)))
        return touching(rows, kind) if (kind := wanted.get("kind")) else rows


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def roots() -> dict[str, type[models.Model]]:
    """Name -> model of what history tells of by itself: "deals.deal"."""
    found = dict.fromkeys(map(root_of, TRACKED))
    return {model._meta.label_lower: model for model in found}


def kinds_in_words() -> list[tuple[str, str]]:
    return [(name, capfirst(str(model._meta.verbose_name_plural))) for name, model in roots().items()]


def touching(rows: models.QuerySet[ChangeSet], kind: str) -> models.QuerySet[ChangeSet]:
    """The change sets that changed something of a kind: probes of indexes, one change set after the other."""
    probes = " UNION ALL ".join(
        f"SELECT FROM {history_of(model)._meta.db_table} AS version"
        f" WHERE version.workspace_id = records_changeset.workspace_id AND version.change_set_id = records_changeset.id"
        for model in models_of(roots()[kind])
    )
    # Django's own Exists may read a whole history to hash it. Every name comes from the models.
    return rows.extra(where=[f"EXISTS ({probes})"])  # noqa: S610


class Log:
    """One page of the log as a member may see it. Everything is worked out when the template asks for it."""

    def __init__(self, membership: Membership, params: Any):
        self.membership, self.params = membership, params
        self.form = LogForm(params or None, membership=membership)
        self.is_filtered = self.form.is_bound and self.form.is_valid() and any(self.form.cleaned_data.values())
        self.before = number if (number := params.get("before", "")).isdigit() and len(number) < 19 else ""

    @cached_property
    def found(self) -> list[ChangeSet]:
        rows = self.form.narrow(ChangeSet.objects.visible_to(self.membership)).select_related("undoes").order_by("-pk")
        rows = rows.filter(pk__lt=int(self.before)) if self.before else rows
        text = getattr(self.form, "cleaned_data", {}).get("q", "")
        return list(rows[: PAGE + 1]) if not text or sees_all(self.membership) else self.told(rows, text)

    def told(self, rows: models.QuerySet[ChangeSet], text: str) -> list[ChangeSet]:
        """Those that the text finds in what the member may read: a name that is hidden is not found either."""
        kept: list[ChangeSet] = []
        while len(kept) <= PAGE and (batch := list(rows[: PAGE + 1])):
            hidden = hidden_among([each.pk for each in batch], self.membership)
            kept += (each for each in batch if each.pk not in hidden or text.lower() in each.actor.lower())
            rows = rows.filter(pk__lt=batch[-1].pk)
        return kept[: PAGE + 1]

    @cached_property
    def entries(self) -> list[Entry]:
        found = entries(self.found[:PAGE])
        name_single([entry.counts[0] for entry in found if len(entry.counts) == 1], self.membership)
        hide_labels([entry.change_set for entry in found], self.membership)
        return found

    @property
    def older(self) -> str:
        """The query of the next page; "" where this is the last."""
        if len(self.found) <= PAGE:
            return ""
        params = self.params.copy()
        params["before"] = str(self.found[PAGE - 1].pk)
        return params.urlencode()


def entries(change_sets: list[ChangeSet]) -> list[Entry]:
    counted = count(change_sets)
    undone = undone_among([change_set.pk for change_set in change_sets])
    return [Entry(each, counted[each.pk], each.pk in undone) for each in change_sets]


def count(change_sets: list[ChangeSet]) -> dict[int, list[Counted]]:
    """Id -> how many records of which kind it touched, parts counted as their whole; one statement."""
    found: dict[int, list[Counted]] = defaultdict(list)
    if not change_sets:
        return found
    values = {"workspace": current_workspace_id(), "ids": [each.pk for each in change_sets], "most": MOST}
    names = list(roots())
    for pk, place, records, rows, first in sorted(fetch(_counting(names), values)):
        found[pk].append(Counted(roots()[names[place]], records, rows >= MOST, first))
    return found


def name_single(found: list[Counted], membership: Membership) -> None:
    """Call a record that a change touched alone by its name, as far as the member may see it; a statement a kind."""
    single: dict[Any, list[Counted]] = defaultdict(list)
    for counted in found:
        if counted.count == 1 and issubclass(counted.model, Record):
            single[counted.model].append(counted)
    for model, of_kind in single.items():
        rows = model.objects.in_bulk({counted.pk for counted in of_kind})  # those in the trash as well
        for counted in of_kind:
            row = rows.get(counted.pk)
            counted.name = row.title if row and row.allows("view", membership) else ""


def _counting(names: Iterable[str]) -> str:
    return " UNION ALL ".join(
        f"SELECT wanted.id, {place}, count(DISTINCT touched.root), count(*), min(touched.root)"
        f" FROM unnest(%(ids)s::bigint[]) AS wanted (id)"
        f" CROSS JOIN LATERAL ({_touched(roots()[name])}) AS touched GROUP BY wanted.id"
        for place, name in enumerate(names)
    )


def _touched(root: type[models.Model]) -> str:
    """SQL: the records of a kind that the versions of a change set are of, each table's up to a limit."""
    return " UNION ALL ".join(
        f"(SELECT {root_sql(model)} AS root FROM {history_of(model)._meta.db_table} AS version"
        f" WHERE version.workspace_id = %(workspace)s AND version.change_set_id = wanted.id LIMIT %(most)s)"
        for model in models_of(root)
    )


def root_sql(model: Any, alias: str = "version") -> str:
    """SQL: the id of the record that a version is of, or is a part of."""
    if not (key := whole_key(model)):
        return f"{alias}.pgh_obj_id" if alias == "version" else f"{alias}.id"
    field: Any = model._meta.get_field(key)
    column, whole = f'{alias}."{field.column}"', field.related_model
    if not whole_key(whole):
        return column
    table, inner = history_of(whole)._meta.db_table, root_sql(whole, "part")
    return (
        f"(SELECT {inner} FROM {table} AS part WHERE part.workspace_id = %(workspace)s"
        f" AND part.pgh_obj_id = {column} LIMIT 1)"
    )


def undone_among(ids: list[int]) -> set[int]:
    """Those that are undone: by an undo that is not undone itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE chain (id, undoes_id) AS ("
            " SELECT id, undoes_id FROM records_changeset WHERE workspace_id = %(workspace)s"
            " AND undoes_id = ANY (%(ids)s::bigint[])"
            " UNION SELECT later.id, later.undoes_id FROM records_changeset AS later"
            " JOIN chain ON later.workspace_id = %(workspace)s AND later.undoes_id = chain.id)"
            " SELECT undoes_id, id FROM chain ORDER BY id DESC",
            {"workspace": current_workspace_id(), "ids": ids},
        )
        standing: dict[int, bool] = {}
        for undone, by in cursor.fetchall():  # the latest first, so that what undid an undo is known before
            standing[undone] = standing.get(undone, False) or not standing.get(by, False)
    return {pk for pk in ids if standing.get(pk)}
