import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formats import short_date
from core.one_line import one_line
from core.statements import fetch
from organizations.models import Organization
from records.models import Refusal, describe_change, record_event
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .contact import Contact
from .past_position import PastPosition
from .role import Role

COLLEAGUES = 4


#: A person's positions with all that its page shows of them, and those that are over. SQL and one statement, since
#: Django takes 4 ms of CPU to build and compile the same.
SHOWN = """
    SELECT held.id, held.job_title, held.is_primary, held.organization_id, organization.name, organization.sector,
           organization.employees, organization.location,
           ARRAY(SELECT role.name FROM contacts_positionrole AS link
                   JOIN contacts_role AS role ON role.workspace_id = link.workspace_id AND role.id = link.role_id
                  WHERE link.workspace_id = held.workspace_id AND link.position_id = held.id
                  ORDER BY role.position, role.name),
           ARRAY(SELECT json_build_object('id', person.id, 'name', btrim(person.first_name || ' ' || person.last_name),
                        'job_title', coalesce(nullif(other.job_title, ''), person.job_title))
                   FROM contacts_position AS other JOIN contacts_contact AS person
                     ON person.workspace_id = other.workspace_id AND person.id = other.contact_id
                  WHERE other.workspace_id = held.workspace_id AND other.organization_id = held.organization_id
                    AND other.id <> held.id AND person.deleted_at IS NULL
                  ORDER BY other.is_primary DESC, person.sort_name LIMIT %(colleagues)s),
           held.started_on, NULL::date AS ended_on
      FROM contacts_position AS held JOIN organizations_organization AS organization
        ON organization.workspace_id = held.workspace_id AND organization.id = held.organization_id
     WHERE held.workspace_id = %(workspace)s AND held.contact_id = %(contact)s AND organization.deleted_at IS NULL
    UNION ALL
    SELECT past.id, past.job_title, false, past.organization_id, organization.name, organization.sector,
           organization.employees, organization.location, string_to_array(nullif(past.roles, ''), ', '),
           ARRAY[]::json[], past.started_on, past.ended_on
      FROM contacts_pastposition AS past JOIN organizations_organization AS organization
        ON organization.workspace_id = past.workspace_id AND organization.id = past.organization_id
     WHERE past.workspace_id = %(workspace)s AND past.contact_id = %(contact)s AND organization.deleted_at IS NULL
     ORDER BY ended_on DESC NULLS FIRST, id
"""


class PositionQuerySet(models.QuerySet):
    def with_roles(self) -> Self:
        """Each with `role_names`, in the order of the roles."""
        roles = PositionRole.objects.filter(position=OuterRef("pk")).order_by("role__position", "role__name")
        return self.annotate(role_names=ArraySubquery(roles.values("role__name")))


