from collections.abc import Iterable, Mapping
from string import Template
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.statements import Statement, fetch
from records.choosing import meant
from records.forms import RecordForm
from records.listing.columns import Column
from records.listing.look import Look
from records.models import Record
from records.models.custom_field import PREFIX
from records.models.custom_writing import values_sql
from records.panels import ASIDES
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .facts import Fact, Facts, ShownFact
from .folds import folds_of

#: the pages of each record type, for rooms above that show them again; `page_urls` fills it
PAGES: "dict[str, RecordPage]" = {}

TAGS = Template("""
    SELECT coalesce(json_agg(json_build_object('id', tag.id, 'name', tag.name, 'hue', tag.hue) ORDER BY tag.name), '[]')
      FROM $links AS link JOIN records_tag AS tag ON tag.workspace_id = link.workspace_id AND tag.id = link.tag_id
     WHERE link.workspace_id = %(workspace)s AND link.record_id = %(record)s""")
PULSE = Template("""
    SELECT last_activity_at FROM $pulses WHERE workspace_id = %(workspace)s AND record_id = %(record)s""")
FOLLOWED = Template("""
    SELECT EXISTS (SELECT FROM $followers WHERE workspace_id = %(workspace)s AND record_id = %(record)s
                      AND member_id = %(member)s)""")


class Crumb(NamedTuple):
    """A step of the breadcrumb."""

    label: Any
    url: str


def crumb_of(record: Any) -> list[Crumb]:
    """The step that a record above makes; none when there is no such record, or its page is gone with the trash."""
    return [Crumb(record.name, record.get_absolute_url())] if record and not record.deleted_at else []


