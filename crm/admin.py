"""The admin of the platform's staff, at /admin/: global tables only. Workspaces have admin sites of their own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from core.tenancy import setting_scope
from workspaces import choices
from workspaces.admin import OurSite
from workspaces.models import User, Workspace


class PlatformSite(OurSite):
    site_header = site_title = _("Rapport platform")
    index_title = _("Platform")
    site_url = "/"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.register(User, UserAdmin)
        self.register(Workspace, WorkspaceList)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """The queue has a page of ours: its own has inline styles, which the content policy forbids."""
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        for model in models:
            super().register(model, JobList if model is ProcrastinateJob else admin_class, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Sign-in as everywhere; around the page, its template included, the list of workspaces can be read."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            with setting_scope(platform="on"):
                response = inner(request, *args, **kwargs)
                return response.render() if hasattr(response, "render") else response

        return guarded


class UserAdmin(ModelAdmin):
    """People who sign in. Passwords are theirs: a new one goes through the letter that they can ask for. Nobody is
    deleted, so that a workspace keeps who owns it; who is to stay out is made inactive, which can be taken back."""

    fields = ("email", "name", "language", "time_zone", "is_active", "is_staff", "is_superuser", "last_login")
    readonly_fields = ("email", "last_login")
    list_display = ("email", "name", "last_login", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    ordering = ("email",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are opened by those who own the mailbox."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        found: dict[str, Any] = {"language": settings.LANGUAGES, "time_zone": choices.time_zones()}
        if db_field.name not in found:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        offered = [("", "–"), *found[db_field.name]]
        return forms.ChoiceField(label=capfirst(db_field.verbose_name), choices=offered, required=False)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        alone = [] if obj.is_active else obj.workspaces_owned_alone()
        if alone:
            words = gettext("Has no other owner who can sign in: %(workspaces)s.")
            messages.warning(request, words % {"workspaces": ", ".join(str(workspace) for workspace in alone)})


class ReadOnly(ModelAdmin):
    """What staff look at and never change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class JobList(ReadOnly):
    """What is queued, and what became of it."""

    list_display = ("pk", "task_name", "args", "status", "queue_name", "scheduled_at", "attempts")
    list_filter = ("status", "queue_name", "task_name")
    ordering = ("-pk",)


class WorkspaceList(ReadOnly):
    """Which workspaces there are; what is in them opens to their members alone."""

    list_display = ("name", "slug", "language", "currency", "created_at")
    search_fields = ("name", "slug")
    ordering = ("name",)
