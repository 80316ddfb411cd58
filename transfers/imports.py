"""What a file of members or of tags can fill. They stand here because their own rooms lie below."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.text import sort_name
from records.models import Tag
from transfers.batches import Batch
from transfers.kinds import Choice, Email, Text
from transfers.targets import Counts, Field, ImportTarget, register
from workspaces.models import Membership, Team
from workspaces.refusals import Refusal
from workspaces.rights import RANK, ROLES


@register
class MemberImport(ImportTarget):
    """A row is a member without a sign-in. A manager who is named becomes a member as well, with a team.

    Members are few: each row goes through the same verbs as a page, one at a time.
    """

    record = "member"
    label = gettext_lazy("Members")
    seen_at = "workspaces:members"
    keys = ("email", "name")
    fields = (
        Field(
            "name",
            pgettext_lazy("person", "Name"),
            Text(120),
            aliases="sales agent, agent, rep, sales rep, member, employee, full name, user",
            required=True,
        ),
        Field("email", gettext_lazy("E-mail"), Email(), aliases="email, email address, mail"),
        Field("role", gettext_lazy("Role"), Choice(ROLES), aliases="function"),
        Field(
            "manager",
            gettext_lazy("Manager"),
            Text(120, fixable=True),
            aliases="reports to, supervisor, team lead, sales manager, boss",
        ),
        Field("team", gettext_lazy("Team"), Text(120, fixable=True), aliases="group, department"),
        Field(
            "region",
            gettext_lazy("Region"),
            Text(80, fixable=True),
            aliases="regional office, office, territory, area, location",
        ),
    )

    def key_of(self, name: str, value: Any) -> Any:
        return value.lower() if name == "email" else super().key_of(name, value)

    def match(self, batch: Batch, key: str) -> dict[Any, list[int]]:
        known: dict[Any, list[int]] = {}
        for pk, value in Membership.objects.exclude(**{key: ""}).values_list("pk", key):
            known.setdefault(self.key_of(key, value), []).append(pk)
        wanted = {value for value in batch.column(key) if value is not None}
        return {value: known.get(self.key_of(key, value), []) for value in wanted}

    # --- writing ----------------------------------------------------------------------------------------------------
    def write(self, batch: Batch) -> Counts:
        counts = Counts(skipped=len(batch.skipped))
        rows = [{"row": row} | {f.name: batch.column(f.name)[row] for f in self.fields} for row in batch.left()]
        members = {member.pk: member for member in Membership.objects.select_related("team")}
        self.people: dict[str, list[Membership]] = {}
        for member in members.values():
            self.people.setdefault(sort_name(member.name), []).append(member)
        for cells in rows:
            row = cells.pop("row")
            people = {name: list(called) for name, called in self.people.items()}
            try:
                with transaction.atomic():  # a refused row leaves no manager and no team behind
                    self.write_row(members.get(batch.ids[row] or 0), cells, counts)
            except Refusal as refusal:
                self.people = people
                batch.refuse(row, str(refusal))
        return counts

    def write_row(self, member: Membership | None, cells: dict[str, Any], counts: Counts) -> None:
        """Add or change one member. Raises Refusal."""
        manager, team = cells.pop("manager"), cells.pop("team")
        values = {name: value for name, value in cells.items() if value is not None}
        if manager or team:
            values["team"] = self.team_of(manager, team)
        if member is None:
            self.add(**({"role": "rep"} | values))
            counts.created += 1
        elif any(getattr(member, name) != value for name, value in values.items()):
            self.check_raise(member, values.get("role", member.role))
            member.change(by=self.member.actor, **({"role": member.role} | values))
            counts.updated += 1
        else:
            counts.skipped += 1

    def team_of(self, manager_name: str | None, team_name: str | None) -> Team:
        """The team of this name, else the one that the manager leads; made where there is none."""
        manager = self.manager(manager_name) if manager_name else None
        teams = Team.objects.filter(name=team_name) if team_name else Team.objects.filter(manager=manager)
        team = teams.first() or Team.objects.filter(name=team_name or manager_name).first()
        if team is None:
            team = Team(name=team_name or manager_name)  # type: ignore[misc]
        if team.pk is None or (manager and team.manager_id != manager.pk):
            team.manager = manager
            team.keep(by=self.member.actor)
        return team

    def manager(self, name: str) -> Membership:
        """The member of this name, made or raised to a manager where that is needed."""
        called = self.people.get(sort_name(name), [])
        if len(called) > 1:
            raise Refusal(_("Several members are called “%(name)s”.") % {"name": name})
        if not called:
            return self.add(name=name, role="manager")
        if RANK[called[0].role] < RANK["manager"]:
            self.check_raise(called[0], "manager")
            called[0].change(by=self.member.actor, role="manager")
        return called[0]

    def add(self, **values: Any) -> Membership:
        member = Membership.add(by=self.member.actor, **values)
        self.people.setdefault(sort_name(member.name), []).append(member)
        return member

    @staticmethod
    def check_raise(member: Membership, role: str) -> None:
        """A name may be anybody's choice: a file gives no rights to those who sign in. Raises Refusal."""
        if member.user_id and RANK[role] > RANK[member.role]:
            raise Refusal(_("%(name)s signs in already: change the role on the members' page.") % {"name": member.name})


@register
class TagImport(ImportTarget):
    """A row is a tag, as the names of products until they are records of their own. One that exists stays as it is."""

    record = "tag"
    label = gettext_lazy("Tags")
    seen_at = "workspace_admin:records_tag_changelist"
    keys = ("name",)
    fields = (
        Field(
            "name",
            gettext_lazy("Name"),
            Text(60),
            aliases="tag, label, product, product name, category",
            required=True,
        ),
    )

    def match(self, batch: Batch, key: str) -> dict[Any, list[int]]:
        known = {self.key_of(key, name): [pk] for name, pk in Tag.objects.values_list("name", "pk")}
        wanted = {value for value in batch.column(key) if value is not None}
        return {value: known.get(self.key_of(key, value), []) for value in wanted}

    def key_of(self, name: str, value: Any) -> Any:
        return value.lower()

    def write(self, batch: Batch) -> Counts:
        rows = batch.left()
        new = [row for row in rows if row not in batch.matched]
        for row in new:
            batch.ids[row] = Tag.named(batch.column("name")[row], by=self.member.actor).pk
        return Counts(created=len(new), skipped=len(batch.skipped) + len(rows) - len(new))
