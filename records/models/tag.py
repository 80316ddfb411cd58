from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.models import SetUp
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

HUES = 8


@tracked
class Tag(SetUp):
    """A word that the workspace puts on records; the same tags serve every record type."""

    record_name = "tag"

    name = models.CharField(_("name"), max_length=60)
    hue = models.PositiveSmallIntegerField(_("colour"), default=0)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="records_tag_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A tag of this name exists."),
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def named(cls, name: str) -> "Tag":
        """The tag of this name, made with a colour of its own when it is new."""
        return cls.objects.get_or_create(name=name.strip(), defaults={"hue": sum(name.encode()) % HUES})[0]


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
