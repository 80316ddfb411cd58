from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import capfirst

from workspaces.admin import WorkspaceAdmin, WorkspaceInline, workspace_site
from workspaces.refusals import Refusal

from .models import Deal, Pipeline, Stage


class StageFormSet(forms.BaseInlineFormSet):
    """Says above the rows which stage can't be deleted."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Name each field for screen readers: the headings of Django's table name them for the eye only."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            field.widget.attrs.setdefault("aria-label", capfirst(str(field.label or name)))

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if not form.instance.pk:  # of another pipeline: an error already
                continue
            try:
                form.instance.check_unused()
            except Refusal as refusal:
                raise ValidationError(str(refusal)) from refusal


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
