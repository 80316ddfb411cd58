"""What a file of activities can fill."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from activities.models import DIRECTIONS, KINDS, OUTCOMES, SUBJECTS, Activity, ActivityLink
from activities.models.kinds import faults, subject_of
from contacts.imports import PersonReference
from deals.models import Deal
from organizations.imports import ORGANIZATION, NamesOrganizations
from transfers.batches import Batch
from transfers.kinds import Choice, Integer, Moment, Text, YesNo
from transfers.record_target import EXTERNAL_ID, OWNER, TAGS
from transfers.references import RecordReference
from transfers.staging import insert_rows
from transfers.targets import Field, register

#: what other systems call them
WORDS = {
    "event": "meeting",
    "appointment": "meeting",
    "to do": "task",
    "to-do": "task",
    "todo": "task",
    "comment": "note",
}
#: the same for who called whom
#: what the rules of an activity look at, besides its times
JUDGED = ("kind", "subject", "body", "direction", "outcome")
DIRECTION_WORDS = {"outbound": "out", "made": "out", "inbound": "in", "received": "in"}


@register
class ActivityImport(NamesOrganizations):
    """A row is a note, call, meeting or task about a person, an organization, a deal, or several of them."""

    record = "activity"
    model = Activity
    label = gettext_lazy("Activities")
    keys = ("external_id",)
    fields = (
        Field("kind", gettext_lazy("Kind"), Choice(KINDS, WORDS), "kind", "type, activity type"),
        Field("subject", gettext_lazy("Subject"), Text(200), aliases="title, summary, topic, task, activity"),
        Field("body", gettext_lazy("Notes"), Text(20_000, multiline=True), "body", "note, text, description, comment"),
        Field("occurred_at", gettext_lazy("When"), Moment(), aliases="date, due, due date, start, time, day"),
        Field("done", gettext_lazy("Done"), YesNo(), aliases="completed, finished, closed, is done"),
        Field("direction", gettext_lazy("Direction"), Choice(DIRECTIONS, DIRECTION_WORDS), "direction"),
        Field("outcome", gettext_lazy("Outcome"), Choice(OUTCOMES), "outcome", "result, call outcome"),
        Field("minutes", gettext_lazy("Duration, in minutes"), Integer(), "minutes", "duration, minutes, length"),
        Field("location", gettext_lazy("Location"), Text(200), "location", "place, where, venue"),
        Field("next_steps", gettext_lazy("Next steps"), Text(2_000, multiline=True), "next_steps", "next step"),
        Field("contact", gettext_lazy("Person"), PersonReference(), aliases="contact, person, people, e-mail, email"),
        ORGANIZATION,
        Field("deal", gettext_lazy("Deal"), RecordReference(Deal), aliases="opportunity, deal name, opportunity name"),
        OWNER,
        TAGS,
        EXTERNAL_ID,
    )

    def complete(self, batch: Batch) -> None:
        """What it is where the file does not say: what has a time to come is a task, what had one a note."""
        now = timezone.now()
        kinds = batch.column("kind")
        times = [at or now for at in batch.column("occurred_at")]
        kinds = [kind or ("task" if at > now else "note") for kind, at in zip(kinds, times, strict=True)]
        done = [
            kind == "note" or (kind != "task" and at <= now) if said is None else said
            for said, kind, at in zip(batch.column("done"), kinds, times, strict=True)
        ]
        texts = zip(batch.column("subject"), batch.column("body"), batch.column("next_steps"), kinds, strict=True)
        subjects = [subject or subject_of(kind, body or steps or "") for subject, body, steps, kind in texts]
        batch.derived |= {"kind": kinds, "occurred_at": times, "done": done, "subject": subjects}

    # --- activities that exist: their verbs, and the gate of the verbs ----------------------------------------------
    def gate(self, batch: Batch) -> None:
        self.refuse_faults(batch)
        super().gate(batch)
        for done, rows in self.steps(batch).items():
            refused = Activity.objects.filter(pk__in=rows).refusals("change", by=self.member.actor, done=done)
            for pk, reason in refused.items():
                batch.refuse(rows[pk], reason, "done")

    def refuse_faults(self, batch: Batch) -> None:
        """What no activity can be. Of one that exists the file says a part; the rest stays as it is."""
        matched = {batch.ids[row]: row for row in batch.left() if row in batch.matched}
        known = Activity.objects.filter(pk__in=matched).values("pk", "done_at", *JUDGED)
        was = {matched[one.pop("pk")]: one for one in known}
        said = {name: batch.column(name) for name in JUDGED}
        times, done = batch.derived["occurred_at"], batch.column("done")
        for row in batch.left():
            values: dict[str, Any] = {name: column[row] or "" for name, column in said.items()}
            if row in was:
                values = {name: value or was[row][name] for name, value in values.items()}
                is_done = was[row]["done_at"] or values["kind"] == "note" if done[row] is None else done[row]
            else:
                values["kind"], is_done = batch.derived["kind"][row], batch.derived["done"][row]
            found = faults(**values, occurred_at=times[row], done_at=times[row] if is_done else None)
            for name, reason in found.items():
                batch.refuse(row, reason, name)

    def steps(self, batch: Batch) -> dict[bool, dict[int, int]]:
        """Those that the file says are done now, and those that are open again: activity id -> row."""
        rows = {batch.ids[row]: row for row in batch.left() if row in batch.matched}
        steps: dict[bool, dict[int, int]] = {True: {}, False: {}}
        said, kinds = batch.column("done"), batch.column("kind")
        for pk, done_at in Activity.objects.filter(pk__in=rows).values_list("pk", "done_at"):
            row, was = rows[pk], done_at is not None
            as_it_was = was or kinds[row] == "note"  # what becomes a note is done with that
            batch.derived["done"][row] = as_it_was if said[row] is None else said[row]
            if batch.derived["done"][row] != was:
                steps[not was][pk] = row
        return steps

    def change(self, batch: Batch) -> set[int]:
        changed: set[int] = set()
        for done, rows in self.steps(batch).items():
            activities = Activity.objects.filter(pk__in=rows)
            outcome = (activities.complete if done else activities.reopen)(by=self.member.actor)
            for pk, reason in outcome.refused.items():  # what came between the gate and the verb
                batch.refuse(rows[pk], reason, "done")
            changed |= rows.keys() - outcome.refused.keys()
        return changed

    # --- what is staged ---------------------------------------------------------------------------------------------
    def columns(self, batch: Batch) -> dict[str, list[Any]]:
        """An open one is due at its time, a done one was done then."""
        known = [at is not None or row not in batch.matched for row, at in enumerate(batch.column("occurred_at"))]
        times: list[dt.datetime | None] = [
            at if is_known else None for at, is_known in zip(batch.derived["occurred_at"], known, strict=True)
        ]
        return super().columns(batch) | {
            "kind": self.unless_matched(batch, batch.derived["kind"], batch.column("kind")),
            "subject": self.unless_matched(batch, batch.derived["subject"], batch.column("subject")),
            "occurred_at": times,
            "done_at": [at if done else None for at, done in zip(times, batch.derived["done"], strict=True)],
            "due_at": [None if done else at for at, done in zip(times, batch.derived["done"], strict=True)],
        }

    @staticmethod
    def unless_matched(batch: Batch, filled_in: list[Any], said: list[Any]) -> list[Any]:
        """New rows get what was filled in for them, existing ones only what the file says."""
        return [said[row] if row in batch.matched else value for row, value in enumerate(filled_in)]

    def plain_columns(self) -> list[str]:
        times = ["occurred_at", "done_at", "due_at"] if "occurred_at" in self.mapped else []
        subject = ["subject"] if "subject" in self.mapped else []
        return [*super().plain_columns(), *subject, *times]

    def write_parts(self, batch: Batch, rows: list[int], new: list[int]) -> set[int]:
        changed = super().write_parts(batch, rows, new)
        about_more: set[int] = set()
        for name in SUBJECTS:
            about = batch.column(name)
            linked = [row for row in rows if about[row]]
            if linked:
                links = {"activity": [batch.ids[row] for row in linked], name: [about[row] for row in linked]}
                there = f"old.activity_id = new.activity_id AND old.{name}_id = new.{name}_id"
                about_more |= set(insert_rows(ActivityLink, links, unless=there, returning="activity"))
        self.touch(about_more, batch, new)
        return changed | about_more
