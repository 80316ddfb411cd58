"""The admin of one workspace, at /w/<slug>/admin/: what owners and admins set up. Rooms register what is theirs.

Entry and permissions come from the membership, by the rights; Django's own permissions and flags give nothing here. The
database holds every query to the workspace. What is changed lands in the change set, so Django's log stays empty.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Field, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from . import choices
from .forms import WorkspaceModelForm
from .models import Membership, Team
from .rights import RANK, ROLES

#: pages of Django's own sign-in, where the product has its own, and doors that nothing leads through
NOT_OURS = frozenset({"login", "logout", "password_change", "password_change_done", "view_on_site", "autocomplete"})
#: fields that the product offers as a choice: how the value is read, what there is
CHOSEN: dict[str, tuple[Any, Any]] = {"hue": (int, choices.HUES)}


class OurSite(admin.AdminSite):
    """An admin site behind the product's own sign-in."""

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [url for url in super().get_urls() if getattr(url, "name", "") not in NOT_OURS]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """403 for a signed-in reader who has no business here."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return guarded


class WorkspaceSite(OurSite):
    site_header = site_title = gettext_lazy("Set-up")
    index_title = gettext_lazy("Lists and roles")
    index_template = "admin/workspace_index.html"
    site_url = None

    def has_permission(self, request: HttpRequest) -> bool:
        return member_at(request).may("workspace", "admin")


workspace_site = WorkspaceSite(name="workspace_admin")


def member_at(request: HttpRequest) -> Membership:
    """Who sits before the page; the middleware has set it."""
    return request.membership  # type: ignore[attr-defined]


class FromRights(BaseModelAdmin):
    """Permissions by the mapping of rights; colours and currencies to choose from."""

    form: Any = WorkspaceModelForm

    def may(self, request: HttpRequest, action: str) -> bool:
        member = member_at(request)
        return member.may("workspace", "admin") and member.may(self.model.record_name, action)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "view")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, "view")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, "create")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, "delete")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name not in CHOSEN:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        coerce, found = CHOSEN[db_field.name]
        label, default = capfirst(db_field.verbose_name), db_field.get_default()
        return forms.TypedChoiceField(label=label, coerce=coerce, choices=found, initial=default)


class WorkspaceAdmin(FromRights, admin.ModelAdmin):
    """The admin of one of a workspace's models; its buttons call the verbs."""

    view_on_site = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/workspace_form.html"

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        obj.keep(by=member_at(request).actor)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        obj.remove(by=member_at(request).actor)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Django's log is empty here."""
        raise Http404

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The change set is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The change set is the log."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> None:  # type: ignore[override]
        """The change set is the log."""


@admin.register(Membership, site=workspace_site)
class MemberAdmin(WorkspaceAdmin):
    """Members without a letter: who is to sign in is invited from the settings. Nobody is deleted, work is kept."""

    fields = ("name", "email", "role", "team", "region", "is_active")
    list_display = ("name", "role", "team", "region", "signs_in", "is_active")
    list_filter = ("role", "is_active")
    list_select_related = ("team",)
    search_fields = ("name", "email")

    @admin.display(boolean=True, description=gettext_lazy("signs in"))
    def signs_in(self, member: Membership) -> bool:
        return member.user_id is not None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes what is above the own role."""
        above = obj is not None and RANK[obj.role] > RANK[member_at(request).role]
        return not above and super().has_change_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Who is added is active."""
        return self.fields if obj else self.fields[:-1]

    def formfield_for_choice_field(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            own = RANK[member_at(request).role]
            kwargs["choices"] = [(role, name) for role, name in ROLES.items() if RANK[role] <= own]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        by, fields = member_at(request).actor, dict(form.cleaned_data)
        if not change:
            obj.pk = Membership.add(by=by, **fields).pk
            return
        active = fields.pop("is_active")
        member = Membership.objects.get(pk=obj.pk)
        member.change(by=by, **fields)
        if active != member.is_active:
            member.reactivate(by=by) if active else member.deactivate(by=by)


@admin.register(Team, site=workspace_site)
class TeamAdmin(WorkspaceAdmin):
    fields = ("name", "manager")
    list_display = ("name", "manager")
    list_select_related = ("manager",)
