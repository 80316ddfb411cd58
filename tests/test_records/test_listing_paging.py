"""Walks over pages against the order that Python finds, with any mixture of equal and empty values."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.listing import OrganizationListing
from organizations.models import Organization
from records.listing.count import Count, count_of
from records.listing.paging import Cursor, Order, page_of
from records.listing.quantities import Money
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db

employees = st.one_of(st.none(), st.integers(0, 3))
sectors = st.sampled_from(["", "", "a", "B", "é", "z"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(employees, sectors), max_size=13),
    size=st.integers(1, 5),
    column=st.sampled_from(["employees", "sort_sector"]),
    descending=st.booleans(),
)
def test_pages_hold_every_row_once_in_order(in_acme, rows, size, column, descending):
    order = Order(column, descending, empty="" if column == "sort_sector" else None)
    with transaction.atomic():
        Organization.objects.bulk_create(Organization(name="x", employees=n, sector=text) for n, text in rows)
        found, page = [], page_of(Organization.objects.all(), order, size=size)
        while page.rows:
            found += [(getattr(row, column), row.pk) for row in page.rows]
            if page.after is None:
                break
            page = page_of(Organization.objects.all(), order, after=page.after.dumps(order), size=size)
        everything = list(Organization.objects.values_list(column, "pk"))
        transaction.set_rollback(True)
    filled = sorted((pair for pair in everything if pair[0] not in (None, "")), reverse=descending)
    empty = sorted((pair for pair in everything if pair[0] in (None, "")), key=lambda pair: pair[1], reverse=descending)
    assert found == filled + empty


def python_order(rows: list[Organization], keys: list[tuple[str, bool]]) -> list[int]:
    """The ids as Python sorts them: empty values last in each key, ids against ties in the direction of the first."""
    rows = sorted(rows, key=lambda row: row.pk, reverse=keys[0][1])
    for name, descending in reversed(keys):
        filled = [row for row in rows if getattr(row, name) not in (None, "")]
        empty = [row for row in rows if getattr(row, name) in (None, "")]
        rows = sorted(filled, key=lambda row: getattr(row, name), reverse=descending) + empty
    return [row.pk for row in rows]


KEYS = ("employees", "sort_sector", "year_established", "sort_location")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(employees, sectors, employees, sectors), max_size=14),
    size=st.integers(1, 5),
    keys=st.lists(
        st.tuples(st.sampled_from(KEYS), st.booleans()), min_size=2, max_size=3, unique_by=lambda key: key[0]
    ),
)
def test_pages_by_several_keys_are_what_python_sorts_forwards_and_back(in_acme, rows, size, keys):
    first, *further = (Order(name, down, empty="" if name.startswith("sort") else None) for name, down in keys)
    order = replace(first, then=tuple(further))
    with transaction.atomic():
        Organization.objects.bulk_create(
            Organization(name="x", employees=n, sector=text, year_established=year, location=place)
            for n, text, year, place in rows
        )
        found, page = [], page_of(order.keys_of(Organization.objects.all()), order, size=size)
        pages = [[row.pk for row in page.rows]]
        while page.after:
            page = page_of(order.keys_of(Organization.objects.all()), order, after=page.after.dumps(order), size=size)
            pages.append([row.pk for row in page.rows])
        found = [pk for one in pages for pk in one]
        for before in pages[-2::-1]:
            page = page_of(order.keys_of(Organization.objects.all()), order, before=page.before.dumps(order), size=size)
            assert [row.pk for row in page.rows] == before
        expected = python_order(list(Organization.objects.all()), keys)
        transaction.set_rollback(True)
    assert found == expected


def test_a_page_is_one_statement_and_two_where_empty_values_begin(in_acme):
    for number in (1, 2, 3, None, None):
        OrganizationFactory(employees=number)
    rows, order = Organization.objects.all(), Order("employees")
    with CaptureQueriesContext(connection) as queries:
        page = page_of(rows, order, size=2)
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        page = page_of(rows, order, after=page.after.dumps(order), size=2)
    assert len(queries) == 2
    assert [row.employees for row in page.rows] == [3, None]


def test_a_page_starts_behind_a_row_whatever_came_or_went(in_acme):
    rows, order = Organization.objects.all(), Order("sort_name", empty=Order.NEVER)
    for name in "abcdef":
        OrganizationFactory(name=name)
    first = page_of(rows, order, size=2)
    OrganizationFactory(name="aa")
    Organization.objects.filter(name__in="bc").delete()
    second = page_of(rows, order, after=first.after.dumps(order), size=2)
    assert [row.name for row in second.rows] == ["d", "e"]
    assert [row.name for row in page_of(rows, order, before=second.before.dumps(order), size=2).rows] == ["a", "aa"]


def test_a_page_that_is_gone_is_the_first_one(in_acme):
    rows, order = Organization.objects.all(), Order("sort_name", empty=Order.NEVER)
    for name in "abc":
        OrganizationFactory(name=name)
    first = page_of(rows, order, size=2)
    Organization.objects.filter(name="c").delete()
    again = page_of(rows, order, after=first.after.dumps(order), size=2)
    assert ([row.name for row in again.rows], again.start, again.after) == (["a", "b"], 0, None)


def test_a_cursor_of_somebody_elses_making_is_the_first_page():
    order = Order("sort_name", empty=Order.NEVER)
    mine = Cursor("abc", 7, 49)
    text = mine.dumps(order)
    assert Cursor.loads(text, order) == mine
    assert Cursor.loads(text, Order("sort_name", descending=True)) is None
    assert Cursor.loads(text[:-1] + ("A" if text[-1] != "A" else "B"), order) is None
    for broken in ("", "x", "a:b", "WzFd:\ud800", text.split(":")[0], None):
        assert Cursor.loads(broken, order) is None


def test_long_lists_are_counted_only_when_asked(in_acme, monkeypatch):
    monkeypatch.setattr("records.listing.count.CAP", 3)
    for number in range(5):
        OrganizationFactory(revenue=100 * number, currency="USD")
    rows = Organization.objects.all()
    revenue = next(column for column in OrganizationListing.columns if isinstance(column, Money))
    assert count_of(rows, moneys=[revenue]) == Count(3, capped=True)
    assert count_of(rows, exact=True, moneys=[revenue]) == Count(
        5, sums={"revenue": [(1000, "USD")]}, parts={"revenue": {}}
    )
    assert count_of(rows.filter(revenue__gte=200)) == Count(3)
    assert count_of(rows.none(), moneys=[revenue]) == Count(0)


def test_a_capped_count_leads_to_the_exact_one(client_of, alice, acme, monkeypatch):
    monkeypatch.setattr("records.listing.count.CAP", 3)
    monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 2)
    for _ in range(4):
        OrganizationFactory(workspace=acme)
    client = client_of(alice)
    page = client.get_w("organizations:list").content.decode()
    assert "1–2 of 3+" in page
    assert 'href="?count=exact"' in page
    exact = client.get(client.url("organizations:list") + "?count=exact").content.decode()
    assert "1–2 of 4" in exact
    assert "Count all" not in exact
