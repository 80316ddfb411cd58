"""Merging: what points to a record follows it, values are chosen, and the undo gives everything back or nothing."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity, ActivityLink, Draft, Pin
from contacts.models import Contact, ContactFile, Position, Role
from deals.models import Deal, Person, Stage
from organizations.models import Organization
from records.merging.keys import keys_to
from records.models import ChangeSet, Group, Merged, Record, Tag, change_set
from records.search import searched_models
from tests.conftest import member
from workspaces.refusals import NotAllowed, Refusal, Stale
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

#: what becomes of each table that points to a record; a new one fails the test below until its rule is said here
FOLLOW = {
    "activities_activitylink.activity_id": "moves, one for each record",
    "activities_activitylink.contact_id": "moves, one for each activity",
    "activities_activitylink.deal_id": "moves, one for each activity",
    "activities_activitylink.organization_id": "moves, one for each activity",
    "activities_draft.contact_id": "copied, one for each member and kind",
    "activities_draft.deal_id": "copied, one for each member and kind",
    "activities_draft.organization_id": "copied, one for each member and kind",
    "activities_mention.activity_id": "moves, one for each member",
    "activities_participant.activity_id": "moves, one for each member",
    "activities_pin.activity_id": "moves, one for each record",
    "activities_pin.contact_id": "moves, one for each activity",
    "activities_pin.deal_id": "moves, one for each activity",
    "activities_pin.organization_id": "moves, one for each activity",
    "contacts_contactemail.contact_id": "moves, one for each address, one primary",
    "contacts_contactphone.contact_id": "moves, one for each number, one primary",
    "contacts_contactaddress.record_id": "moves, one for each address, one primary of each kind",
    "contacts_contactdate.record_id": "moves, one for each day of a name",
    "organizations_organizationaddress.record_id": "moves, one for each address, one primary of each kind",
    "organizations_organizationdate.record_id": "moves, one for each day of a name",
    "contacts_pastposition.contact_id": "moves",
    "contacts_pastposition.organization_id": "moves",
    "contacts_position.contact_id": "moves, one for each organization",
    "contacts_position.organization_id": "moves, one for each person, one primary",
    "deals_deal.organization_id": "moves",
    "deals_dealcontact.contact_id": "moves, one for each deal",
    "deals_dealcontact.deal_id": "moves, one for each person, one primary",
    "deals_dealcompetitor.deal_id": "moves, one for each organization",
    "deals_dealcompetitor.organization_id": "moves, one for each deal",
    "deals_dealline.deal_id": "moves",
    "deals_stagechange.deal_id": "moves",
    "organizations_organization.parent_id": "moves",
    "ties_tie.one_contact_id": "moves, one for each kind and other end, none to itself",
    "ties_tie.one_deal_id": "moves, one for each kind and other end, none to itself",
    "ties_tie.one_organization_id": "moves, one for each kind and other end, none to itself",
    "ties_tie.other_contact_id": "moves, one for each kind and other end, none to itself",
    "ties_tie.other_deal_id": "moves, one for each kind and other end, none to itself",
    "ties_tie.other_organization_id": "moves, one for each kind and other end, none to itself",
}
#: what every record type has of its own
PARTS = {
    "tag": "moves, one for each tag",
    "ingroup": "moves, one for each group",
    "file": "moves",
    "event": "stays, moved by the trigger of records_merged",
    "pulse": "stays, kept by the triggers of activities",
    "follower": "stays, shared by the trigger of records_merged",
    "viewer": "moves, one for each member",
    "value": "moves, one for each field and slot",
}
for _model in searched_models().values():
    FOLLOW |= {f"{_model._meta.db_table}{part}.record_id": rule for part, rule in PARTS.items()}
for _part in ("pulse", "follower", "viewer", "value"):
    del FOLLOW[f"activities_activity{_part}.record_id"]  # an activity has none of them


def test_every_key_to_a_record_has_a_rule():
    """Asked of the database's catalogue, so that no table is forgotten."""
    tables = [model._meta.db_table for model in searched_models().values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text || '.' || attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[2]"
            " WHERE contype = 'f' AND confrelid::regclass::text = ANY (%s)",
            [tables],
        )
        found = {key for (key,) in cursor.fetchall()}
    assert found == set(FOLLOW)
    derived = {f"{key.table}.{key.column}" for model in searched_models().values() for key in keys_to(model)}
    assert derived == {key for key in found if not FOLLOW[key].startswith("stays")}


