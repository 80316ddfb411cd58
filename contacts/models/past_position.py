from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Organization
from records.models import describe_change
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .contact import Contact


class PastPositionQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by(F("ended_on").desc(), "-pk")


@tracked
class PastPosition(WorkspaceModel):
    """Where a person was, and as what, in the words of that time.

    A table beside the positions and no mark on them: lists, filters, search and timelines ask who works where, and
    each would have to leave out what is over (docs/decisions/20-ties-and-positions.md).
    """

    part_of = "contact"
    history_found_by = ("organization",)

    contact = WorkspaceForeignKey(
        Contact, models.DB_CASCADE, related_name="past_positions", verbose_name=gettext_lazy("person")
    )
    organization = WorkspaceForeignKey(
        Organization, models.DB_CASCADE, related_name="past_positions", verbose_name=gettext_lazy("organization")
    )
    job_title = models.CharField(gettext_lazy("job title"), max_length=120, blank=True)
    #: the names that they had
    roles = models.CharField(gettext_lazy("roles"), max_length=400, blank=True)
    started_on = models.DateField(gettext_lazy("since"), null=True, blank=True)
    ended_on = models.DateField(gettext_lazy("until"))

    objects: ClassVar = PastPositionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("past position")
        verbose_name_plural = gettext_lazy("past positions")

    def __str__(self):
        return f"{self.contact}, {self.organization}"

    @transaction.atomic
    def remove(self, *, by: Actor) -> None:
        """Take it off: it was never so. Raises NotAllowed."""
        self.contact.demand("change", by=by)
        names = {"contact": self.contact.name, "organization": self.organization.name}
        describe_change(_("Past position of %(contact)s at %(organization)s removed") % names)
        self.delete()
