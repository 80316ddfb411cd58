"""The battery of lists: what every record type's list must do. A room's tests declare a case and inherit it.

class TestContactList(ListBattery):
    case = ListCase(ContactListing, ContactFactory, filters={"job_title=head": ({"job_title": "Head"}, {})}, …)
"""

import re
from html import unescape
from random import Random
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict

from core.tenancy import workspace_scope
from records.listing import Text
from records.listing.paging import Order, page_of
from tests.battery_bulk import BulkBattery
from tests.battery_filters import FilterBattery
from tests.battery_pages import HTMX, page_text, statements
from tests.conftest import WorkspaceClient
from tests.factories import TagFactory
from tests.list_case import MOST_STATEMENTS, PAGE, ROWS, ids_in, link
from tests.reading import filled_form, undo_path


class ListBattery(FilterBattery, BulkBattery):
    """Inherit, and declare `case`."""

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
