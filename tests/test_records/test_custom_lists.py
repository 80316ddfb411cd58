"""Lists by custom fields: their order page by page, sums, and the indexes that serve large tables."""

import datetime as dt
import os

import psycopg
import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.listing import ContactListing
from contacts.models import Contact
from core.money import Money
from core.tenancy import workspace_scope
from core.text import sort_name
from records.listing.paging import page_of
from records.models import CustomChoice
from tests.factories import ContactFactory
from tests.fields import field
from workspaces.models import Workspace
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("kind", ["number", "text", "date", "choice", "member"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_pages_by_a_custom_column_are_python_s_order(kind, data, acme, alice, bob, mara):
    """Sorted both ways, page by page, forwards and back: no row twice, none left out, those without a value last.
    Choices stand in the order that the admin gave them, members in that of their names."""
    values = {
        "number": st.one_of(st.none(), st.integers(-3, 3)),
        "text": st.one_of(st.none(), st.sampled_from(["Čáp", "cap", "Zebra", "a", "Ä"])),
        "date": st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 5))),
        "choice": st.sampled_from([None, "Gold", "Silver", "Bronze"]),
        "member": st.sampled_from([None, alice, bob, mara]),
    }[kind]
    given_ = data.draw(st.lists(values, min_size=1, max_size=12))
    descending = data.draw(st.booleans())
    with workspace_scope(acme.pk):
        Contact.objects.all().delete()
        made = field(acme, "contact", kind, name=f"Column {timezone.now()}")
        CustomChoice.objects.filter(field=made, name="Bronze").update(position=0)
        CustomChoice.objects.filter(field=made, name="Gold").update(position=2)
        choices = {choice.name: choice for choice in made.choices.all()}
        people = []
        for value in given_:
            person = ContactFactory()
            person.edit(by=SYSTEM, **{made.key: choices.get(value, value)})
            people.append((person.pk, value))
        listing = ContactListing.of(Workspace.objects.get(pk=acme.pk))
        order = listing.order(QueryDict(f"sort={'-' * descending}{made.key}"))
        rows = order.keys_of(listing.matching(alice, QueryDict()))
        seen: list[int] = []
        page = page_of(rows, order, size=3)
        while True:
            seen += [row.pk for row in page.rows]
            if page.after is None:
                break
            page = page_of(rows, order, after=page.after.dumps(order), size=3)
        places = {"choice": ["Bronze", "Silver", "Gold"].index, "member": str, "text": sort_name}
        key = places.get(kind, lambda value: value)
        filled_ = sorted(((key(value), pk) for pk, value in people if value is not None), reverse=descending)
        empty = sorted((pk for pk, value in people if value is None), reverse=descending)
        assert seen == [pk for _key, pk in filled_] + empty
        back: list[int] = []
        while page.before is not None:
            page = page_of(rows, order, before=page.before.dumps(order), size=3)
            back = [row.pk for row in page.rows] + back
        assert back == seen[: len(back)]


def test_a_choice_and_a_member_are_sort_keys_beside_others(acme, alice, bob, mara):
    """Within equal choices the next key sorts, also across pages that begin within a choice or among those without."""
    level, deputy = (field(acme, "contact", kind, name=f"The {kind}") for kind in ("choice", "member"))
    with workspace_scope(acme.pk):
        Contact.objects.all().delete()
        choices, members = [None, *level.choices.all()], [None, alice, bob, mara]
        people = []
        for n in range(24):
            choice, member = choices[n * 5 % 4], members[n * 7 % 3]
            person = ContactFactory()
            person.edit(by=SYSTEM, **{level.key: choice, deputy.key: member})
            people.append((person.pk, choice.position if choice else 9, member.name if member else ""))
        listing = ContactListing.of(Workspace.objects.get(pk=acme.pk))
        order = listing.order(QueryDict(f"sort={level.key},-{deputy.key}"))
        rows = order.keys_of(listing.matching(alice, QueryDict()))
        # What is equal in both stands by its id, upwards as the first key goes.
        people.sort(key=lambda one: one[0])
        people.sort(key=lambda one: one[2], reverse=True)
        people.sort(key=lambda one: one[1])
        page = page_of(rows, order, size=5)
        seen = [row.pk for row in page.rows]
        while page.after is not None:
            page = page_of(rows, order, after=page.after.dumps(order), size=5)
            seen += [row.pk for row in page.rows]
        assert seen == [pk for pk, _place, _name in people]
        back: list[int] = []
        while page.before is not None:
            page = page_of(rows, order, before=page.before.dumps(order), size=5)
            back = [row.pk for row in page.rows] + back
        assert back == seen[: len(back)]


