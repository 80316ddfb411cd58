"""Whatever was done, in whatever order: taking the changes back one by one goes through every state that there was, and
taking those back leads forward again.
"""

import datetime as dt
from itertools import product

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Activity
from contacts.models import Contact, Position, Role
from core import past
from deals.models import Deal, Stage
from organizations.models import Organization
from records.history.reading import state_at
from records.models import ChangeSet, Pulse, Tag
from records.search import searched_models
from records.undo import Picks, Undone
from tests.series import (
    Deed,
    Reading,
    Rows,
    do,
    now,
    one_series,
    part,
    pick,
    state,
    take_back,
    three_hundred_series,
    values,
)
from workspaces.rights import SYSTEM
from workspaces.tracking import DERIVED, TRACKED

pytestmark = pytest.mark.django_db

DUE = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


# --- what people do; i and j choose on what ---------------------------------------------------------------------------
def add_organization(i: int, j: int) -> None:
    parent = Organization.objects.order_by("pk")[j : j + 1].first()
    Organization.create(name=f"Organization {i}", parent=parent, by=SYSTEM)


def add_contact(i: int, j: int) -> None:
    lines = [{"kind": "work", "address": f"p{i}@example.com"}, {"kind": "home", "address": f"p{j}@example.org"}]
    Contact.create(last_name=f"Person {i}", emails=lines[: 1 + j % 2], by=SYSTEM)


def add_position(i: int, j: int) -> None:
    contact, organization = pick(Contact.objects.all(), i), pick(Organization.objects.all(), j)
    roles = list(Role.objects.order_by("pk")[: i % 3])
    Position.start(contact, organization, roles=roles, is_primary=bool(j % 2), by=SYSTEM)


def end_position(i: int, j: int) -> None:
    pick(Position.objects.all(), i).end(by=SYSTEM)


def edit_contact(i: int, j: int) -> None:
    pick(Contact.objects.present(), i).edit(job_title=f"Title {j}", by=SYSTEM)


def change_many(i: int, j: int) -> None:
    ids = list(Contact.objects.order_by("pk").values_list("pk", flat=True)[i % 3 :])
    Contact.objects.filter(pk__in=ids).update(job_title=f"Many {j}")


def tag_all(i: int, j: int) -> None:
    Contact.objects.present().tag(Tag.named(f"tag {j % 3}", by=SYSTEM), by=SYSTEM)


def untag_all(i: int, j: int) -> None:
    Contact.objects.present().untag(Tag.named(f"tag {j % 3}", by=SYSTEM), by=SYSTEM)


def delete_tag(i: int, j: int) -> None:
    Tag.objects.filter(name=f"tag {j % 3}").delete()


def swap_names_of_tags(i: int, j: int) -> None:
    one, two = Tag.named("tag 0", by=SYSTEM), Tag.named("tag 1", by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_tag AS a SET name = b.name FROM records_tag AS b"
            " WHERE a.id <> b.id AND a.id IN (%(one)s, %(two)s) AND b.id IN (%(one)s, %(two)s)",
            {"one": one.pk, "two": two.pk},
        )


def trash(i: int, j: int) -> None:
    Contact.objects.present().filter(pk=pick(Contact.objects.present(), i).pk).trash(by=SYSTEM)


def restore(i: int, j: int) -> None:
    Contact.objects.exclude(deleted_at=None).restore(by=SYSTEM)


def delete_for_good(i: int, j: int) -> None:
    Contact.objects.filter(pk=pick(Contact.objects.all(), i).pk).delete()


def add_deal(i: int, j: int) -> None:
    Deal.create(name=f"Deal {i}", stage=pick(Stage.objects.all(), j), value=i * 100, currency="EUR", by=SYSTEM)


def move_deals(i: int, j: int) -> None:
    Deal.objects.open().move_to(pick(Stage.objects.all(), j), by=SYSTEM)


def close_deal(i: int, j: int) -> None:
    deal = pick(Deal.objects.open(), i)
    deal.win(by=SYSTEM) if j % 2 else deal.lose("Price", by=SYSTEM)


def reopen_deals(i: int, j: int) -> None:
    Deal.objects.exclude(status="open").reopen(by=SYSTEM)


