from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.urls import reverse

from records.choosing import meant
from records.forms import RecordForm
from records.models import Record, RecordQuerySet
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .facts import Fact, FactRow

#: the pages of each record type, for rooms above that show them again; `page_urls` fills it
PAGES: "dict[str, RecordPage]" = {}


class Crumb(NamedTuple):
    """A step of the breadcrumb."""

    label: Any
    url: str


class RecordPage:
    """What a room declares about the pages of its record type."""

    model: ClassVar[type[Record]]
    form_class: ClassVar[type[RecordForm]]
    facts: ClassVar[tuple[Fact, ...]] = ()
    #: relations that the page shows, fetched with the record
    joined: ClassVar[tuple[str, ...]] = ("owner", "source")
    #: a square avatar: organizations, deals
    square: ClassVar[bool] = False
    template: ClassVar[str] = "records/record.html"
    form_template: ClassVar[str] = "records/form.html"
    #: words of the form: "New person", "Save person"
    new_label: ClassVar[Any]
    save_label: ClassVar[Any]

    # --- finding ------------------------------------------------------------------------------------------------------
    def rows(self, membership: Membership) -> RecordQuerySet:
        """The records that the member may see, each with what its page needs."""
        links = self.model.tag_link().objects.filter(record=OuterRef("pk")).order_by("tag__name")
        tag = JSONObject(id="tag_id", name="tag__name", hue="tag__hue")
        rows = self.model.objects.visible_to(membership).select_related(*self.joined)
        # By join: Django selects no related row over a key that is unique only within its workspace.
        pulse = {"last_activity_at": F("pulse__last_activity_at")} if hasattr(self.model, "pulse") else {}
        return rows.annotate(tag_list=ArraySubquery(links.values(json=tag)), **pulse)

    def find(self, request: WorkspaceRequest, pk: int, action: str = "view") -> Any:
        """The one door to a record. Foreign, hidden, in the trash: 404; seen but not one's to change: 403."""
        record = get_object_or_404(self.rows(request.membership), pk=pk)
        if action != "view" and not record.allows(action, request.membership):
            raise PermissionDenied
        return record

    def suggestions(self, membership: Membership, text: str) -> list[Record]:
        """What a picker suggests while one types."""
        return meant(self.model.objects.visible_to(membership), text, membership)

    # --- showing ------------------------------------------------------------------------------------------------------
    def crumbs(self, record: Any) -> Iterable[Crumb]:
        """The way from the list to the record; `record` is None on the page of a new one."""
        return [Crumb(self.model._meta.verbose_name_plural, self.list_url)]

    @property
    def list_url(self) -> str:
        return reverse(f"{self.model.namespace}:list")

    def fact_rows(self, record: Record) -> list[FactRow]:
        return [row for fact in self.facts for row in fact.rows(record)]

    def initial(self, request: WorkspaceRequest) -> dict[str, Any]:
        """What a new record's form starts with, from the address: `?organization=7`. Only fields of the form count."""
        return {name: value for name, value in request.GET.items() if name in self.form_class.base_fields}