def together(label: str = "test"):
    return change_set(label, by=SYSTEM, source="web")


def merged(master: Record, *others: Record, **wanted) -> ChangeSet:
    with together():
        master.merge(others, by=wanted.pop("by", SYSTEM), **wanted)
        return ChangeSet.current()


def person(last_name: str, *addresses: str, numbers: tuple[str, ...] = (), **values) -> Contact:
    with together():
        return Contact.create(
            by=SYSTEM,
            last_name=last_name,
            emails=[{"kind": "work", "address": address} for address in addresses],
            phones=[{"kind": "mobile", "number": number} for number in numbers],
            **values,
        )


def company(name: str, **values) -> Organization:
    with together():
        return Organization.create(by=SYSTEM, name=name, **values)


def rows(queryset, *names: str) -> list[tuple]:
    return list(queryset.order_by("pk").values_list(*names))


# --- what follows -----------------------------------------------------------------------------------------------------
def test_addresses_and_numbers_are_united_with_one_primary_each(in_acme):
    master = person("Raman", "priya@nw.example", numbers=("+16465550142",))
    other = person("Ramen", "PRIYA@nw.example", "home@priya.example", numbers=("+16465550142", "+16465550143"))
    third = person("Ramon", "third@nw.example", "HOME@priya.example")
    merged(master, other, third)
    assert {email.address: email.is_primary for email in master.emails.all()} == {
        "priya@nw.example": True, "home@priya.example": False, "third@nw.example": False,
    }  # fmt: skip
    assert rows(master.phones, "number", "is_primary") == [("+16465550142", True), ("+16465550143", False)]
    master.refresh_from_db()
    assert (master.email, master.phone) == ("priya@nw.example", "+16465550142")


def test_who_had_no_address_gets_the_primary_one_of_the_other(in_acme):
    master, other = person("Raman"), person("Ramen", "priya@nw.example")
    merged(master, other)
    master.refresh_from_db()
    assert master.email == "priya@nw.example"
    assert rows(master.emails, "is_primary") == [(True,)]


def test_positions_at_one_organization_become_one_with_the_roles_of_both(in_acme):
    organization, elsewhere = company("Northwind"), company("Zenco")
    first, second, third = Role.objects.order_by("pk")[:3]
    master, other = person("Raman"), person("Ramen")
    with together():
        Position.start(master, organization, roles=[first, second], by=SYSTEM)
        Position.start(other, organization, roles=[second, third], job_title="COO", is_primary=True, by=SYSTEM)
        Position.start(other, elsewhere, is_primary=True, by=SYSTEM)
    merged(master, other)
    assert rows(master.positions, "organization__name", "job_title", "is_primary") == [
        ("Northwind", "COO", True),
        ("Zenco", "", True),
    ]
    held = master.positions.get(organization=organization)
    assert set(held.roles.all()) == {first, second, third}


def test_an_organization_has_one_primary_contact_after_a_merge(in_acme):
    master, other = company("Northwind"), company("North Wind")
    people = [person(name) for name in ("Raman", "Daly")]
    with together():
        for who, at in zip(people, (master, other), strict=True):
            Position.start(who, at, is_primary=True, by=SYSTEM)
    merged(master, other)
    assert rows(master.positions, "contact__last_name", "is_primary") == [("Raman", True), ("Daly", False)]


def test_tags_groups_files_activities_and_deals_follow(in_acme, bob):
    master, other = person("Raman"), person("Ramen")
    with together():
        for tag, of in (("VIP", (master, other)), ("Partner", (other,))):
            for contact in of:
                contact.rows().tag(Tag.named(tag, by=SYSTEM), by=SYSTEM)
        fair, lyon = (Group.make("contact", name, by=bob.actor) for name in ("Fair", "Lyon"))
        fair.take_in(Contact.objects.filter(pk__in=[master.pk, other.pk]), by=bob.actor)
        lyon.take_in(other.rows(), by=bob.actor)
        upload = ContentFile(b"%PDF-1.7", name="plan.pdf")
        ContactFile.add(other, upload, by=SYSTEM, content_type="application/pdf")
        about_both = Activity.log("note", body="Both", about=[master, other], by=SYSTEM)
        Activity.plan("task", subject="Call", due_at=timezone.now(), about=[other], by=SYSTEM)
        people = [Person(master), Person(other, Role.objects.first(), is_primary=True)]
        deal = Deal.create(name="Rollout", stage=Stage.objects.first(), people=people, by=SYSTEM)
    version = about_both.version
    merged(master, other)
    assert sorted(master.tags.values_list("name", flat=True)) == ["Partner", "VIP"]
    assert sorted(master.group_links.values_list("group__name", flat=True)) == ["Fair", "Lyon"]
    assert master.files.get().name == "plan.pdf"
    assert ActivityLink.objects.filter(contact=master).count() == 2
    assert not ActivityLink.objects.filter(contact=other).exists()
    assert master.pulse.next_activity_at
    assert rows(deal.contact_links, "contact", "role", "is_primary") == [(master.pk, Role.objects.first().pk, True)]
    about_both.refresh_from_db()
    assert about_both.version > version  # who has its form open has not seen that


