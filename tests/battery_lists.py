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

from django.db import models
from django.http import QueryDict
from django.utils import timezone

from core.tenancy import workspace_scope
from records.listing import Listing
from records.listing.paging import Order, page_of
from records.models import Record
from tests.battery_pages import page_text, statements
from tests.conftest import WorkspaceClient
from tests.factories import SourceFactory, TagFactory
from tests.reading import undo_path

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
        monkeypatch.setattr("records.listing.page.PAGE_SIZE", 2)
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
        monkeypatch.setattr("records.listing.page.PAGE_SIZE", 2)
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
        monkeypatch.setattr("records.listing.page.PAGE_SIZE", 4)
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
