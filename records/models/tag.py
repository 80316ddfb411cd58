from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspaces.models import SetUp
from workspaces.refusals import Refusal
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

HUES = 8
LONGEST = 60


@tracked
class Tag(SetUp):
    """A word that the workspace puts on records; the same tags serve every record type."""

    record_name = "tag"
    made_on_the_way = True

    name = models.CharField(_("name"), max_length=LONGEST)
    hue = models.PositiveSmallIntegerField(_("colour"), default=0)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)
        constraints: ClassVar = [
            ExclusionRule(
                name="records_tag_name",
                columns=["workspace_id", "lower(name)"],
                where="name <> ''",
                violation_error_message=_("A tag of this name exists."),
            )
        ]

    def __str__(self):
        return self.name

    def clean(self) -> None:
        if Tag.called(self.name).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("A tag of this name exists.")})

    @classmethod
    def called(cls, name: str) -> models.QuerySet["Tag"]:
        """The tag of this name, whatever its case."""
        return cls.objects.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))

    @classmethod
    def named(cls, name: str, *, by: Actor) -> "Tag":
        """The tag of this name, whatever its case; made with a colour of its own when it is new.

        Raises Refusal for an empty name, and for a new one where the actor may not make tags.
        """
        name = name.strip()[:LONGEST]
        if not name:
            raise Refusal(gettext("Not tagged. Type the name of a tag."))
        if tag := cls.called(name).first():
            return tag
        if by.membership and not by.membership.may("tag", "create"):
            text = gettext("There is no tag “%(name)s”. Owners and admins of the workspace make new ones.")
            raise Refusal(text % {"name": name})
        try:
            with transaction.atomic():
                return cls.objects.create(name=name, hue=sum(name.encode()) % HUES)
        except IntegrityError:  # somebody else was a moment earlier
            return cls.called(name).get()


class TagLink(WorkspaceModel):
    """A tag on one record; each record type declares its own: `record = WorkspaceForeignKey(…)`."""

    part_of = "record"

    tag = WorkspaceForeignKey(Tag, models.DB_CASCADE, related_name="%(class)s_set")

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "record", "tag"],
                name="%(class)s_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]