def test_deals_and_children_follow_an_organization(in_acme):
    master, other, stage = company("Northwind"), company("North Wind"), Stage.objects.first()
    child = company("Northwind Leeds", parent=other)
    with together():
        deal = Deal.create(name="Rollout", stage=stage, organization=other, by=SYSTEM)
    merged(master, other)
    deal.refresh_from_db()
    child.refresh_from_db()
    assert (deal.organization, child.parent) == (master, master)


def test_what_happened_to_a_deal_follows_it(in_acme):
    first, second = Stage.objects.in_order()[:2]
    with together():
        master = Deal.create(name="Rollout", stage=first, value=100, currency="USD", by=SYSTEM)
        other = Deal.create(name="Rollout 2", stage=first, value=900, currency="EUR", by=SYSTEM)
        other.move_to(second, by=SYSTEM)
    merged(master, other, chosen={"value": other.pk, "pipeline": master.pk})
    master.refresh_from_db()
    assert (master.value, master.currency, master.stage) == (900, "EUR", first)
    assert master.stage_changes.count() == 1


def test_a_deal_that_takes_over_a_stage_stands_on_top_of_it_and_of_its_own_when_that_is_undone(in_acme):
    first, second = Stage.objects.in_order()[:2]
    with together():
        master, other, stays = (Deal.create(name=name, stage=first, by=SYSTEM) for name in ("One", "Two", "Three"))
        for deal in (other, stays):
            deal.move_to(second, by=SYSTEM)
    merge = merged(master, other, chosen={"pipeline": other.pk})
    order = Deal.objects.present().order_by("rank").values_list("name", flat=True)
    assert list(order.filter(stage=second)) == ["One", "Three"]
    with together():
        Deal.create(name="Four", stage=first, by=SYSTEM)
    merge.undo(by=SYSTEM)
    assert list(order.filter(stage=first)) == ["One", "Four"]
    assert list(order.filter(stage=second)) == ["Two", "Three"]


def test_the_timeline_follows_and_comes_back(in_acme):
    master, other = person("Raman"), person("Ramen", "priya@nw.example")
    merge = merged(master, other)
    kinds = list(master.event_links.order_by("event").values_list("event__kind", flat=True))
    assert kinds == ["created", "created", "merged"]
    assert master.event_links.get(event__kind="merged").event.data == {"names": ["Ramen"]}
    with together():
        master.edit(job_title="Buyer", by=SYSTEM)
    merge.undo(by=SYSTEM)
    assert [link.event.kind for link in other.event_links.order_by("event")] == ["created", "undone"]
    assert "changed" in master.event_links.values_list("event__kind", flat=True)
    assert Merged.objects.count() == 0


def test_who_followed_the_other_follows_the_master_until_the_merge_is_undone(in_acme, alice, bob):
    master, other = person("Raman"), person("Ramen")
    for who, followed in ((alice, (master, other)), (bob, (other,))):
        for contact in followed:
            contact.follow(by=who.actor)
    merge = merged(master, other)
    assert set(master.followers.values_list("member", flat=True)) == {alice.pk, bob.pk}
    undone = ChangeSet.objects.get(pk=merge.undo(by=SYSTEM).change_set_id)
    assert rows(master.followers, "member") == [(alice.pk,)]
    assert rows(other.followers, "member") == [(alice.pk,), (bob.pk,)]
    undone.undo(by=SYSTEM)
    assert set(master.followers.values_list("member", flat=True)) == {alice.pk, bob.pk}


