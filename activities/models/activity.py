import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from activities.prose import plain
from core.formats import short_date
from deals.models import StageTask
from deals.models.against import do
from records.fields import SortKey
from records.models import PRESENT, Attachment, EventLink, GroupLink, Record, Refusal, Sight, TagLink, record_indexes
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey
from workspaces.tracking import tracked

from .kinds import CALLS, DIRECTION_ICONS, DIRECTIONS, ICONS, KINDS, OUTCOMES, faults, subject_of
from .queryset import ActivityQuerySet
from .subject import SUBJECTS
from .years import in_years

#: characters of a text that news tell
EXCERPT = 280


@tracked
class Activity(Record):
    """A note, call, meeting or task about contacts, organizations and deals; `owner` is who does it."""

    record_name = "activity"
    namespace = "activities"
    inseparable = (*Record.inseparable, ("kind", "direction", "outcome", "occurred_at", "due_at", "done_at"))

    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="task")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("notes"), blank=True, max_length=20_000)
    #: of calls: who called whom
    direction = models.CharField(_("direction"), max_length=3, choices=DIRECTIONS, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=OUTCOMES, blank=True)
    #: what was agreed to come of it
    next_steps = models.TextField(_("next steps"), blank=True, max_length=2_000)
    #: of meetings
    location = models.CharField(_("location"), max_length=200, blank=True)
    #: when it happened or, while it is open, is planned for; the order of every timeline
    occurred_at = models.DateTimeField(_("when"), default=timezone.now)
    #: when it was planned for; stays when it is done earlier or later
    due_at = models.DateTimeField(_("due"), null=True, blank=True, editable=False)
    minutes = models.PositiveIntegerField(_("duration"), null=True, blank=True, help_text=_("In minutes."))
    #: notes are done when they are written; calls, meetings and tasks when somebody says so
    done_at = models.DateTimeField(_("done"), null=True, blank=True, editable=False)
    #: which task of a stage it is, of the deal that it is about
    stage_task = WorkspaceForeignKey(
        StageTask, models.DB_SET_NULL, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    tags = models.ManyToManyField("records.Tag", through="ActivityTag", related_name="+")
    sort_name = SortKey("subject")

    #: who sees it says what it is about
    is_private = None  # type: ignore[assignment]

    objects: ClassVar = ActivityQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes: ClassVar = [
            *record_indexes("activity", ["sort_name", "occurred_at", "created_at", "kind"], private=False),
            models.Index(
                fields=["workspace", "owner", "occurred_at", "id"],
                name="activity_open",
                condition=Q(done_at__isnull=True, deleted_at__isnull=True),
            ),
            models.Index(
                fields=["workspace", "stage_task"],
                name="activity_stage_task",
                condition=Q(stage_task__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            ExclusionRule(
                name="activity_external_id",
                columns=["workspace_id", "external_id"],
                where=f"external_id <> '' AND {PRESENT}",
            ),
            models.CheckConstraint(name="activity_note_done", condition=~Q(kind="note") | Q(done_at__isnull=False)),
            in_years("activity_years", "occurred_at", "due_at", "done_at"),
        ]

    def __str__(self):
        return self.subject

    @property
    def name(self) -> str:
        return self.subject

    @property
    def hint(self) -> str:
        return short_date(timezone.localdate(self.occurred_at), timezone.localdate())

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    @property
    def headline(self) -> str:
        """What stands over it on a timeline: "Demo with finance, 40 min", or "Call, connected" over a body alone."""
        said_below = self.text.startswith(self.subject.removesuffix("…")) or self.subject == KINDS[self.kind]
        words = [str(CALLS.get(self.direction, KINDS[self.kind])) if said_below else self.subject]
        if self.minutes:
            words.append(ngettext("%(count)d min", "%(count)d min", self.minutes) % {"count": self.minutes})
        if self.outcome:
            words.append(str(OUTCOMES[self.outcome]).lower())
        return ", ".join(words)

    @property
    def has_own_subject(self) -> bool:
        """Was it given a subject, or was one made of the text?"""
        return self.subject != subject_of(self.kind, self.body or self.next_steps)

    @property
    def icon(self) -> str:  # type: ignore[override]
        return DIRECTION_ICONS.get(self.direction, ICONS[self.kind])

    @property
    def text(self) -> str:
        """All that was written freely."""
        return f"{self.body}\n\n{self.next_steps}" if self.next_steps else self.body

    @property
    def excerpt(self) -> str:
        return Truncator(plain(self.text or self.subject)).chars(EXCERPT)

    def path_beside(self, place: Record | None) -> str:
        return f"{place.get_absolute_url()}#activity-{self.pk}" if place else self.get_absolute_url()

    @classmethod
    def sight(cls, membership: Membership) -> Sight:
        from .sight import ActivitySight

        return ActivitySight.of(cls, membership)

    def rows(self) -> ActivityQuerySet:
        return Activity.objects.filter(pk=self.pk)

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    def log(cls, kind: str, *, by: Actor, occurred_at: dt.datetime | None = None, **values: Any) -> Self:
        """Write down what happened (now unless said): `subject`, `body`, `outcome`, `minutes`, … `about` these records,
        with these `members`.

        Raises NotAllowed, and Refusal for what no activity can be (see `faults`).
        """
        at = occurred_at or timezone.now()
        return cls.create(by=by, kind=kind, occurred_at=at, done_at=at, **values)

    @classmethod
    def plan(cls, kind: str, *, by: Actor, due_at: dt.datetime, **values: Any) -> Self:
        """Put a call, meeting or task on somebody's list. Raises like `log`."""
        return cls.create(by=by, kind=kind, occurred_at=due_at, due_at=due_at, **values)

    @classmethod
    @transaction.atomic
    def create(
        cls, *, by: Actor, about: Iterable[Record] = (), members: Iterable[Membership] = (), **values: Any
    ) -> Self:
        cls.refuse_faults(**values)
        text = values.get("body") or values.get("next_steps", "")
        values["subject"] = values.get("subject", "").strip() or subject_of(values["kind"], text)
        activity = super().create(by=by, **values)
        activity.set_about(about)
        if members:
            activity.participants.model.become(activity, members)
        if "@" in activity.text:
            activity.mentions.model.keep(activity, by=by)
        return activity

    @transaction.atomic
    def edit(self, *, by: Actor, seen: int | None = None, **values: Any) -> list[str]:
        """Change fields, `about` and `members`; returns the names of what really changed.

        Raises NotAllowed, Stale, and Refusal for what no activity can be.
        """
        values |= self.moved_along(values.get("occurred_at"))
        kept = {name: getattr(self, name) for name in ("kind", "body", "direction", "outcome", "done_at")}
        self.refuse_faults(**kept | {"subject": "x"} | values)
        subject = values.get("subject", self.subject)
        if not subject.strip() or (subject == self.subject and not self.has_own_subject):
            text = values.get("body", self.body) or values.get("next_steps", self.next_steps)
            values["subject"] = subject_of(values.get("kind", self.kind), text)
        changed = super().edit(by=by, seen=seen, **values)
        if {"body", "next_steps"} & set(changed):
            self.mentions.model.keep(self.rows().get(), by=by)
        return changed

    def moved_along(self, at: dt.datetime | None) -> dict[str, dt.datetime]:
        """What another time moves with it: the plan of what is open, the past of what is done."""
        return {"due_at" if self.is_open else "done_at": at} if at and at != self.occurred_at else {}

    def write(self, values: dict[str, Any]) -> list[str]:
        values = dict(values)
        about, members = values.pop("about", None), values.pop("members", None)
        changed = super().write(values)
        parts = []
        if about is not None and self.set_about(about):
            parts.append("about")
        if members is not None and self.participants.model.become(self, members):
            parts.append("members")
        if parts:
            self.rows().touch()
        return changed + parts

    def complete(self, *, by: Actor, at: dt.datetime | None = None, outcome: str = "") -> None:
        """Say that it is done. Raises NotAllowed, and Refusal when it was done before."""
        self.demand("change", by=by)
        self.rows().complete(by=by, at=at, outcome=outcome).or_refuse()

    def reopen(self, *, by: Actor) -> None:
        """Put it back on the list, due when it was planned for. Raises NotAllowed, and Refusal for what is open."""
        self.demand("change", by=by)
        self.rows().reopen(by=by).or_refuse()

    def snooze(self, until: dt.datetime, *, by: Actor) -> None:
        """Put it off. Raises NotAllowed, and Refusal when it is done."""
        self.demand("change", by=by)
        self.rows().snooze(until, by=by).or_refuse()

    # --- what it is about -------------------------------------------------------------------------------------------
    @property
    def about(self) -> list[Record]:
        """The contacts, organizations and deals that it is about."""
        links = self.links.select_related(*SUBJECTS).order_by("pk")
        return [getattr(link, subject) for link in links for subject in SUBJECTS if getattr(link, f"{subject}_id")]

    def set_about(self, records: Iterable[Record]) -> bool:
        """Make these what it is about; tells whether anything changed.

        Raises Refusal for a new one that is in the trash; what is there already may stay. And for taking
        the deal away from an open task that must be done.
        """
        wanted = {(record.record_name, record.pk): record for record in records}
        links = {(s, getattr(link, f"{s}_id")): link for link in self.links.all() for s in SUBJECTS}
        links = {key: link for key, link in links.items() if key[1]}
        if any(wanted[key].deleted_at for key in wanted.keys() - links.keys()):
            raise Refusal(gettext("What it is about is in the trash."))
        lost = links.keys() - wanted.keys()
        if self.is_open and self.stage_task and self.stage_task.is_must and any(kind == "deal" for kind, _pk in lost):
            raise Refusal(do([self.stage_task.name]))
        if gone := [links[key].pk for key in lost]:
            self.links.filter(pk__in=gone).delete()
        new = [{f"{subject}_id": pk} for subject, pk in sorted(wanted.keys() - links.keys())]
        copied = {"occurred_at": self.occurred_at, "state": "open" if self.is_open else "done", "kind": self.kind}
        self.links.bulk_create(self.links.model(activity=self, **copied, **key) for key in new)
        if gone and self.kind == "note":
            self.pins.model.drop_strays(self)
        return bool(gone or new)

    @staticmethod
    def refuse_faults(**values: Any) -> None:
        """Raises Refusal for what no activity can be, whichever door it comes through."""
        for reason in faults(**values).values():
            raise Refusal(reason)


@tracked
class ActivityInGroup(GroupLink):
    record = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="group_links", db_index=False)


@tracked
class ActivityTag(TagLink):
    record = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="tag_links", db_index=False)


class ActivityEvent(EventLink):
    record = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="event_links", db_index=False)


@tracked
class ActivityFile(Attachment):
    record = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="files")
