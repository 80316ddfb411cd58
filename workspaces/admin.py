"""The admin of one workspace, at /w/<slug>/admin/: what owners and admins set up. Rooms register what is theirs.

Entry and permissions come from the membership, by the rights; Django's own permissions and flags give nothing here. The
database holds every query to the workspace. What is changed lands in the change set, so Django's log stays empty.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy


class WorkspaceSite(admin.AdminSite):
    site_header = site_title = gettext_lazy("Set-up")
    index_title = gettext_lazy("Pipelines, lists, roles")
    site_url = None
    index_template = "workspaces/admin/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        return request.membership.may("workspace", "admin")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """403 for members of another role; whoever gets here has signed in already."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        guarded.door = ("workspace", "admin")  # type: ignore[attr-defined]
        return guarded

    def get_urls(self) -> list:
        """Without sign-in, sign-out and password pages: those are the product's."""
        outside = {"login", "logout", "password_change", "password_change_done", "view_on_site"}
        return [url for url in super().get_urls() if getattr(url, "name", "") not in outside]


workspace_site = WorkspaceSite(name="workspace_admin")


class FromRights:
    """Permissions by the mapping: `record` names the row of RIGHTS."""

    record: str

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "view")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "view")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "create")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "delete")

    def _may(self, request: HttpRequest, action: str) -> bool:
        member = request.membership
        return member.may("workspace", "admin") and member.may(self.record, action)