def test_what_somebody_has_begun_to_write_is_found_on_the_master(in_acme, alice, bob):
    master, other = person("Raman"), person("Ramen")
    for who, on, text in ((alice, other, "One"), (bob, other, "Two"), (bob, master, "Three")):
        Draft.keep(who, on, "note", QueryDict(f"body={text}"), begun=timezone.now())
    merged(master, other).undo(by=SYSTEM)
    found = {(draft.member, draft.contact): draft.data["body"] for draft in Draft.objects.all()}
    assert found == {(alice, master): "One", (bob, master): "Three", (alice, other): "One", (bob, other): "Two"}


def test_pinned_notes_follow(in_acme):
    master, other = person("Raman"), person("Ramen")
    with together():
        both, alone = (
            Activity.log("note", body="Terms", about=about, by=SYSTEM) for about in ([master, other], [other])
        )
        for note, pinned in ((both, (master, other)), (alone, (other,))):
            for contact in pinned:
                Pin.put(note, contact, by=SYSTEM)
    merge = merged(master, other)
    assert set(Pin.objects.values_list("activity", "contact")) == {(both.pk, master.pk), (alone.pk, master.pk)}
    merge.undo(by=SYSTEM)
    assert Pin.objects.filter(contact=other).count() == 2


# --- values -----------------------------------------------------------------------------------------------------------
def test_the_kept_record_keeps_its_values_and_takes_the_newest_of_others_where_it_has_none(in_acme):
    master = person("Raman", first_name="Priya")
    older, newer = person("Ramen", job_title="COO"), person("Rahman", first_name="P.", job_title="CFO")
    master.rows().update(updated_at=timezone.now() - dt.timedelta(days=2))
    older.rows().update(updated_at=timezone.now() - dt.timedelta(days=1))
    merged(master, newer, older)
    master.refresh_from_db()
    assert (master.first_name, master.last_name, master.job_title) == ("Priya", "Raman", "CFO")


def test_what_is_chosen_is_taken(in_acme):
    master, other = person("Raman", first_name="Priya"), person("Ramen")
    merged(master, other, chosen={"first_name": other.pk, "last_name": other.pk})
    master.refresh_from_db()
    assert (master.first_name, master.last_name) == ("", "Ramen")


def test_an_external_id_goes_over_though_it_is_unique(in_acme):
    master, other = person("Raman"), person("Ramen", external_id="A-1")
    merged(master, other).undo(by=SYSTEM)
    merged(master, other)
    master.refresh_from_db()
    assert master.external_id == "A-1"


def test_nobody_comes_to_stand_below_itself(in_acme):
    top = company("Top")
    middle = company("Middle", parent=top)
    bottom = company("Bottom", parent=middle)
    with pytest.raises(Refusal, match="Middle belongs to Top"):
        merged(bottom, top, chosen={"parent": bottom.pk})
    merged(bottom, top)
    bottom.refresh_from_db()
    middle.refresh_from_db()
    assert (bottom.parent, middle.parent) == (None, bottom)


# --- the gate ---------------------------------------------------------------------------------------------------------
def test_a_rep_deletes_only_its_own_by_merging(in_acme, alice, bob):
    own, others = person("Raman", owner=bob), person("Ramen", owner=alice)
    with pytest.raises(NotAllowed, match="moves all but one of the records to the trash"):
        merged(own, others, by=bob.actor)
    merged(others, own, by=bob.actor, chosen={"owner": others.pk})
    own.refresh_from_db()
    assert own.deleted_at


def test_a_rep_takes_nobody_s_record_over_by_merging(in_acme, alice, bob):
    own, others = person("Raman", owner=bob), person("Ramen", owner=alice)
    with pytest.raises(NotAllowed):
        merged(others, own, by=bob.actor, chosen={"owner": own.pk})


def test_a_viewer_merges_nothing(in_acme, victor):
    with pytest.raises(NotAllowed):
        merged(person("Raman"), person("Ramen"), by=victor.actor)


def test_two_to_ten_present_and_unchanged_records_are_merged(in_acme):
    people = [person(f"Raman {n}") for n in range(11)]
    master, other = people[:2]
    for others in ([], [master], people[1:]):
        with pytest.raises(Refusal, match="two to ten"):
            merged(master, *others)
    with pytest.raises(Stale):
        merged(master, other, seen={other.pk: other.version - 1})
    with together():
        other.trash(by=SYSTEM)
    with pytest.raises(Refusal, match="in the trash"):
        merged(master, other)
    merged(master, *people[2:])
    assert Contact.objects.present().count() == 1