#: kind -> (column, its values, which people have one) of the large table
LARGE = {
    "number": ("number", "(id %% 5000) * 10000", "id %% 10 <> 0"),
    "text": ("text", "'t' || (id %% 9000)", "id %% 10 <> 0"),
    "date": ("day", "date '2026-01-01' + (id %% 900)::int", "id %% 10 <> 0"),
    "choice": ("choice_id", "%(gold)s", "id %% 500 = 0"),
}


def test_a_list_adds_up_the_amounts_that_it_shows(client_of, bob, acme, monkeypatch):
    made = field(acme, "contact", "money", name="Budget")
    with workspace_scope(acme.pk):
        for amount, currency in ((1250, "USD"), (130000, "USD"), (900, "EUR"), (None, "")):
            person = ContactFactory(job_title="Buyer")
            person.edit(by=SYSTEM, **{made.key: (currency and Money(amount, currency)) or None})
        ContactFactory(job_title="Cook").edit(by=SYSTEM, **{made.key: Money(77, "GBP")})
    path = client_of(bob).url("contacts:list") + "?job_title=buyer"

    def foot(query: str = "") -> str:
        return text_of(client_of(bob).get(path + query)).partition("<tfoot>")[2].partition("</tfoot>")[0]

    assert "$1,312.50 + €9" in foot()
    assert "£" not in foot()
    assert foot("&columns=email") == ""
    monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 2)
    assert "$1,312.50 + €9" in foot()
    monkeypatch.setattr("records.listing.count.CAP", 3)
    assert foot() == ""


@pytest.fixture
def many(acme):
    """20,000 people, committed and with the statistics that a planner has of such tables; nine of ten have a number, a
    text and a date, a few a choice."""
    made = {kind: field(acme, "contact", kind, name=f"The {kind}") for kind in LARGE}
    with workspace_scope(acme.pk), connection.cursor() as cursor:
        Contact.objects.bulk_create([Contact(last_name=f"Person {n}") for n in range(20_000)], batch_size=5_000)
        values = {"workspace": acme.pk, "gold": made["choice"].choices.get(name="Gold").pk}
        for kind, (column, value, which) in LARGE.items():
            columns = {"text": "''", "currency": "''", column: value}
            cursor.execute(
                f"INSERT INTO contacts_contactvalue (workspace_id, record_id, field_id, slot, {', '.join(columns)})"
                f" SELECT workspace_id, id, %(field)s, 0, {', '.join(columns.values())} FROM contacts_contact"
                f" WHERE workspace_id = %(workspace)s AND {which}",
                values | {"field": made[kind].pk},
            )
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute("ANALYZE contacts_contact, contacts_contactvalue")
    return made


def plan_of(queryset) -> str:
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(row for (row,) in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_many_people_are_sorted_and_filtered_along_the_indexes(many, acme, alice):
    with workspace_scope(acme.pk):
        listing = ContactListing.of(Workspace.objects.get(pk=acme.pk))
        for kind, index in (("number", "number"), ("text", "sort"), ("date", "day")):
            order = listing.order(QueryDict(f"sort={many[kind].key}"))
            rows = order.joined(order.keys_of(listing.matching(alice, QueryDict())))
            filled, without = order.filled, order.without
            plan = plan_of(rows.filter(filled.which).order_by(*order.by(filled))[:51])
            assert f"contactvalue_{index}" in plan, plan
            assert "Sort Key" not in plan, plan
            assert "Seq Scan" not in plan, plan
            empty = plan_of(rows.filter(without.which).order_by(*order.by(without))[:51])
            assert "Seq Scan" not in empty, empty
        order = listing.order(QueryDict(f"sort={many['choice'].key}"))
        rows = order.joined(order.keys_of(listing.matching(alice, QueryDict())))
        one, *_others = order.branches()
        plan = plan_of(rows.filter(one.which).order_by(*order.by(one))[:51])
        assert "contactvalue_choice" in plan, plan
        assert "Sort Key" not in plan, plan
        gold = many["choice"].choices.get(name="Gold").pk
        for query, index in (
            (f"{many['number'].key}_min=4999", "number"),
            (f"{many['choice'].key}={gold}", "choice"),
            (f"{many['text'].key}=t8999", "sort"),
            (f"{many['date'].key}_to=2026-01-01", "day"),
        ):
            order = listing.order(QueryDict())
            rows = order.keys_of(listing.matching(alice, QueryDict(query)))
            plan = plan_of(rows.order_by(*order.by(order.filled))[:51])
            assert f"contactvalue_{index}" in plan, (query, plan)
            assert "Seq Scan" not in plan, (query, plan)