@tracked
class Position(WorkspaceModel):
    """A person at an organization; at most one person there is its primary contact."""

    part_of = "contact"
    history_found_by = ("organization",)

    contact = WorkspaceForeignKey(
        Contact, models.DB_CASCADE, related_name="positions", db_index=False, verbose_name=gettext_lazy("person")
    )
    organization = WorkspaceForeignKey(
        Organization, models.DB_CASCADE, related_name="positions", verbose_name=gettext_lazy("organization")
    )
    job_title = models.CharField(gettext_lazy("job title"), max_length=120, blank=True)
    is_primary = models.BooleanField(gettext_lazy("primary contact"), default=False)
    #: empty where nobody has said
    started_on = models.DateField(gettext_lazy("since"), null=True, blank=True)
    roles = models.ManyToManyField(
        Role, through="PositionRole", related_name="+", blank=True, verbose_name=gettext_lazy("roles")
    )

    #: from `with_roles()` and `shown_for()`
    role_names: list[str]
    colleagues: list[dict[str, Any]]

    objects: ClassVar = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("position")
        verbose_name_plural = gettext_lazy("positions")
        ordering = ("-is_primary", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "contact", "organization"],
                name="contacts_position_once",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=gettext_lazy("This person has a position there already."),
            ),
            ExclusionRule(
                name="contacts_position_primary",
                columns=["workspace_id", "organization_id"],
                where="is_primary",
            ),
        ]

    def __str__(self):
        return f"{self.contact}, {self.organization}"

    @classmethod
    def shown_for(cls, contact: Contact) -> tuple[list[Self], list[PastPosition]]:
        """The person's positions, the oldest first: each with its organization (name, sector, employees, location),
        `role_names`, and some `colleagues` (id, name, job_title); and those that are over, the last one first."""
        held: list[Self] = []
        past: list[PastPosition] = []
        names = {"workspace": contact.workspace_id, "contact": contact.pk, "colleagues": COLLEAGUES}
        for row in fetch(SHOWN, names):
            pk, title, is_primary, at, name, sector, employees, location, roles, colleagues, since, until = row
            organization = Organization(id=at, name=name, sector=sector, employees=employees, location=location)
            shared = {"id": pk, "contact": contact, "organization": organization, "job_title": title}
            if until:
                past.append(PastPosition(**shared, roles=", ".join(roles or ()), started_on=since, ended_on=until))
                continue
            position = cls(**shared, is_primary=is_primary, started_on=since)
            position.role_names, position.colleagues = roles, colleagues
            held.append(position)
        return held, past

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def start(
        cls,
        contact: Contact,
        organization: Organization,
        *,
        by: Actor,
        job_title: str = "",
        roles: Iterable[Role] = (),
        is_primary: bool = False,
        started_on: dt.date | None = None,
    ) -> Self:
        """Put a person into an organization. Raises NotAllowed, and Refusal where the person has a position there."""
        contact.demand("change", by=by)
        contact.rows().locked()
        if cls.objects.filter(contact=contact, organization=organization).exists():
            raise Refusal(_("This person has a position there already."))
        position = cls(
            contact=contact,
            organization=organization,
            job_title=one_line(job_title),
            is_primary=is_primary,
            started_on=started_on,
        )
        describe_change(_("%(contact)s joined %(organization)s") % position.names)
        position.make_room()
        position.save(force_insert=True)
        PositionRole.objects.bulk_create(PositionRole(position=position, role=role) for role in roles)
        position.tell("position_started", by=by)
        return position

    @transaction.atomic
    def edit(
        self,
        *,
        by: Actor,
        job_title: str,
        roles: Iterable[Role],
        is_primary: bool,
        started_on: dt.date | None = None,
    ) -> None:
        """Change what the person is there. Raises NotAllowed."""
        self.contact.demand("change", by=by)
        links = PositionRole.objects.filter(position=self)
        wanted, had = {role.pk for role in roles}, set(links.values_list("role_id", flat=True))
        # What the row says, not this object: a form has written into it what was typed.
        values = {"job_title": one_line(job_title), "is_primary": is_primary, "started_on": started_on}
        if had == wanted and Position.objects.filter(pk=self.pk, **values).exists():
            return
        describe_change(_("Position of %(contact)s at %(organization)s changed") % self.names)
        for name, value in values.items():
            setattr(self, name, value)
        self.make_room()
        self.save(update_fields=list(values))
        links.exclude(role_id__in=wanted).delete()
        PositionRole.objects.bulk_create(PositionRole(position=self, role_id=pk) for pk in sorted(wanted - had))
        self.tell("position_changed", by=by)

    @transaction.atomic
    def end(self, *, by: Actor, on: dt.date | None = None) -> None:
        """Take the person out of the organization, as of a day (today unless given); that it was there stays as a past
        position. Who was its primary contact hands that on. Raises NotAllowed, and Refusal for a day before the start.
        """
        self.contact.demand("change", by=by)
        describe_change(_("%(contact)s left %(organization)s") % self.names)
        self.leave(on or timezone.localdate())
        self.tell("position_ended", by=by)

    @transaction.atomic
    def move_to(self, organization: Organization, *, by: Actor, on: dt.date | None = None, **values: Any) -> "Position":
        """Take the person to another organization, as of a day; `values` are what `start` takes. The position that it
        had becomes a past one. Raises NotAllowed, and Refusal where it has a position there or began here later."""
        day = on or timezone.localdate()
        if organization.pk == self.organization_id:
            raise Refusal(_("This person has a position there already."))
        moved = Position.start(self.contact, organization, by=by, started_on=day, **values)
        self.leave(day)
        self.tell("position_ended", by=by)
        words = self.names | {"to": organization.name}
        describe_change(_("%(contact)s moved from %(organization)s to %(to)s") % words)
        return moved

    def leave(self, day: dt.date) -> None:
        """Make a past position of this one."""
        if self.started_on and day < self.started_on:
            raise Refusal(
                _("Nobody leaves before the day of arrival, %(day)s.") % {"day": short_date(self.started_on, day)}
            )
        roles = PositionRole.objects.filter(position=self).order_by("role__position", "role__name")
        PastPosition.objects.create(
            contact=self.contact,
            organization=self.organization,
            job_title=self.job_title,
            roles=", ".join(roles.values_list("role__name", flat=True))[:400],
            started_on=self.started_on,
            ended_on=day,
        )
        self.delete()
        self.hand_on()

    def hand_on(self) -> None:
        """Mark another as the organization's primary contact, where this one was it: who decides, else the oldest."""
        if not self.is_primary:
            return
        there = Position.objects.filter(organization=self.organization, contact__deleted_at=None)
        deciders = PositionRole.objects.filter(position=OuterRef("pk"), role__decides=True)
        heir = there.order_by(Exists(deciders).desc(), "pk").values_list("pk", flat=True).first()
        if heir:
            Position.objects.filter(pk=heir).update(is_primary=True)

    def make_room(self) -> None:
        """Let go of the organization's primary contact before another one is marked; one at a time."""
        if self.is_primary:
            self.organization.rows().select_for_update(no_key=True).get()
            marked = Position.objects.filter(organization=self.organization, is_primary=True)
            marked.exclude(pk=self.pk).update(is_primary=False)

    @property
    def values(self) -> dict[str, Any]:
        """What `edit` takes besides the roles, as it is."""
        return {"job_title": self.job_title, "is_primary": self.is_primary, "started_on": self.started_on}

    @property
    def names(self) -> dict[str, Any]:
        return {"contact": self.contact.name, "organization": self.organization.name}

    def tell(self, kind: str, *, by: Actor) -> None:
        """Put it on both timelines."""
        data = self.names | {"job_title": self.job_title}
        record_event(kind, [(self.contact, data)], by=by)
        record_event(kind, [(self.organization, data)], by=by)


@tracked
class PositionRole(WorkspaceModel):
    part_of = "position"

    position = WorkspaceForeignKey(Position, models.DB_CASCADE, related_name="role_links", db_index=False)
    role = WorkspaceForeignKey(Role, models.DB_CASCADE, related_name="position_links")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "position", "role"],
                name="contacts_positionrole_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]

    def __str__(self):
        return f"{self.position}: {self.role}"
