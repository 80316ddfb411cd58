"""Whatever two to four records have: merging them and taking it back gives the same rows of all tables, and taking that
back the merged ones."""

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from activities.models import ActivityLink, Pin
from contacts.models import Contact, ContactEmail, ContactPhone, Position, PositionRole, Role
from deals.models import Deal, DealContact
from organizations.models import Organization
from records.merging.fields import faults, fields_of
from records.models import ChangeSet, Record, Tag, change_set
from tests.series import Reading, State, do, one_series, pick, state, take_back, three_hundred_series, values_of
from tests.test_records.test_undo_properties import (
    add_contact,
    add_deal,
    add_organization,
    add_position,
    plan,
    set_parent,
    tag_all,
    write_down,
)
from workspaces.models import Membership
from workspaces.refusals import Refusal
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

MODELS = (Contact, Organization, Deal)
#: how many are merged at most
MOST = 4


def place(i: int, j: int) -> None:
    """A position that may be the primary one, with roles."""
    contact, organization = pick(Contact.objects.all(), i), pick(Organization.objects.all(), j)
    Position.start(
        contact, organization, roles=Role.objects.order_by("pk")[j % 2 : i % 4], is_primary=bool(i % 2), by=SYSTEM
    )


def put_on_deal(i: int, j: int) -> None:
    DealContact.objects.create(
        deal=pick(Deal.objects.all(), i), contact=pick(Contact.objects.all(), j), is_primary=j % 3 == 0
    )


def give_deal(i: int, j: int) -> None:
    pick(Deal.objects.all(), i).edit(organization=pick(Organization.objects.all(), j), by=SYSTEM)


def any_record(i: int, j: int) -> Record:
    return pick(MODELS[j % len(MODELS)].objects.all(), i)


def write_about_two(i: int, j: int) -> None:
    record = any_record(j, i)
    activity = pick(ActivityLink.objects.all(), i + j).activity
    ActivityLink.objects.create(activity=activity, **{type(record)._meta.model_name: record})


def give_line(i: int, j: int) -> None:
    contact = pick(Contact.objects.all(), i)
    ContactEmail.objects.create(contact=contact, address=f"p{j}@example.com")
    ContactPhone.objects.create(contact=contact, number=f"+4420794600{j}0", is_primary=j % 2 == 0)


def tag_one(i: int, j: int) -> None:
    any_record(i, j).rows().tag(Tag.named(f"tag {i % 3}", by=SYSTEM), by=SYSTEM)


def attach(i: int, j: int) -> None:
    record, file = any_record(i, j), ContentFile(b"x", name=f"{j}.txt")
    type(record)._meta.get_field("files").related_model.add(record, file, by=SYSTEM, content_type="text/plain")


def pin_note(i: int, j: int) -> None:
    link = pick(ActivityLink.objects.filter(activity__kind="note"), i + j)
    Pin.put(link.activity, link.contact or link.organization or link.deal, by=SYSTEM)


def follow(i: int, j: int) -> None:
    any_record(i, j).follow(by=pick(Membership.objects.all(), i + j).actor)


DEEDS = [
    add_contact, add_organization, add_deal, add_position, place, put_on_deal, give_deal, write_down, plan, tag_all,
    write_about_two, give_line, tag_one, attach, set_parent, pin_note, follow,
]  # fmt: skip
numbers = st.integers(0, 9)
deeds = st.lists(st.tuples(st.sampled_from(DEEDS), numbers, numbers), max_size=14)


#: the timelines and the followers, which have no history
links = Reading("links", *(
    (f"{model.__name__}.{name}", rows._meta.db_table, "id", [field.column for field in rows._meta.concrete_fields])
    for model in MODELS
    for name in ("event_links", "followers")
    for rows in [model._meta.get_field(name).related_model]
))  # fmt: skip


def without_events(rows: State) -> State:
    """That a merge was undone is an event too, which a second merge moves with the others."""
    left_out = {"events": None, "followers": None}
    return {key: str(values_of(told) | left_out) if key[0] == "Merged" else told for key, told in rows.items()}


def check(model: type[Record], ids: list[int], kept: int) -> None:
    """What has to hold after any merge, besides the rules of the tables."""
    gone = [pk for pk in ids if pk != kept]
    assert set(model.objects.present().filter(pk__in=ids).values_list("pk", flat=True)) == {kept}
    if model is Contact:
        for lines in (ContactEmail.objects, ContactPhone.objects):
            assert not lines.filter(contact__in=gone).exists()
            values = [str(line).lower() for line in lines.filter(contact=kept)]
            assert len(values) == len(set(values))
        assert not Position.objects.filter(contact__in=gone).exists()
        primary = ContactEmail.objects.filter(contact=kept, is_primary=True).first()
        assert Contact.objects.get(pk=kept).email == (primary.address if primary else "")
        assert not ActivityLink.objects.filter(contact__in=gone).exists()
    for organization in Organization.objects.present().exclude(parent=None).select_related("parent"):
        assert not organization.is_above(organization.parent)


@pytest.fixture
def four_of_each(in_acme, alice, bob):
    """What the series begin with: as many of each type as are merged at most, and something of each kind about them."""
    state.prepare()
    links.prepare()
    do([(add, n, n % 2) for add in (add_organization, add_contact, add_deal) for n in range(MOST)])
    do([(add_position, 1, 1), (write_down, 1, 1)])


@three_hundred_series
@given(
    made=deeds,
    model=st.sampled_from(MODELS),
    places=st.lists(numbers, min_size=2, max_size=MOST),
    choices=st.lists(st.tuples(numbers, numbers), max_size=3),
)
def test_a_merge_and_its_undo_give_back_every_row(four_of_each, made, model, places, choices):
    """Whichever values are chosen. Nothing stands against a merge but the choice of a value that can't be."""
    with one_series():
        do(made)
        roles = set(PositionRole.objects.values_list("role", flat=True))
        before, timelines = state(), links()
        records = distinct(model, places)
        chosen, reasons = choose(records, choices)
        if reasons:
            with pytest.raises(Refusal) as refused, change_set("merge", by=SYSTEM, source="web"):
                records[0].merge(records[1:], chosen, by=SYSTEM)
            assert str(refused.value) in reasons
            assert (state(), links()) == (before, timelines)
            return
        with change_set("merge", by=SYSTEM, source="web"):
            records[0].merge(records[1:], chosen, by=SYSTEM)
            merge = ChangeSet.current()
        check(model, [record.pk for record in records], records[0].pk)
        assert set(PositionRole.objects.values_list("role", flat=True)) == roles
        after = without_events(state())
        undone = take_back(merge)
        assert state() == before
        assert timelines.items() <= links().items()
        take_back(ChangeSet.objects.get(pk=undone.change_set_id))
        assert without_events(state()) == after


def distinct(model: type[Record], places: list[int]) -> list[Record]:
    """As many different records as there are places."""
    rows = list(model.objects.order_by("pk"))
    return [rows.pop(place % len(rows)) for place in places]


def choose(records: list[Record], choices: list[tuple[int, int]]) -> tuple[dict[str, int], set[str]]:
    """Fields with the record that gives the value of each, and what stands against these choices."""
    fields = fields_of(type(records[0]))
    wanted = {fields[i % len(fields)]: records[j % len(records)] for i, j in choices}
    reasons = {reason for field, record in wanted.items() if (reason := faults(field, records).get(record.pk))}
    return {field.name: record.pk for field, record in wanted.items()}, reasons
