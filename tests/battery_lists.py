"""The battery of lists: what every record type's list must do. A room's tests declare a case and inherit it.

class TestContactList(ListBattery):
    case = ListCase(ContactListing, ContactFactory, filters={"job_title=head": ({"job_title": "Head"}, {})}, …)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from random import Random
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from core.tenancy import workspace_scope
from core.text import fold
from records.listing import Listing, Text
from records.listing.paging import Order, page_of
from records.models import Record
from records.pages import PAGES
from tests.battery_pages import HTMX, page_text, statements
from tests.conftest import WorkspaceClient
from tests.factories import SourceFactory, TagFactory
from tests.importing import run_jobs
from tests.reading import filled_form, undo_path

MOST_STATEMENTS = 10
#: what somebody may write into an address; none of it may break a page
NONSENSE = ("x", "-1", "9" * 40, "1e400", "2026-02-30", "\x00", "☃", "none", "'", "1,2")
ROWS, PAGE = 23, 5
#: filters that every list has; the battery tests them itself
COMMON = {"name", "owner", "tags", "followers", "source", "group", "created_at", "created_at_from", "created_at_to"} | {
    f"{name}{end}" for name in ("next_step", "last_activity") for end in ("", "_from", "_to", "_is")
}


@dataclass(frozen=True)
class ListCase:
    """What the battery needs to know of a list."""

    listing: type[Listing]
    factory: Callable[..., Record]
    #: query -> what a row must have to pass, and what another has that must not
    filters: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)
    #: filters that the room tests by itself, since they name other rows
    elsewhere: frozenset[str] = frozenset()
    #: values of a row that test the order: some equal, some empty
    values: Callable[[Random], dict[str, Any]] = field(default=lambda random: {})
    #: what hangs on a row beside tags: positions, links
    furnish: Callable[[Record], Any] = field(default=lambda record: None)


def ids_in(response) -> list[int]:
    """The records of a page, in their order."""
    return [int(pk) for pk in re.findall(r'name="ids" value="(\d+)"', page_text(response))]


def link(response, rel: str) -> str:
    """Where the pager leads; "" where it leads nowhere."""
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page_text(response))
    return unescape(found[1]) if found else ""


class ListBattery:
    """Inherit, and declare `case`."""

    case: ClassVar[ListCase]

    def name(self, view: str) -> str:
        return f"{self.case.listing.model.namespace}:{view}"

    def make(self, acme, **values: Any) -> Record:
        return self.case.factory(workspace=acme, **values)

    def get(self, client: WorkspaceClient, query: str = "", **kwargs):
        return client.get(f"{client.url(self.name('list'))}?{query}", **kwargs)

    def post(self, client: WorkspaceClient, action: str, *, rows=(), **data: Any):
        data |= {"action": action, "ids": [row.pk for row in rows]}
        return client.post_w(self.name("bulk"), data=data)

    def fresh(self, record: Record) -> Record:
        with workspace_scope(record.workspace_id):
            return type(record).objects.select_related("owner").get(pk=record.pk)

    def tags_of(self, record: Record) -> set[str]:
        with workspace_scope(record.workspace_id):
            return {tag.name for tag in record.tags.all()}

    # --- declaration --------------------------------------------------------------------------------------------------
    def test_each_order_has_its_index(self):
        for column in self.case.listing.columns:
            if column.sort:
                *relation, name = column.sort.split("__")
                model, last = self.case.listing.model, "id"
                if relation:
                    model, last = model._meta.get_field(relation[0]).related_model, "record"
                assert ["workspace", name, last] in [index.fields for index in model._meta.indexes], column

    def test_each_order_goes_on_behind_its_first_page(self, client_of, alice, acme, monkeypatch):
        monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 2)
        client, made = client_of(alice), {self.make(acme, owner=alice).pk for _ in range(5)}
        for column in self.case.listing.columns:
            for sort in (column.name, f"-{column.name}") if column.sort else ():
                seen, query = set(), f"sort={sort}"
                while query:
                    page = self.get(client, query)
                    seen |= {
                        int(pk)
                        for pk in re.findall(rf'id="{self.case.listing.model.record_name}-(\d+)"', page_text(page))
                    }
                    query = link(page, "next").removeprefix("?")
                assert seen >= made, sort

    def test_the_first_sight(self, client_of, alice, acme):
        client = client_of(alice)
        empty = page_text(self.get(client))
        assert str(self.case.listing.none_yet) in empty
        row = self.make(acme, owner=alice)
        page = page_text(self.get(client))
        assert f'id="{row.record_name}-{row.pk}"' in page
        assert f'href="{client.url(self.name("detail"), row.pk)}"' in page
        assert 'role="status">1–1 of 1<' in page
        missed = page_text(self.get(client, "name=zzzzzz"))
        assert str(self.case.listing.none_match) in missed

    def test_nothing_is_taken_for_markup(self, client_of, alice, acme):
        nasty = '<b>"x"</b>&'
        with workspace_scope(acme.pk):
            row = self.make(acme)
            texts = [f for f in row._meta.local_fields if type(f) is models.CharField and not f.choices and f.editable]
            type(row).objects.filter(pk=row.pk).update(
                **{f.name: nasty for f in texts if f.max_length >= 60 and f.name != "external_id"}
            )
            TagFactory(name=nasty)
        every = ",".join(column.name for column in self.case.listing.columns)
        page = page_text(self.get(client_of(alice), urlencode({"columns": every, "name": nasty})))
        assert "<b>&quot;x" not in page
        assert nasty not in page

    # --- order and pages ----------------------------------------------------------------------------------------------
    def test_every_order_walks_every_row_once_both_ways(self, acme, alice):
        random = Random(7)
        with workspace_scope(acme.pk):
            for _ in range(ROWS):
                self.make(acme, **self.case.values(random))
            for column in self.case.listing.columns:
                for descending in (False, True) if column.sort else ():
                    self.check_order(alice, column.name, descending)

    def check_order(self, member, name: str, descending: bool) -> None:
        params = QueryDict(f"sort={'-' * descending}{name}")
        order = self.case.listing.order(params)
        rows = self.case.listing.matching(member, params)
        forwards, page = [], page_of(rows, order, size=PAGE)
        while True:
            assert page.start == len(forwards)
            forwards += page.rows
            if page.after is None:
                break
            page = page_of(rows, order, after=page.after.dumps(order), size=PAGE)
        assert [row.pk for row in forwards] == self.expected(rows, order), (name, descending)
        behind = len(forwards) - len(page.rows)
        while page.before:
            page = page_of(rows, order, before=page.before.dumps(order), size=PAGE)
            assert [row.pk for row in page.rows] == [row.pk for row in forwards[behind - PAGE : behind]]
            behind -= PAGE
        assert behind == 0

    def expected(self, rows: models.QuerySet, order: Order) -> list[int]:
        """The ids in the order that Python finds: empty values last, ids against ties."""
        values = list(rows.order_by().values_list(order.column, "pk"))
        filled = [pair for pair in values if pair[0] not in (None, "")]
        empty = [(0, pk) for value, pk in values if value in (None, "")]
        return [pk for part in (filled, empty) for _value, pk in sorted(part, reverse=order.descending)]

    def test_pages_are_linked_and_headings_sort(self, client_of, alice, acme, monkeypatch):
        monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 2)
        made = {self.make(acme).pk for _ in range(5)}
        client, path = client_of(alice), client_of(alice).url(self.name("list"))
        first = self.get(client, "sort=name")
        assert 'aria-sort="ascending"' in page_text(first)
        assert "sort=-name" in page_text(first)
        second = client.get(path + link(first, "next"))
        third = client.get(path + link(second, "next"))
        assert "5–5 of 5" in page_text(third)
        assert not link(third, "next")
        assert set(ids_in(first) + ids_in(second) + ids_in(third)) == made
        assert ids_in(client.get(path + link(third, "prev"))) == ids_in(second)
        assert ids_in(self.get(client, "sort=name&after=broken")) == ids_in(first)
        assert ids_in(self.get(client, "sort=nonsense")) == ids_in(self.get(client))

    # --- filters ------------------------------------------------------------------------------------------------------
    def test_each_filter_keeps_what_it_says(self, client_of, alice, acme):
        client = client_of(alice)
        for query, (passing, failing) in self.case.filters.items():
            kept, left = self.make(acme, **passing), self.make(acme, **failing)
            answer = self.get(client, query)
            assert kept.pk in ids_in(answer), query
            assert left.pk not in ids_in(answer), query
            assert 'class="chip on"' in page_text(answer), query
            bare = re.search(r'class="chip on" href="([^"]+)"', page_text(answer))[1]
            assert {kept.pk, left.pk} <= set(ids_in(self.get(client, unescape(bare).lstrip("?")))), query

    def test_every_filter_is_in_the_case(self):
        tested = {name for query in self.case.filters for name in QueryDict(query)} | self.case.elsewhere
        assert self.case.listing.filters_class.base_filters.keys() - COMMON <= tested

    def test_the_filters_of_every_list(self, client_of, mara, bob, acme):
        with workspace_scope(acme.pk):
            mine, other = self.make(acme, owner=mara), self.make(acme, owner=bob)
            nobodys = self.make(acme, owner=None)
            tag = TagFactory()
            mine.rows().tag(tag, by=mara.actor)
            first_letters = mine.sort_name[:4]
        client = client_of(mara)
        assert ids_in(self.get(client, "owner=me")) == [mine.pk]
        assert set(ids_in(self.get(client, f"owner={bob.pk}&owner=none"))) == {other.pk, nobodys.pk}
        assert ids_in(self.get(client, f"tags={tag.pk}")) == [mine.pk]
        assert set(ids_in(self.get(client, "tags=none"))) == {other.pk, nobodys.pk}
        assert mine.pk in ids_in(self.get(client, urlencode({"name": first_letters.upper()})))
        assert tag.name in page_text(self.get(client, f"tags={tag.pk}"))

    def test_when_it_was_made_and_where_it_came_from(self, client_of, mara, acme):
        with workspace_scope(acme.pk):
            source = SourceFactory()
            new, old = self.make(acme, source=source), self.make(acme)
            old.rows().update(created_at="2020-06-30T12:00Z")
        client = client_of(mara)
        for query, found in {
            "created_at=last_7_days": [new.pk],
            "created_at_to=2020-06-30&created_at_from=2020-06-30": [old.pk],
            "created_at_to=2020-06-29": [],
            f"source={source.pk}": [new.pk],
            "source=none": [old.pk],
        }.items():
            if query.split("=")[0] in self.case.listing.filters_class.base_filters:
                assert ids_in(self.get(client, query)) == found, query

    def test_what_comes_next_and_what_was_last(self, client_of, mara, acme):
        if "next_step" not in self.case.listing.by_name:
            return
        with workspace_scope(acme.pk):
            late, planned, quiet = (self.make(acme) for _ in range(3))
            now = timezone.now()
            pulse = type(late)._meta.get_field("pulse").related_model.objects
            pulse.filter(record=late).update(next_activity_at=now - timedelta(days=2), last_activity_at=now)
            pulse.filter(record=planned).update(
                next_activity_at=now + timedelta(days=3), last_activity_at=now - timedelta(days=70)
            )
        client = client_of(mara)
        for query, found in {
            "next_step=overdue": {late.pk},
            "next_step=next_7_days": {planned.pk},
            "next_step_is=none": {quiet.pk},
            "next_step_is=any": {late.pk, planned.pk},
            "next_step_from=2000-01-01&next_step_to=2001-01-01": set(),
            "last_activity=over_60_days_ago": {planned.pk},
            "last_activity=today": {late.pk},
            "last_activity_is=none": {quiet.pk},
            "last_activity_from=2000-01-01&last_activity_to=2001-01-01": set(),
        }.items():
            assert set(ids_in(self.get(client, query))) == found, query
        page = page_text(self.get(client))
        assert "2d late" in page
        assert "No next step" in page

    def test_a_text_narrows_the_list_down_while_one_types(self, client_of, alice, acme, bob):
        row, other = self.make(acme, owner=alice), self.make(acme, owner=alice)
        client, text = client_of(alice), urlencode({"q": str(row).split()[-1]})
        assert row.pk in ids_in(self.get(client, text))
        assert ids_in(self.get(client, f"{text}&owner={bob.pk}")) == []
        missed = self.get(client, "q=qqqqzzzz")
        assert str(self.case.listing.none_match) in page_text(missed)
        typed = self.get(client, f"{text}&sort=", headers={"HX-Request": "true"})
        assert typed.headers["HX-Push-Url"] == f"{client.url(self.name('list'))}?{text}"
        assert "<html" not in page_text(typed)
        assert 'id="foot" class="foot" hx-swap-oob="true"' in page_text(typed)
        assert {row.pk, other.pk} == set(ids_in(self.get(client, "q=+", follow=True)))
        self.post(client, "delete", all="1", query=f"{text}&owner={bob.pk}")
        assert self.fresh(row).deleted_at is None

    def test_no_value_breaks_a_filter(self, client_of, alice, acme):
        self.make(acme)
        names = self.case.listing.filters_class.base_filters
        for value in NONSENSE:
            everywhere = dict.fromkeys([*names, "sort", "columns", "after", "before", "count", "panel", "q"], value)
            answer = self.get(client_of(alice), urlencode(everywhere))
            assert answer.status_code == (400 if "\0" in value else 200), value
            with workspace_scope(acme.pk):
                # One by one, so that what one filter takes reaches the database whatever the others think of it.
                for name in names:
                    list(self.case.listing.matching(alice, QueryDict(urlencode({name: value}))))

    def test_a_wrong_value_is_told_beside_its_filter_and_finds_nothing(self, client_of, alice, acme):
        row = self.make(acme)
        client = client_of(alice)
        answer = self.get(client, "owner=nobody")
        assert ids_in(answer) == []
        assert 'class="err"' in page_text(answer)
        deed = self.post(client, "delete", all="1", query="owner=nobody")
        assert deed.status_code == 303
        assert self.fresh(row).deleted_at is None

    def test_the_panels_are_fetched_and_stand_in_the_page(self, client_of, alice, acme):
        client = client_of(alice)
        for panel, mark in (("filters", 'class="filter"'), ("view", 'id="list-sort"')):
            part = page_text(self.get(client, f"panel={panel}", headers={"HX-Request": "true"}))
            assert mark in part
            assert "<html" not in part
            assert mark in page_text(self.get(client, f"panel={panel}"))

    def test_columns_are_chosen(self, client_of, alice, acme):
        row = self.make(acme)
        names = [column.name for column in self.case.listing.columns]
        page = page_text(self.get(client_of(alice), f"columns={names[2]}"))
        assert f'id="{row.record_name}-{row.pk}"' in page
        assert len(re.findall(r'<th scope="col"', page)) == 2
        everything = self.get(client_of(alice), urlencode({"columns": ",".join(names)}))
        assert len(re.findall(r'<th scope="col"', page_text(everything))) == len(names)

    def test_columns_stand_in_the_order_of_the_address_and_are_moved(self, client_of, alice, acme):
        self.make(acme)
        first, *others = self.case.listing.columns
        [a, b, c] = [column.name for column in others[:3]]
        client = client_of(alice)
        page = page_text(self.get(client, f"columns={c},{a},{b}"))
        heads = [re.sub(r"<[^>]+>", "", head).strip() for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)]
        by_name = self.case.listing.by_name
        assert heads == [first.label, *(by_name[name].label for name in (c, a, b))]
        panel = page_text(self.get(client, f"columns={c},{a}&panel=view"))
        boxes = re.findall(r'name="columns" value="(\w+)"( checked)?', panel)
        assert boxes[:2] == [(c, " checked"), (a, " checked")]
        assert len(boxes) == len(others)
        for key, expected in (("up", [a, c]), ("down", [c, a])):
            moved = self.get(client, f"columns={c}&columns={a}&{key}={a}&sort=")
            assert QueryDict(moved.url.partition("?")[2]).dict() == {"columns": ",".join(expected), "panel": "view"}

    def test_two_sort_keys_walk_every_row_once_both_ways(self, acme, alice):
        random = Random(11)
        sortable = [column.name for column in self.case.listing.columns if column.sort]
        with workspace_scope(acme.pk):
            for _ in range(ROWS):
                self.make(acme, **self.case.values(random))
            for name in sortable[1:]:
                self.check_keys(alice, f"{name},-{sortable[0]}")
                self.check_keys(alice, f"-{sortable[0]},{name}")

    def check_keys(self, member, sort: str) -> None:
        params = QueryDict(urlencode({"sort": sort}))
        order, rows = self.case.listing.order(params), self.case.listing.matching(member, params)
        expected = list(order.keys_of(rows).order_by("-pk" if order.descending else "pk"))
        for key in reversed(order.all):
            filled = [row for row in expected if key.value_of(row) not in (None, "")]
            empty = [row for row in expected if key.value_of(row) in (None, "")]
            expected = sorted(filled, key=key.value_of, reverse=key.descending) + empty
        pages, page = [], page_of(order.keys_of(rows), order, size=PAGE)
        pages.append(page)
        while page.after:
            page = page_of(order.keys_of(rows), order, after=page.after.dumps(order), size=PAGE)
            pages.append(page)
        assert [row.pk for page in pages for row in page.rows] == [row.pk for row in expected], sort
        for before in pages[-2::-1]:
            page = page_of(order.keys_of(rows), order, before=page.before.dumps(order), size=PAGE)
            assert [row.pk for row in page.rows] == [row.pk for row in before.rows], sort

    def test_heads_tell_the_rank_of_each_key(self, client_of, alice, acme):
        self.make(acme)
        client = client_of(alice)
        [one, two] = [column.name for column in self.case.listing.columns if column.sort and not column.optional][:2]
        page = page_text(self.get(client, urlencode({"sort": f"{one},-{two}", "columns": f"{one},{two}"})))
        assert page.count("aria-sort=") == 1
        assert 'aria-sort="ascending"' in page
        assert [int(rank) for rank in re.findall(r"Sort key </span>(\d)<", page)] == [1, 2]
        assert unescape(re.search(r'data-then="([^"]+)"', page)[1]).startswith("?columns=")

    def test_rows_stand_in_groups_below_what_they_share(self, client_of, alice, bob, acme):
        groups = [column for column in self.case.listing.columns if column.groups_by]
        random = Random(3)
        with workspace_scope(acme.pk):
            made = [self.make(acme, owner=alice, **self.case.values(random)) for _ in range(9)]
        for column in groups:
            page = page_text(self.get(client_of(alice), f"by={column.name}&columns={column.name}"))
            counts = [
                int(count) for count in re.findall(r'<tr class="together">.*?class="muted">(\d+) on this page', page)
            ]
            titles = re.findall(r'<th scope="rowgroup"[^>]*>(.*?) <span', page)
            assert sum(counts) == len(made) == len(set(ids_in(self.get(client_of(alice), f"by={column.name}"))))
            assert len(titles) == len({fold(title) for title in titles}), "each group once"
        for owner in (bob, bob, None):
            self.make(acme, owner=owner)
        page = page_text(self.get(client_of(alice), "by=owner&sort=name"))
        owners = re.findall(r'<th scope="rowgroup"[^>]*>(.*?) <span class="muted">(\d+)', page)
        assert dict(owners) == {"Alice Ostrowska": "9", "Bob Lindqvist": "2", "None": "1"}
        assert owners[-1][0] == "None"
        assert 'class="together"' not in page_text(self.get(client_of(alice), "by=nonsense"))

    # --- cells --------------------------------------------------------------------------------------------------------
    def cell_of(self, client: WorkspaceClient, query: str = "") -> str:
        """The address of a cell's form whose field takes text; "" where no cell has one."""
        text = page_text(self.get(client, query))
        names = [c.fact for c in self.case.listing.columns if isinstance(c, Text) and c.fact == c.name]
        found = [re.search(rf'<a class="edit" href="([^"]+/facts/{name}/\?cell)"', text) for name in names]
        return next((match[1] for match in found if match), "")

    def test_a_cell_is_edited_in_its_place(self, client_of, alice, acme):
        row, client = self.make(acme, owner=alice), client_of(alice)
        every = ",".join(column.name for column in self.case.listing.columns)
        path = self.cell_of(client, f"columns={every}")
        if not path:
            return  # no page of the kind has such a fact
        came = f"http://testserver{client.url(self.name('list'))}?columns={every}"
        form = page_text(client.get(path, headers=HTMX | {"Referer": came}))
        assert form.strip().startswith('<td class="editing"')
        action = unescape(re.search(r'hx-post="([^"]+)"', form)[1])
        data = filled_form(form, "in-place")
        name = next(name for name in data if name not in ("version", "was", "csrfmiddlewaretoken"))
        saved = client.post(action, data | {name: "Blue"}, headers=HTMX)
        text = page_text(saved)
        assert f'<template><tr id="{row.record_name}-{row.pk}"' in text
        assert text.count("<tr") == 1
        assert "Blue" in text
        assert "autofocus" in text
        assert undo_path(text)
        left = page_text(client.get(f"{action}&shown", headers=HTMX))
        assert left.count("<td") + left.count("<th") == text.count("<td") + text.count("<th")
        stale = client.post(action, data | {name: "Green"}, headers=HTMX)
        assert stale.status_code == 409
        assert page_text(stale).strip().startswith('<td class="editing"')

    def test_without_javascript_a_cell_leads_to_a_page_and_back_to_the_row(self, client_of, alice, acme):
        row, client = self.make(acme, owner=alice), client_of(alice)
        every = ",".join(column.name for column in self.case.listing.columns)
        path = self.cell_of(client, f"columns={every}")
        if not path:
            return
        came = f"http://testserver{client.url(self.name('list'))}?columns={every}"
        page = page_text(client.get(path, headers={"Referer": came}))
        data = filled_form(page)
        name = next(name for name in data if name not in ("version", "was", "csrfmiddlewaretoken"))
        action = unescape(re.search(r'class="form" method="post" action="([^"]+)"', page)[1])
        done = client.post(action, data | {name: "Blue"})
        assert (done.status_code, done.url.partition("?")[0]) == (303, client.url(self.name("list")))
        assert done.url.endswith(f"#{row.record_name}-{row.pk}")
        assert QueryDict(done.url.partition("?")[2].partition("#")[0])["columns"] == every

    def test_who_may_not_change_a_row_finds_no_pencil_in_it(self, client_of, victor, acme):
        self.make(acme)
        assert 'class="edit"' not in page_text(self.get(client_of(victor)))

    def test_the_menu_of_a_row(self, client_of, alice, victor, charlie, acme):
        row, client = self.make(acme, owner=alice), client_of(alice)
        path = client.url(self.name("menu"), row.pk)
        assert f'hx-get="{path}"' in page_text(self.get(client))
        came = {"Referer": f"http://testserver{client.url(self.name('list'))}?owner=me"}
        menu = page_text(client.get(path, headers=HTMX | came))
        assert client.url(self.name("edit"), row.pk) in menu
        assert 'name="query" value="owner=me"' in menu
        assert client.get(path).url == client.url(self.name("detail"), row.pk)
        look = page_text(client_of(victor).get(path, headers=HTMX))
        assert client.url(self.name("edit"), row.pk) not in look
        assert "Delete" not in look
        assert client_of(charlie, acme).get(path, headers=HTMX).status_code == 404

    def test_the_height_of_rows_is_kept_in_this_browser(self, client_of, alice, acme):
        self.make(acme)
        client = client_of(alice)
        assert 'data-density="compact"' in page_text(self.get(client))
        client.post_w(self.name("density"), data={"density": "comfortable"})
        assert 'data-density="comfortable"' in page_text(self.get(client))
        client.post_w(self.name("density"), data={"density": "enormous"})
        assert 'data-density="comfortable"' in page_text(self.get(client))

    # --- bulk ---------------------------------------------------------------------------------------------------------
    def test_an_owner_is_set_for_chosen_rows_and_undone(self, client_of, alice, bob, acme):
        rows = [self.make(acme, owner=alice) for _ in range(3)]
        client = client_of(alice)
        asked = self.post(client, "owner", rows=rows[:2], query="sort=name")
        assert asked.status_code == 200
        assert f'value="{rows[0].pk}"' in page_text(asked)
        done = self.post(client, "owner", rows=rows[:2], query="sort=name", confirmed="1", owner=bob.pk)
        assert (done.status_code, done.url) == (303, f"{client.url(self.name('list'))}?sort=name")
        assert [self.fresh(row).owner for row in rows] == [bob, bob, alice]
        page = page_text(client.get(done.url))
        assert "2 records now belong to Bob Lindqvist." in page
        client.post(undo_path(page))
        assert self.fresh(rows[0]).owner == alice
        with workspace_scope(acme.pk):
            kinds = [[link.event.kind for link in row.event_links.order_by("event")] for row in rows]
        assert [each[-2:] for each in kinds] == [["changed", "undone"]] * 2 + [kinds[2]]
        assert "changed" not in kinds[2]

    def test_a_tag_is_put_on_all_that_match_and_taken_off(self, client_of, alice, bob, acme):
        mine = [self.make(acme, owner=alice) for _ in range(3)]
        other = self.make(acme, owner=bob)
        client = client_of(alice)
        self.post(client, "tag", all="1", query="owner=me", confirmed="1", new="Fair 2026")
        assert [self.tags_of(row) for row in (*mine, other)] == [{"Fair 2026"}] * 3 + [set()]
        with workspace_scope(acme.pk):
            tag = mine[0].tags.get()
        taken = self.post(client, "untag", rows=[mine[0], other], confirmed="1", tag=tag.pk)
        assert "Tag Fair 2026 taken off 1 record." in page_text(client.get(taken.url))
        assert [self.tags_of(row) for row in mine] == [set(), {"Fair 2026"}, {"Fair 2026"}]
        neither = self.post(client, "tag", rows=mine, confirmed="1")
        assert (neither.status_code, "Choose one tag." in page_text(neither)) == (422, True)

    def test_rows_are_deleted_and_come_back(self, client_of, alice, acme):
        rows = [self.make(acme) for _ in range(3)]
        client = client_of(alice)
        done = self.post(client, "delete", all="1", query="")
        page = page_text(client.get(done.url))
        assert "3 records deleted." in page
        assert str(self.case.listing.none_yet) in page
        client.post(undo_path(page))
        assert set(ids_in(self.get(client))) == {row.pk for row in rows}

    def test_a_field_is_set_on_chosen_rows_and_undone(self, client_of, alice, acme):
        rows = [self.make(acme, owner=alice) for _ in range(3)]
        client = client_of(alice)
        asked = page_text(self.post(client, "field", rows=rows[:2]))
        with workspace_scope(acme.pk):
            form = PAGES[rows[0].record_name].form_class(membership=alice)
        name = next(name for name in form.settable() if type(form.fields[name]) is forms.CharField)
        before = getattr(rows[0], name)
        assert f'<option value="{name}"' in asked
        assert "to-" not in asked
        control = self.post(client, "field", rows=rows[:2], confirmed="1", name=name)
        assert (control.status_code, f'name="to-{name}"' in page_text(control)) == (200, True)
        typed = {"confirmed": "1", "name": name, "asked": name, f"to-{name}": "Blue"}
        page = page_text(client.get(self.post(client, "field", rows=rows[:2], **typed).url))
        assert "set on 2 records." in page
        assert [getattr(self.fresh(row), name) for row in rows[:2]] == ["Blue", "Blue"]
        assert getattr(self.fresh(rows[2]), name) != "Blue"
        with workspace_scope(acme.pk):
            [said] = [link.event.data for link in rows[0].event_links.all() if link.event.kind == "changed"]
        assert said == {"fields": [name], "values": {name: [before or None, "Blue"]}}
        client.post(undo_path(page))
        assert getattr(self.fresh(rows[0]), name) == before
        long = self.post(client, "field", rows=rows, **typed | {f"to-{name}": "x" * 5000})
        assert (long.status_code, 'class="err"' in page_text(long)) == (422, True)

    def test_rows_are_followed_and_followed_no_longer(self, client_of, alice, bob, acme):
        if self.case.listing.model.follower() is None:
            assert self.post(client_of(alice), "follow", rows=[self.make(acme)]).status_code == 404
            return
        rows, client = [self.make(acme, owner=bob) for _ in range(3)], client_of(alice)
        for _ in range(2):  # who follows one already follows it once
            page = page_text(client.get(self.post(client, "follow", rows=rows[:2]).url))
            assert "You follow 2 records." in page
        assert set(ids_in(self.get(client, "followers=me"))) == {row.pk for row in rows[:2]}
        assert set(self.followed_after_undo(client, self.post(client, "unfollow", rows=rows))) == {
            row.pk for row in rows[:2]
        }
        self.post(client, "unfollow", rows=rows[:1])
        assert set(self.followed_after_undo(client, self.post(client, "follow", rows=rows))) == {rows[1].pk}
        self.post(client, "unfollow", rows=rows)
        assert ids_in(self.get(client, "followers=me")) == []

    def followed_after_undo(self, client, answer) -> list[int]:
        """What the member follows when the Undo of an answer's toast was pressed."""
        client.post(undo_path(page_text(client.get(answer.url))))
        return ids_in(self.get(client, "followers=me"))

    def test_what_is_too_much_at_once_is_a_job_with_one_undo(self, client_of, alice, bob, acme, monkeypatch):
        monkeypatch.setattr("records.listing.running.AT_ONCE", 3)
        monkeypatch.setattr("records.listing.running.BATCH", 2)
        rows, client = [self.make(acme, owner=alice) for _ in range(5)], client_of(alice)
        asked = self.post(client, "owner", all="1", query="owner=me", confirmed="1", owner=bob.pk)
        assert {self.fresh(row).owner for row in rows} == {alice}, "nothing happens in the request"
        assert "0 of 5" in page_text(client.get(asked.url))
        run_jobs()
        assert {self.fresh(row).owner for row in rows} == {bob}, "though the list shows none of them any longer"
        over = page_text(client.get(asked.url))
        assert 'Records changed</dt><dd class="num">5<' in over
        client.post(undo_path(over))
        assert {self.fresh(row).owner for row in rows} == {alice}

    def test_a_rep_changes_its_own_and_is_told_of_the_rest(self, client_of, alice, bob, acme):
        own, others = self.make(acme, owner=bob), [self.make(acme, owner=alice) for _ in range(2)]
        client = client_of(bob)
        done = self.post(client, "delete", rows=[own, *others])
        page = page_text(client.get(done.url))
        assert "1 record deleted." in page
        assert "Not changed: 2. You may do this only to records of your own." in page
        assert [self.fresh(row).deleted_at is None for row in others] == [True, True]

    def test_only_those_who_may_make_tags_make_them_here(self, client_of, bob, acme):
        own = self.make(acme, owner=bob)
        asked = page_text(self.post(client_of(bob), "tag", rows=[own]))
        assert 'name="tag"' in asked
        assert 'name="new"' not in asked
        assert self.post(client_of(bob), "tag", rows=[own], confirmed="1", new="Sneaky").status_code == 422

    def test_a_viewer_looks_on(self, client_of, victor, acme):
        row = self.make(acme)
        client = client_of(victor)
        page = page_text(self.get(client))
        assert f'id="{row.record_name}-{row.pk}"' in page
        assert 'name="ids"' not in page
        assert self.post(client, "delete", rows=[row]).status_code == 403

    def test_what_is_not_there_is_not_chosen(self, client_of, alice, charlie, acme, elsewhere):
        foreign, row = self.make(elsewhere), self.make(acme)
        client = client_of(alice)
        assert ids_in(self.get(client)) == [row.pk]
        self.post(client, "delete", rows=[foreign])
        assert self.fresh(foreign).deleted_at is None
        assert "Choose some rows first." in page_text(client.get(self.post(client, "delete").url))
        assert client.post_w(self.name("bulk"), data={"action": "delete", "ids": ["x", "9" * 30]}).status_code == 303
        assert self.post(client, "unheard-of", rows=[row]).status_code == 404
        assert client.get_w(self.name("bulk")).status_code == 405

    def test_another_workspace_finds_nothing(self, client_of, charlie, acme):
        knocking = client_of(charlie, acme)
        assert knocking.get_w(self.name("list")).status_code == 404
        assert self.post(knocking, "delete", all="1").status_code == 404

    # --- cost and export ----------------------------------------------------------------------------------------------
    def test_the_list_costs_few_statements(self, client_of, alice, acme, monkeypatch):
        monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 4)
        with workspace_scope(acme.pk):
            tag = TagFactory()
            for _ in range(6):
                row = self.make(acme, owner=alice)
                self.case.furnish(row)
                row.rows().tag(tag, by=alice.actor)
        client = client_of(alice)
        every = ",".join(column.name for column in self.case.listing.columns)
        for query in ("", f"columns={every}"):
            made = statements(client, f"{client.url(self.name('list'))}?{query}")
            assert len(made) <= MOST_STATEMENTS, "\n".join(sql[:150] for sql in made)

    def test_every_column_fits_a_file(self, alice, acme):
        with workspace_scope(acme.pk):
            self.case.furnish(self.make(acme, owner=alice, **self.case.values(Random(1))))
            columns = self.case.listing.columns
            [row] = self.case.listing.joined(self.case.listing.matching(alice, QueryDict()), columns)
            assert all(isinstance(column.export(row), str) for column in columns)
            assert columns[0].export(row) == str(row)

    def test_export_is_offered_to_those_who_may(self, client_of, alice, bob, acme):
        self.make(acme)
        assert client_of(alice).url("transfers:export") in page_text(self.get(client_of(alice), "panel=view"))
        assert client_of(alice).url("transfers:export") not in page_text(self.get(client_of(bob), "panel=view"))