def plan(i: int, j: int) -> None:
    Activity.plan("task", subject=f"Task {i}", due_at=DUE, about=[pick(Contact.objects.all(), j)], by=SYSTEM)


def set_parent(i: int, j: int) -> None:
    organization = pick(Organization.objects.all(), i)
    organization.edit(parent=pick(Organization.objects.exclude(pk=organization.pk), j), by=SYSTEM)


def price(i: int, j: int) -> None:
    changes = {"value": i} if j % 2 else {"value": j, "currency": "CZK"}
    pick(Deal.objects.all(), i).edit(by=SYSTEM, **changes)


def write_down(i: int, j: int) -> None:
    Activity.log("note", body=f"Note {i}", about=[pick(Contact.objects.all(), j)], by=SYSTEM)


def change_kind(i: int, j: int) -> None:
    pick(Activity.objects.all(), i).edit(kind=("note", "call", "meeting")[j % 3], by=SYSTEM)


def reopen(i: int, j: int) -> None:
    pick(Activity.objects.exclude(kind="note").exclude(done_at=None), i).reopen(by=SYSTEM)


def complete(i: int, j: int) -> None:
    pick(Activity.objects.filter(done_at=None), i).complete(by=SYSTEM)


DEEDS: list[Deed] = [
    add_organization, add_contact, add_position, end_position, edit_contact, change_many, tag_all, untag_all,
    delete_tag, swap_names_of_tags, trash, restore, delete_for_good, add_deal, move_deals, close_deal, reopen_deals,
    plan, complete, set_parent, price, write_down, change_kind, reopen,
]  # fmt: skip
numbers = st.integers(0, 9)
one_change = st.lists(st.tuples(st.sampled_from(DEEDS), numbers, numbers), min_size=1, max_size=4)


def edit_two_fields(i: int, j: int) -> None:
    """Two columns at once, of which a later change may touch one."""
    pick(Contact.objects.present(), i).edit(job_title=f"Title {i}", last_name=f"Name {j}", by=SYSTEM)


def edit_lines(i: int, j: int) -> None:
    lines = [{"kind": "work", "address": f"q{n}@example.com"} for n in range(j % 3)]
    pick(Contact.objects.present(), i).edit(emails=lines, by=SYSTEM)


DEEDS += [edit_two_fields, edit_lines]


# --- what a series begins with, made once for all of them -----------------------------------------------------------
@pytest.fixture
def a_few_records(in_acme):
    for reading in (state, seen, seen_then, pulses, pulses_then):
        reading.prepare()
    do([(add_organization, 1, 1), (add_contact, 1, 1), (add_contact, 2, 2), (add_position, 0, 1), (add_deal, 1, 0)])


@pytest.fixture
def some_more(a_few_records):
    do([(add_organization, 2, 0), (write_down, 1, 1), (plan, 1, 1), (tag_all, 1, 1)])


@pytest.fixture
def two_people(in_acme):
    do([(add_contact, 1, 1), (add_contact, 2, 2), (add_organization, 1, 1), (add_deal, 1, 0)])


@three_hundred_series
@given(changes=st.lists(one_change, min_size=1, max_size=5))
def test_undo_goes_back_through_every_state_and_forward_again(a_few_records, changes):
    with one_series():
        states, done = [state()], []
        for change in changes:
            if change := do(change):
                done.append(change)
                states.append(state())
        undone = []
        for made, before in zip(reversed(done), reversed(states[:-1]), strict=True):
            undone.append(take_back(made).change_set_id)
            assert state() == before
        for pk, after in zip(reversed(undone), states[1:], strict=True):
            if pk:
                take_back(ChangeSet.objects.get(pk=pk))
            assert state() == after


#: columns that go back by themselves, with the pick of each
ALONE = [("Contact", "job_title"), ("Contact", "last_name"), ("Organization", "parent_id")]
PICK = {(name, column): f"{app}.{column}.all" for (name, column), app in zip(
    ALONE, ["contacts_contact", "contacts_contact", "organizations_organization"], strict=True)}  # fmt: skip
PICKABLE = [*PICK.values(), "deals_deal.pipeline_id.all", "deals_deal.value.all", "contacts_contact.row.all"]


