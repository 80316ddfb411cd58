"""A target whose rows become records: staged columns, tags, and the event that says where the record comes from."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import sort_name
from records.custom.definitions import fields_of
from records.duplicates import FINDERS, Lookalike
from records.models import Event, Record, Tag, Turn
from records.models.owner_rules import team_in_turn
from transfers import custom
from transfers.batches import Batch
from transfers.kinds import Tags, Text
from transfers.references import MemberReference, SourceReference, ids_by_name, shown
from transfers.staging import Staging, draw_ids, insert_rows
from transfers.targets import Counts, Field, ImportTarget
from workspaces.models import Membership, Workspace

OWNER = Field(
    "owner", gettext_lazy("Owner"), MemberReference(), "owner", "sales agent, agent, rep, assigned to, responsible"
)
SOURCE = Field("source", gettext_lazy("Source"), SourceReference(), "source", "lead source, origin")
TAGS = Field("tags", gettext_lazy("Tags"), Tags(), aliases="tag, labels, label, product, category", repeats=True)
EXTERNAL_ID = Field(
    "external_id", gettext_lazy("External id"), Text(120), "external_id", "id, record id, reference, number"
)


def squeezed(name: str) -> str:
    """Letters and digits alone."""
    return "".join(filter(str.isalnum, sort_name(name)))


class RecordTarget(ImportTarget):
    """Rows that become records of `model`."""

    model: ClassVar[type[Record]]

    @classmethod
    def of(cls, workspace: Workspace) -> type[ImportTarget]:
        """With the custom fields of the workspace."""
        added = custom.fields_for(workspace, cls.record) if hasattr(cls.model, "custom_value") else ()
        return type(cls.__name__, (cls,), {"fields": (*cls.fields, *added)}) if added else cls

    def notes(self, of: Field, texts: Collection[str]) -> dict[str, str]:
        """A new tag that differs from a known one by spaces and signs alone is likely a slip."""
        if of.name != "tags":
            return {}
        known = {squeezed(name): name for name in Tag.objects.values_list("name", flat=True)}
        found = {text: known.get(squeezed(text)) for text in texts}
        return {
            text: _("A new tag. Do you mean “%(name)s”?") % {"name": name}
            for text, name in found.items()
            if name and sort_name(name) != sort_name(text)
        }

    # --- what exists ------------------------------------------------------------------------------------------------
    def match(self, batch: Batch, key: str) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = {}
        for value, pk in shown(self.model, self.pairs(key, self.wanted(batch, key)), self.member):
            found.setdefault(value, []).append(pk)
        return found

    def taken(self, batch: Batch) -> dict[str, int]:
        return dict(self.pairs("external_id", self.wanted(batch, "external_id")))

    def wanted(self, batch: Batch, key: str) -> list[Any]:
        """The values of a key that the rows have."""
        return [value for value in self.key_values(batch, key) if value is not None]

    def pairs(self, key: str, wanted: list[Any]) -> Collection[tuple[Any, int]]:
        """Pairs of a value of the key and the id of a record that has it."""
        if key == "external_id":
            present = self.model.objects.present().exclude(external_id="")
            return present.filter(external_id__in=wanted).values_list("external_id", "pk")
        return ids_by_name(self.model, wanted)

    def alike(self, batch: Batch) -> dict[int, list[Lookalike]]:
        finder = FINDERS.get(self.record)
        new = [row for row in batch.left() if row not in batch.matched] if finder else []
        found = {row: finder.like(self.described(batch, row), self.member) for row in new} if finder else {}
        return {row: alike for row, alike in found.items() if alike}

    def described(self, batch: Batch, row: int) -> dict[str, Any]:
        """What a row says, as a form of the record would."""
        return {field.column: batch.column(field.name)[row] for field in self.fields if field.column}

    def gate(self, batch: Batch) -> None:
        self.refuse_new_tags(batch)
        rows = {batch.ids[row]: row for row in batch.left() if row in batch.matched}
        existing = self.model.objects.filter(pk__in=rows)
        for pk, reason in existing.refusals("change", by=self.member.actor).items():
            batch.refuse(rows[pk], reason)
        self.refuse_new_owners(batch)
        owners = batch.column("owner")
        given = [pk for pk, now in existing.values_list("pk", "owner_id") if owners[rows[pk]] not in (None, now)]
        for pk, reason in existing.filter(pk__in=given).refusals("assign", by=self.member.actor).items():
            batch.refuse(rows[pk], reason, "owner")

    def refuse_new_owners(self, batch: Batch) -> None:
        """Who was deactivated keeps its records and is given no others, not as the owner of what has none either."""
        usual = self.options.get("owner")
        if "owner" not in self.mapped and not usual:
            return
        gone = Membership.objects.filter(is_active=False).in_bulk()
        given, taken = batch.column("owner"), batch.matched
        owners = [usual if pk is None and row not in taken else pk for row, pk in enumerate(given)]
        rows = [row for row in batch.left() if owners[row] in gone]
        known = self.model.objects.filter(pk__in=[batch.ids[row] for row in rows if row in batch.matched])
        kept = dict(known.values_list("pk", "owner_id")) if rows else {}
        for row in rows:
            if kept.get(batch.ids[row]) != owners[row]:
                batch.refuse(row, gone[owners[row]].why_no_owner, "owner")

    def refuse_new_tags(self, batch: Batch) -> None:
        """Who may not make tags can use those that are there."""
        if "tags" not in self.mapped or self.member.may("tag", "create"):
            return
        known = {name.lower() for name in Tag.objects.values_list("name", flat=True)}
        for row, tags in enumerate(batch.column("tags")):
            if new := next((tag for tag in tags or () if tag.lower() not in known), None):
                batch.refuse(
                    row, _("There is no tag “%(name)s”, and your role may not make one.") % {"name": new}, "tags"
                )

    # --- writing ----------------------------------------------------------------------------------------------------
    def write(self, batch: Batch) -> Counts:
        new = [row for row in batch.left() if row not in batch.matched]
        for row, pk in zip(new, draw_ids(self.model, len(new)), strict=True):
            batch.ids[row] = pk
        changed = self.change(batch)
        rows = batch.left()  # without those that the verbs refused
        columns = self.columns(batch) | self.owners_by_turns(batch, new)
        staging = Staging(self.model, list(columns))
        is_new = [row not in batch.matched for row in range(len(batch))]
        every = zip(range(len(batch)), batch.ids, is_new, *columns.values(), strict=True)
        left = set(rows)
        staging.fill(row for row in every if row[0] in left)
        created = staging.insert(created_by_id=self.member.pk, owner_id=self.options.get("owner")) if new else 0
        if len(new) < len(rows):
            changed |= staging.update(self.plain_columns())
        changed |= self.write_parts(batch, rows, new)
        self.tell(self.model, [batch.ids[row] for row in new])
        updated = sum(batch.ids[row] in changed for row in rows if row in batch.matched)
        return Counts(created, updated, len(batch.skipped) + len(rows) - len(new) - updated)

    def owners_by_turns(self, batch: Batch, new: list[int]) -> dict[str, list[Any]]:
        """The owners of new rows that name none, where the members of a team get new records by turns."""
        team = None if self.options.get("owner") else team_in_turn(self.record, self.member.workspace)
        if team is None:
            return {}
        owners = list(batch.column("owner"))
        rows = [row for row in new if owners[row] is None]
        for row, owner in zip(rows, Turn.draw(team, self.record, len(rows)), strict=False):
            owners[row] = owner
        return {"owner": owners}

    def change(self, batch: Batch) -> set[int]:
        """Call the verbs that a change of existing records has, refuse the rows that they refuse; returns the ids of
        those that were changed."""
        return set()

    def columns(self, batch: Batch) -> dict[str, list[Any]]:
        """Values for the columns of the table; None stands for an empty cell."""
        return {
            field.column: batch.column(field.name)
            for field in self.fields
            if field.column and field.name in self.mapped
        }

    def plain_columns(self) -> list[str]:
        """The columns that an existing record takes over as they are."""
        return [field.column for field in self.fields if field.column and field.name in self.mapped]

    def write_parts(self, batch: Batch, rows: list[int], new: list[int]) -> set[int]:
        """Write what lies in other tables; returns the ids of the records that got something."""
        return self.write_tags(batch, rows) | self.write_custom(batch, rows, new)

    def write_custom(self, batch: Batch, rows: list[int], new: list[int]) -> set[int]:
        """Write the cells of custom fields; a field that was retired meanwhile is left out."""
        defined = fields_of(self.member.workspace).by_key(self.record)
        fields = [defined[name] for name in self.mapped & defined.keys()]
        changed: set[int] = set()
        for of in sorted(fields, key=lambda of: of.pk):
            changed |= custom.write(self.model, of, batch, rows, self.how)
        custom.begin(self.model, self.member.workspace, [batch.ids[row] for row in new], without=self.mapped)
        self.touch(changed, batch, new)
        return changed

    def touch(self, ids: set[int], batch: Batch, new: list[int]) -> None:
        """Those of these records that were there before got new parts, of which a form that is open knows nothing."""
        if old := ids.difference(batch.ids[row] for row in new):
            self.model.objects.filter(pk__in=old).touch()

    def write_tags(self, batch: Batch, rows: list[int]) -> set[int]:
        tags_of = batch.column("tags")
        tagged = [(batch.ids[row], name) for row in rows for name in tags_of[row] or ()]
        if not tagged:
            return set()
        names = dict.fromkeys(name for _pk, name in tagged)
        tags = {name: Tag.named(name, by=self.member.actor).pk for name in names}
        wanted = dict.fromkeys((pk, tags[name]) for pk, name in tagged)  # "VIP" and "vip" are one
        links: dict[str, list[Any]] = {"record": [pk for pk, _tag in wanted], "tag": [tag for _pk, tag in wanted]}
        there = "old.record_id = new.record_id AND old.tag_id = new.tag_id"
        return set(insert_rows(self.model.tag_link(), links, unless=there, returning="record"))

    def tell(self, model: type[Record], ids: Sequence[int]) -> None:
        """One event for all these new records, on the timeline of each."""
        if not ids:
            return
        event = Event.say("imported", {"file": self.run.name}, by=self.member.actor)
        link: Any = model._meta.get_field("event_links").related_model  # type: ignore[misc]
        insert_rows(link, {"record": ids}, event=event.pk, occurred_at=event.occurred_at)