class RecordPage:
    """What a room declares about the pages of its record type."""

    model: ClassVar[type[Record]]
    form_class: ClassVar[type[RecordForm]]
    facts: ClassVar[tuple[Fact, ...]] = ()
    #: what stands below them, the same for most
    other_facts: ClassVar[tuple[Fact, ...]] = (
        Fact("source"),
        Fact("created_at", kind="moment", field=None),
        Fact("updated_at", kind="moment", field=None),
        Fact("external_id", field=None, optional=True),
    )
    #: relations that the page shows, fetched with the record
    joined: ClassVar[tuple[str, ...]] = ("owner", "source")
    #: attribute -> SQL of one value that the page shows beside the record's own, of %(workspace)s and %(record)s.
    #: SQL, since Django takes 3 ms of CPU a page to build and compile such sub-selects.
    asides: ClassVar[Mapping[str, str]] = {}
    #: a square avatar: organizations, deals
    square: ClassVar[bool] = False
    #: people have a right to be erased
    erasable: ClassVar[bool] = False
    template: ClassVar[str] = "records/record.html"
    form_template: ClassVar[str] = "records/form.html"
    #: words of the form: "New person", "Save person"
    new_label: ClassVar[Any]
    save_label: ClassVar[Any]
    #: "Merge %(count)d people", of those that can be merged
    merge_label: ClassVar[Any]

    # --- finding ------------------------------------------------------------------------------------------------------
    def find(self, request: WorkspaceRequest, pk: int, action: str = "view") -> Any:
        """The one door to a record. Foreign, hidden, in the trash: 404; seen but not one's to change: 403."""
        record: Any = next(iter(self.by_id(id=pk)), None)
        if record is None or not record.allows("view", request.membership):
            raise Http404
        if action != "view" and not record.allows(action, request.membership):
            raise PermissionDenied
        self.conceal(record, request.membership)
        return record

    def find_sent(self, request: WorkspaceRequest, pk: int) -> Any:
        """The record that a form changes. What was deleted since the form was opened is found as well, for the verb to
        say who did that beside what was typed."""
        try:
            return self.find(request, pk, "change")
        except Http404:
            lying = self.model.objects.filter(pk=pk, deleted_at__isnull=False).select_related(*self.joined)
            record = lying.first() if request.method == "POST" else None
            if record is None or not record.allows("change", request.membership):
                raise
        self.conceal(record, request.membership)
        return record

    def conceal(self, record: Any, membership: Membership) -> None:
        """Take from the record what its page must not say to the member."""
        record.conceal([record], membership)

    @cached_property
    def by_id(self) -> Statement:
        """The statement that finds a record that is not in the trash, with what its page joins."""
        rows = self.model.objects.present().select_related(*self.joined)
        return Statement(lambda id: rows.filter(pk=id), id=int)

    def read_asides(self, record: Record, membership: Membership) -> None:
        """Give the record, as attributes, what its page shows the member beside its own columns."""
        names, sql = self.asides_sql
        [values] = fetch(sql, {"workspace": record.workspace_id, "record": record.pk, "member": membership.pk})
        for name, value in zip(names, values, strict=True):
            setattr(record, name, value)

    @cached_property
    def asides_sql(self) -> tuple[list[str], str]:
        """The names of the asides, and the statement that reads them all."""
        asides = {"tag_list": TAGS.substitute(links=self.model.tag_link()._meta.db_table), **self.asides}
        asides |= ASIDES[self.model.record_name]
        if hasattr(self.model, "pulse"):
            pulses: Any = self.model._meta.get_field("pulse").related_model  # type: ignore[misc]
            asides["last_activity_at"] = PULSE.substitute(pulses=pulses._meta.db_table)
        if follower := self.model.follower():
            asides["is_followed"] = FOLLOWED.substitute(followers=follower._meta.db_table)
        if self.model.custom_value():
            asides["custom_list"] = values_sql(self.model)
        return list(asides), "SELECT " + ", ".join(f"({sql})" for sql in asides.values())

    def suggestions(self, membership: Membership, text: str) -> list[Record]:
        """What a picker suggests while one types."""
        return meant(self.model.objects.visible_to(membership), text, membership)

    # --- showing ------------------------------------------------------------------------------------------------------
    def crumbs(self, record: Any) -> Iterable[Crumb]:
        """The way from the list to the record; `record` is None on the page of a new one."""
        return [Crumb(self.model._meta.verbose_name_plural, self.list_url)]

    @property
    def plural(self) -> Any:
        return self.model._meta.verbose_name_plural

    @property
    def merge_name(self) -> str:
        """Name of the address where its records are merged, and where two are said to be distinct."""
        return f"{self.model.namespace}:merge"

    @property
    def distinct_name(self) -> str:
        return f"{self.model.namespace}:distinct"

    @property
    def list_url(self) -> str:
        return reverse(f"{self.model.namespace}:list")

    def list_query(self, path: str, query: str, record: Any) -> str | None:
        """The query string of the list in which a record stands on a page beside others; None without a list."""
        return query if path == self.list_url else None

    def shown_facts(self, request: WorkspaceRequest, record: Record) -> Facts:
        """The facts as the reader sees them, with pencils for what it may change."""
        look, may_change = Look(request.workspace.country), record.allows("change", request.membership)
        from records.custom.facts import EMPTY, groups_of  # made of the facts here

        groups = [
            ("details", _("Details"), self.facts),
            *groups_of(record, request.membership),
            ("other", _("Other data"), self.other_facts),
        ]

        def shown(fact: Fact) -> ShownFact:
            may_edit = may_change and self.may_edit(fact, record, request.membership)
            return ShownFact(fact, record, record.url_of("fact", fact.name) if may_edit else "", look)

        return Facts(
            [(name, title, [shown(fact) for fact in facts]) for name, title, facts in groups],
            folds_of(request, record.record_name) | {EMPTY},
        )

    @cached_property
    def facts_by_name(self) -> dict[str, Fact]:
        """The facts that a form can change, for lists that edit them in their cells."""
        form = self.form_class
        fields = {*form.base_fields, *form.row_sets}
        return {f.name: f for f in (*self.facts, *self.other_facts) if f.edits and fields.issuperset(f.edits)}

    def facts_in(self, columns: Iterable[Column]) -> dict[str, Fact]:
        """The same with the custom fields among the columns."""
        custom = (column.name for column in columns if column.name.startswith(PREFIX))
        return self.facts_by_name | {name: Fact(name) for name in custom}

    def may_edit(self, fact: Fact, record: Record, membership: Membership) -> bool:
        """Can the fact be edited by itself, by somebody who may change the record?"""
        if fact.name in record.concealed or not fact.stands_in(self.form_class):
            return False
        return fact.editable(record) and ("owner" not in fact.edits or record.allows("assign", membership))

    def head(self, record: Any) -> Mapping[str, Any]:
        """What the head of the page shows besides what all heads do."""
        return {}

    def initial(self, request: WorkspaceRequest) -> dict[str, Any]:
        """What a new record's form starts with, from the address: `?organization=7`. Only fields of the form count."""
        return {name: value for name, value in request.GET.items() if name in self.form_class.base_fields}