@three_hundred_series
@given(
    change=one_change,
    later=st.lists(one_change, min_size=1, max_size=4),
    picked=st.sets(st.sampled_from(PICKABLE), max_size=3),
)
def test_a_change_goes_back_from_under_later_ones_or_stays(some_more, change, later, picked):
    """Row by row and value by value what comes out is what was there before the change or what is there now; what was
    picked is what was before, and what was not changed since goes back, whatever became of other columns."""
    with one_series():
        before = values(state())
        made = do(change)
        written = values(state())
        for another in later:
            do(another)
        now = values(state())
        result = made.undo(by=SYSTEM, picks=Picks.read(picked)) if made else Undone()
        after = values(state())
        for key in before.keys() | now.keys() | after.keys():
            was, is_now = before.get(key), now.get(key)
            out = after.get(key)
            if out is None or is_now is None:
                assert out in (was, is_now)
            else:
                assert all(value in ((was or is_now)[name], is_now[name]) for name, value in out.items())
        if not result.skipped:
            check_columns(before, written, now, after, picked)
        check_rules()


def check_columns(before: Rows, written: Rows, now: Rows, after: Rows, picked: set[str]) -> None:
    """No row was skipped: each column that stands alone went back, but for conflicts that nobody picked."""
    for key, (name, column) in product(before.keys() & written.keys() & now.keys(), ALONE):
        if key[0] == name and before[key][column] != written[key][column]:
            is_conflict = now[key][column] != written[key][column]
            stays = is_conflict and PICK[name, column] not in picked
            assert after[key][column] == (now if stays else before)[key][column]


def check_rules() -> None:
    """What holds whoever writes."""
    for organization in Organization.objects.exclude(parent=None).select_related("parent"):
        assert not organization.is_above(organization.parent)
    for contact in Contact.objects.prefetch_related("emails"):
        assert contact.email == next((line.address for line in contact.emails.all() if line.is_primary), "")


@three_hundred_series
@given(changes=st.lists(one_change, min_size=1, max_size=5))
def test_the_workspace_as_of_each_moment_is_what_it_was_then(a_few_records, changes):
    """All tables and all their columns, but for the records that were deleted for good since."""
    with one_series():
        moments = [(now(), seen(), pulses())]
        for change in changes:
            do(change)
            moments.append((now(), seen(), pulses()))
        left = {(m.__name__, pk) for m in searched_models().values() for pk in m.objects.values_list("pk", flat=True)}
        for at, was, beat in moments:
            with past.as_of(at):
                is_shown, beats = seen_then(), pulses_then()
            assert {key: row for key, row in beat.items() if key in left}.items() <= beats.items()
            assert is_shown == {key: row for key, row in was.items() if key[0] not in RECORDS or key in left}


RECORDS = {model.__name__ for model in searched_models().values()}
#: the rows that pages read, with their derived columns but for those that only the present has
SEEN = [
    part(model, [field.column for field in model._meta.concrete_fields if field.name not in DERIVED])
    for model in TRACKED
    if model._meta.app_label != "workspaces"
]
PULSES = [
    (pulse._meta.get_field("record").related_model.__name__, pulse._meta.db_table, "record_id",
     ["record_id", "last_activity_at", "next_activity_at"])
    for pulse in Pulse.__subclasses__()
]  # fmt: skip
# Each twice: what is planned for the present is no plan for the past.
seen, seen_then = Reading("seen", *SEEN), Reading("seen_then", *SEEN)
pulses, pulses_then = Reading("pulses", *PULSES), Reading("pulses_then", *PULSES)


@three_hundred_series
@given(changes=st.lists(one_change, min_size=1, max_size=4))
def test_every_record_at_each_moment_is_what_was_recorded_then(two_people, changes):
    """The history of a record tells at each moment what its row was, and the stories lead from one to the next."""
    with one_series():
        moments = [(now(), contacts())]
        for change in changes:
            do(change)
            moments.append((now(), contacts()))
        for at, known in moments:
            for pk in moments[-1][1].keys() | known.keys():
                told = [c.after for c in state_at(Contact(pk=pk), at) if c.model is Contact]
                assert [row and (row["last_name"], row["job_title"]) for row in told] == (
                    [known[pk]] if pk in known else []
                )


def contacts() -> dict[int, tuple[str, str]]:
    return {contact.pk: (contact.last_name, contact.job_title) for contact in Contact.objects.all()}
