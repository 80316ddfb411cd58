from collections.abc import Sequence
from functools import cached_property
from html import escape
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, Trim
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Contact
from core import formats
from core.templatetags.ui import icon_use
from deals.models import Deal
from organizations.models import Organization
from records.listing import (
    Choice,
    Column,
    Groups,
    Listing,
    Look,
    Moment,
    Name,
    NextStep,
    Number,
    Owner,
    QuickView,
    Relation,
    Tags,
    Text,
    periods,
    relate,
)
from records.models import Record, seen_ids
from workspaces.models import Membership

from .models import SUBJECTS, Activity, ActivityLink

#: what the reader has still to do, the most urgent first; the navigation leads there
MINE = "owner=me&done_at_is=none&sort=occurred_at"


class About(Column):
    """The people, organizations and deals that it is about."""

    kind = "records"
    models: ClassVar[dict[str, type[Record]]] = {"contact": Contact, "organization": Organization, "deal": Deal}

    @cached_property
    def extra(self) -> dict[str, Any]:
        present = {f"{subject}__deleted_at": None for subject in SUBJECTS}
        links = ActivityLink.objects.filter(activity=OuterRef("pk"), **present).order_by(*SUBJECTS)
        person = Trim(Concat("contact__first_name", Value(" "), "contact__last_name"))
        name = Coalesce("organization__name", "deal__name", person)
        ids = {subject: f"{subject}_id" for subject in SUBJECTS}
        return {"about_list": ArraySubquery(links.values(json=JSONObject(**ids, name=name)))}

    def value(self, row: Any) -> list[str]:
        return [link["name"] for link in row.about_list]

    def text(self, row: Any, look: Look) -> str:
        return ", ".join(self.value(row))

    def html(self, row: Any, look: Look) -> str:
        return ", ".join(
            look.link(self.models[subject], link[subject], link["name"])
            for link in row.about_list
            for subject in SUBJECTS
            if link[subject]
        )

    def conceal(self, rows: Sequence[Any], membership: Membership) -> None:
        for subject, model in self.models.items():
            seen = seen_ids(model, {pk for row in rows for link in row.about_list if (pk := link[subject])}, membership)
            for row in rows:
                row.about_list = [link for link in row.about_list if not link[subject] or link[subject] in seen]

    def export(self, row: Any) -> str:
        return "; ".join(self.value(row))


class When(Moment):
    """When it happened; what is open has the mark of its due date: late, today, planned."""

    periods: ClassVar[dict[str, Any]] = Moment.periods | periods.FUTURE
    icons = tuple(NextStep.MARKS.values())

    def html(self, row: Any, look: Look) -> str:
        if row.done_at:
            return super().html(row, look)
        at = row.occurred_at
        due = formats.due_state(at, look.now, look.zone, look.language)
        full = escape(formats.full_when(at, look.zone, look.language))
        words = f"{icon_use(NextStep.MARKS[due.state])}{escape(due.text)}"
        return f'<span class="st {due.state}" title="{full}">{words}</span>'


class Done(Moment):
    """When it was done; a box to tick in what is open."""

    icons = ("check",)
    presence_words: ClassVar[dict[str, Any]] = {"none": gettext_lazy("not yet"), "any": gettext_lazy("already")}

    def html(self, row: Any, look: Look) -> str:
        if row.done_at or not look.lets_change(row):
            return super().html(row, look)
        path = f"{look.url('activities', row.pk)}completion/"
        words = escape(_("Mark done: %(title)s") % {"title": row.subject})
        return (
            f'<span class="done"><button form="tick" formaction="{path}" hx-post="{path}" hx-target="#rows"'
            f' hx-swap="outerHTML" aria-label="{words}">{icon_use("check")}</button></span>'
        )


class ActivityListing(Listing):
    model = Activity
    template_name = "activities/list.html"
    default_sort = "-occurred_at"
    views = (
        QuickView(gettext_lazy("My open ones, soonest first"), MINE),
        QuickView(gettext_lazy("Everything"), ""),
    )
    create_label = gettext_lazy("New task")
    none_yet = gettext_lazy("No activities yet. Plan one from a person, an organization or a deal.")
    none_match = gettext_lazy("No activities match.")
    columns = (
        Name(label=gettext_lazy("Subject")),
        About("about", gettext_lazy("About"), filter=False, keep=True),
        Choice("kind", sort="kind", width="w-s", keep=True),
        When("occurred_at", sort="occurred_at", keep=True),
        Done("done_at", keep=True),
        Choice("outcome", width="w-m", wide=True),
        Owner(),
        Tags(optional=True),
        Groups(),
        Number("minutes", optional=True),
        Choice("direction", width="w-m", optional=True),
        Text("location", optional=True),
        Text("next_steps", filter=False, optional=True),
        Moment("created_at", sort="created_at", optional=True),
    )


for subject in SUBJECTS:
    done = Relation(
        "activities",
        "activity",
        {f"links__{subject}": "pk"},
        gettext_lazy("Has an activity"),
        gettext_lazy("Has no activity"),
    )
    relate(subject, done)
