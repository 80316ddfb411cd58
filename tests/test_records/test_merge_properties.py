"""Whatever two to four records have: merging them and taking it back gives the same rows of all tables, and taking that
back the merged ones."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity, ActivityLink, Pin
from contacts.models import Contact, ContactEmail, ContactFile, ContactPhone, Position, PositionRole, Role
from deals.models import Deal, DealContact
from organizations.models import Organization
from records.models import ChangeSet, Merged, Record, Tag, change_set
from tests.test_records.test_undo_properties import (
    State,
    add_contact,
    add_deal,
    add_organization,
    add_position,
    do,
    names,
    pick,
    plan,
    set_parent,
    state,
    tag_all,
    take_back,
    write_down,
)
from workspaces.models import Membership
from workspaces.refusals import Refusal
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

MODELS = (Contact, Organization, Deal)


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


def write_about_two(i: int, j: int) -> None:
    link = pick(ActivityLink.objects.exclude(contact=None), i)
    ActivityLink.objects.create(activity=link.activity, contact=pick(Contact.objects.all(), j))


def give_line(i: int, j: int) -> None:
    contact = pick(Contact.objects.all(), i)
    ContactEmail.objects.create(contact=contact, address=f"p{j}@example.com")
    ContactPhone.objects.create(contact=contact, number=f"+4420794600{j}0", is_primary=j % 2 == 0)


def tag_one(i: int, j: int) -> None:
    pick(Contact.objects.all(), i).rows().tag(Tag.named(f"tag {j % 3}", by=SYSTEM), by=SYSTEM)


def attach(i: int, j: int) -> None:
    file = ContentFile(b"x", name=f"{j}.txt")
    ContactFile.add(pick(Contact.objects.all(), i), file, by=SYSTEM, content_type="text/plain")


def pin_note(i: int, j: int) -> None:
    Pin.put(pick(Activity.objects.filter(kind="note"), i), pick(Contact.objects.all(), j), by=SYSTEM)


def follow(i: int, j: int) -> None:
    pick(Contact.objects.all(), i).follow(by=pick(Membership.objects.all(), j).actor)


DEEDS = [
    add_contact, add_organization, add_deal, add_position, place, put_on_deal, give_deal, write_down, plan, tag_all,
    write_about_two, give_line, tag_one, attach, set_parent, pin_note, follow,
]  # fmt: skip
numbers = st.integers(0, 9)
deeds = st.lists(st.tuples(st.sampled_from(DEEDS), numbers, numbers), max_size=14)


def links() -> list[tuple]:
    """The timelines and the followers, which have no history."""
    found = []
    for model in MODELS:
        for part, name in (("event_links", "event"), ("followers", "member")):
            part_rows = model._meta.get_field(part).related_model.objects.order_by("pk")
            found += [(model.__name__, part, *row) for row in part_rows.values_list("pk", "record", name)]
    return found


def without_events(rows: State) -> State:
    """That a merge was undone is an event too, which a second merge moves with the others."""
    kept = [place for place, name in enumerate(names(Merged)) if name not in ("events", "followers")]
    return rows | {"Merged": [tuple(row[place] for place in kept) for row in rows["Merged"]]}


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


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(
    made=deeds,
    model=st.sampled_from(MODELS),
    places=st.lists(numbers, min_size=2, max_size=4),
)
def test_a_merge_and_its_undo_give_back_every_row(in_acme, alice, bob, made, model, places):
    with transaction.atomic():
        do([(add_organization, 1, 1), (add_organization, 2, 1), (add_contact, 1, 1), (add_contact, 2, 1)])
        do([(add_deal, 1, 0), (add_deal, 2, 1), (add_position, 1, 1), (write_down, 1, 1)])
        do(made)
        roles = set(PositionRole.objects.values_list("role", flat=True))
        before, timelines = state(), links()
        records = list(dict.fromkeys(pick(model.objects.all(), place) for place in places))
        try:
            with change_set("merge", by=SYSTEM, source="web"):
                records[0].merge(records[1:], by=SYSTEM)
                merge = ChangeSet.current()
        except Refusal:
            assert state() == before
            transaction.set_rollback(True)
            return
        check(model, [record.pk for record in records], records[0].pk)
        assert set(PositionRole.objects.values_list("role", flat=True)) == roles
        after = without_events(state())
        undone = take_back(merge)
        assert state() == before
        assert [row for row in links() if row in timelines] == timelines
        take_back(ChangeSet.objects.get(pk=undone.change_set_id))
        assert without_events(state()) == after
        transaction.set_rollback(True)
