from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import ngettext

from workspaces.admin import WorkspaceAdmin, WorkspaceInline, workspace_site

from .models import Deal, Pipeline, Stage


class StageFormSet(forms.BaseInlineFormSet):
    """Stages that hold deals, closed ones and those in the trash among them, are not deleted."""

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            count = Deal.objects.filter(stage=form.instance).count()
            if count:
                raise ValidationError(
                    ngettext(
                        "%(stage)s holds %(count)s deal, open, closed or in the trash. It can't be deleted.",
                        "%(stage)s holds %(count)s deals, open, closed or in the trash. It can't be deleted.",
                        count,
                    ),
                    params={"stage": form.instance, "count": count},
                )


class StageInline(WorkspaceInline):
    model = Stage
    formset = StageFormSet
    fields = ("name", "position", "win_chance", "idle_days", "hue")


@admin.register(Pipeline, site=workspace_site)
class PipelineAdmin(WorkspaceAdmin):
    fields = ("name", "currency", "position")
    list_display = ("name", "currency", "position")
    inlines = (StageInline,)
    actions: Any = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A pipeline with deals stays."""
        used = obj is not None and Deal.objects.filter(pipeline=obj).exists()
        return not used and super().has_delete_permission(request, obj)
