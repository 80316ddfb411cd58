from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.tracking import tracked
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel


@tracked
class Pipeline(WorkspaceModel):
    """A way of selling: stages in an order."""

    name = models.CharField(_("name"), max_length=80)
    currency = models.CharField(_("currency"), max_length=3)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("pipeline")
        verbose_name_plural = _("pipelines")
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="deals_pipeline_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A pipeline of this name exists."),
            )
        ]

    def __str__(self):
        return self.name


@tracked
class Stage(WorkspaceModel):
    """A step of a pipeline. Won, lost and abandoned are no stages: they are the deal's status."""

    pipeline = WorkspaceForeignKey(
        Pipeline, models.DB_CASCADE, related_name="stages", db_index=False, verbose_name=_("pipeline")
    )
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    win_chance = models.PositiveSmallIntegerField(
        _("win chance"), default=50, validators=[MaxValueValidator(100)], help_text=_("In percent.")
    )
    idle_days = models.PositiveSmallIntegerField(
        _("idle after"), null=True, blank=True, help_text=_("Days without activity; empty for never.")
    )
    hue = models.PositiveSmallIntegerField(_("colour"), default=2)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "pipeline", "name"],
                name="deals_stage_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A stage of this name exists in the pipeline."),
            )
        ]

    def __str__(self):
        return self.name