def test_a_merged_record_leaves_the_trash_by_undo_alone(in_acme):
    master, other = person("Raman"), person("Ramen")
    merge = merged(master, other)
    outcome = other.rows().restore(by=SYSTEM)
    assert (outcome.done, list(outcome.refused)) == (0, [other.pk])
    merge.undo(by=SYSTEM)
    other.refresh_from_db()
    assert other.deleted_at is None


# --- undo -------------------------------------------------------------------------------------------------------------
def test_what_the_master_got_since_stays_with_it(in_acme):
    master, other = person("Raman", "priya@nw.example"), person("Ramen", "ramen@nw.example")
    merge = merged(master, other, chosen={"last_name": other.pk})
    with together():
        master.refresh_from_db()
        master.edit(job_title="Buyer", by=SYSTEM)
        Activity.log("note", body="Since", about=[master], by=SYSTEM)
        master.rows().tag(Tag.named("Since", by=SYSTEM), by=SYSTEM)
    assert not merge.undo(by=SYSTEM).skipped
    master.refresh_from_db()
    assert (master.last_name, master.job_title) == ("Raman", "Buyer")
    assert [tag.name for tag in master.tags.all()] == ["Since"]
    assert master.activity_links.count() == 1
    assert rows(other.emails, "address") == [("ramen@nw.example",)]


@pytest.mark.parametrize(
    ("since", "reason"),
    [
        (lambda master, other: master.edit(last_name="Rahman", by=SYSTEM), "changed since"),
        (lambda master, other: master.emails.filter(address="ramen@nw.example").delete(), "deleted since"),
        (lambda master, other: person("Thief", external_id="A-1"), "in use again"),
    ],
)
def test_a_merge_is_undone_whole_or_not_at_all(in_acme, since, reason):
    master = person("Raman", "priya@nw.example")
    other = person("Ramen", "ramen@nw.example", external_id="A-1")
    merge = merged(master, other, chosen={"last_name": other.pk, "external_id": master.pk})
    master.refresh_from_db()
    with together():
        since(master, other)
    before = rows(Contact.objects, "pk", "last_name", "deleted_at"), rows(master.emails, "address")
    with pytest.raises(Refusal, match=reason):
        merge.undo(by=SYSTEM)
    assert before == (rows(Contact.objects, "pk", "last_name", "deleted_at"), rows(master.emails, "address"))


def test_the_undo_of_a_merge_is_taken_back_whole_too(in_acme):
    master, other = person("Raman", "priya@nw.example"), person("Ramen", "ramen@nw.example")
    merge = merged(master, other)
    undone = ChangeSet.objects.get(pk=merge.undo(by=SYSTEM).change_set_id)
    assert other.emails.count() == 1
    undone.undo(by=SYSTEM)
    assert (master.emails.count(), other.emails.count()) == (2, 0)
    assert Merged.successor(Contact, other.pk) == master.pk
    assert other.event_links.exclude(event__kind__in=("undone", "brought_back")).count() == 0


def test_who_may_merge_may_take_it_back_with_files_of_others(in_acme, acme, alice):
    bob = member(acme, "Bob Lindqvist", "rep")
    master, other = person("Raman", owner=bob), person("Ramen", owner=bob)
    with together():
        ContactFile.add(other, ContentFile(b"%PDF", name="a.pdf"), by=alice.actor, content_type="application/pdf")
    with change_set("merge", by=bob.actor, source="web"):
        master.merge([other], by=bob.actor)
        merge = ChangeSet.current()
    merge.undo(by=bob.actor)
    assert other.files.count() == 1


# --- cost -------------------------------------------------------------------------------------------------------------
def test_ten_records_with_thousands_of_activities_cost_as_many_statements_as_two(in_acme):
    def merge_with(count: int, activities: int) -> int:
        people = [person(f"Raman {count} {n}", f"p{n}@{count}.example") for n in range(count)]
        with together():
            notes = Activity.objects.bulk_create(
                Activity(kind="note", subject="Note", done_at=timezone.now()) for _ in range(activities)
            )
            ActivityLink.objects.bulk_create(
                ActivityLink(activity=note, contact=people[n % count]) for n, note in enumerate(notes)
            )
        with CaptureQueriesContext(connection) as queries:
            merged(people[0], *people[1:])
        assert ActivityLink.objects.filter(contact=people[0]).count() == activities
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    assert merge_with(10, 3000) == merge_with(2, 10) <= 60
