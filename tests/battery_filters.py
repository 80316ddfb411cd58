"""The part of the battery of lists that filters rows and chooses, orders and groups what is shown."""

import re
from datetime import timedelta
from html import unescape
from random import Random
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from core.tenancy import workspace_scope
from core.text import fold
from records.listing.paging import page_of
from tests.battery_pages import page_text
from tests.factories import SourceFactory, TagFactory
from tests.list_case import COMMON, NONSENSE, PAGE, ROWS, OfList, ids_in


class FilterBattery(OfList):
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
