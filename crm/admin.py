"""The admin of the platform's staff, at /admin/: global tables only. Workspaces have admin sites of their own."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.tenancy import setting_scope
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
    """People who sign in. Passwords are theirs: a new one goes through the letter that they can ask for."""

    fields = ("email", "name", "language", "time_zone", "is_active", "is_staff", "is_superuser", "last_login")
    readonly_fields = ("email", "last_login")
    list_display = ("email", "name", "last_login", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    ordering = ("email",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are opened by those who own the mailbox."""
        return False


class WorkspaceList(ModelAdmin):
    """Which workspaces there are; what is in them opens to their members alone."""

    list_display = ("name", "slug", "language", "currency", "created_at")
    search_fields = ("name", "slug")
    ordering = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
