from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import OuterRef, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf, Trim
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Organization
from records.models import describe_change, record_event
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .contact import Contact
from .role import Role

COLLEAGUES = 4


class PositionQuerySet(models.QuerySet):
    def present(self) -> Self:
        """Of people and organizations that are not in the trash."""
        return self.filter(contact__deleted_at=None, organization__deleted_at=None)

    def with_roles(self) -> Self:
        """Each with `role_names`, in the order of the roles."""
        roles = PositionRole.objects.filter(position=OuterRef("pk")).order_by("role__position", "role__name")
        return self.annotate(role_names=ArraySubquery(roles.values("role__name")))

    def shown_for(self, contact: Contact) -> Self:
        """A person's positions as its page shows them: organization, roles, how many people and who they are."""
        others = Position.objects.filter(organization=OuterRef("organization"), contact__deleted_at=None)
        names = others.exclude(contact=contact).order_by("-is_primary", "contact__sort_name")[:COLLEAGUES]
        person = JSONObject(
            id="contact_id",
            name=Trim(Concat("contact__first_name", Value(" "), "contact__last_name")),
            job_title=Coalesce(NullIf("job_title", Value("")), "contact__job_title"),
        )
        rows = self.present().filter(contact=contact).select_related("organization").with_roles().order_by("id")
        return rows.annotate(colleagues=ArraySubquery(names.values(json=person)))


@tracked
class Position(WorkspaceModel):
    """A person at an organization; at most one person there is its primary contact."""

    contact = WorkspaceForeignKey(
        Contact, models.DB_CASCADE, related_name="positions", db_index=False, verbose_name=gettext_lazy("person")
    )
    organization = WorkspaceForeignKey(
        Organization, models.DB_CASCADE, related_name="positions", verbose_name=gettext_lazy("organization")
    )
    job_title = models.CharField(gettext_lazy("job title"), max_length=120, blank=True)
    is_primary = models.BooleanField(gettext_lazy("primary contact"), default=False)
    roles = models.ManyToManyField(
        Role, through="PositionRole", related_name="+", blank=True, verbose_name=gettext_lazy("roles")
    )

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
    ) -> Self:
        """Put a person into an organization. Raises NotAllowed."""
        contact.demand("change", by=by)
        position = cls(contact=contact, organization=organization, job_title=job_title, is_primary=is_primary)
        describe_change(_("%(contact)s joined %(organization)s") % position.names)
        position.make_room()
        position.save(force_insert=True)
        PositionRole.objects.bulk_create(PositionRole(position=position, role=role) for role in roles)
        position.tell("position_started", by=by)
        return position

    @transaction.atomic
    def edit(self, *, by: Actor, job_title: str, roles: Iterable[Role], is_primary: bool) -> None:
        """Change what the person is there. Raises NotAllowed."""
        self.contact.demand("change", by=by)
        describe_change(_("Position of %(contact)s at %(organization)s changed") % self.names)
        self.job_title, self.is_primary = job_title, is_primary
        self.make_room()
        self.save(update_fields=["job_title", "is_primary"])
        wanted = {role.pk for role in roles}
        links = PositionRole.objects.filter(position=self)
        links.exclude(role_id__in=wanted).delete()
        kept = set(links.values_list("role_id", flat=True))
        PositionRole.objects.bulk_create(PositionRole(position=self, role_id=pk) for pk in sorted(wanted - kept))
        self.tell("position_changed", by=by)

    @transaction.atomic
    def end(self, *, by: Actor) -> None:
        """Take the person out of the organization; history keeps that it was there. Raises NotAllowed."""
        self.contact.demand("change", by=by)
        describe_change(_("%(contact)s left %(organization)s") % self.names)
        self.delete()
        self.tell("position_ended", by=by)

    def make_room(self) -> None:
        """Let go of the organization's primary contact before another one is marked; one at a time."""
        if self.is_primary:
            self.organization.rows().select_for_update(no_key=True).get()
            marked = Position.objects.filter(organization=self.organization, is_primary=True)
            marked.exclude(pk=self.pk).update(is_primary=False)

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
