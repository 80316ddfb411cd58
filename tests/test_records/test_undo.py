"""Every change set can be taken back: what it created, changed and trashed, as far as nothing newer stands on it."""

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from activities.models import Activity
from contacts.models import Contact, ContactEvent, Position, Role
from core.money import Money
from core.tenancy import workspace_scope
from deals.models import Deal
from organizations.models import Organization
from records import wording
from records.models import ChangeSet, Event, NotAllowed, Tag, change_set
from records.models.change_set import current_settings
from tests.factories import (
    ContactFactory,
    DealFactory,
    MembershipFactory,
    OrganizationFactory,
    PipelineFactory,
    PositionFactory,
    RoleFactory,
    SourceFactory,
    StageFactory,
    TagFactory,
    TeamFactory,
)
from workspaces.rights import RIGHTS
from workspaces.tracking import TRACKED, history_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_bob(bob):
    """Run a block as one change of bob's and give the change set."""

    def run(change) -> ChangeSet:
        with change_set("test", by=bob.actor, source="web"):
            change()
            found = ChangeSet.current()
        assert found is not None
        return found

    return run


def test_a_change_set_says_who_what_and_where(in_acme, bob, by_bob):
    made = by_bob(lambda: ContactFactory(last_name="Raman"))
    assert (made.actor_kind, made.actor, made.member_id, made.label, made.source) == (
        "member",
        "Bob Lindqvist",
        bob.pk,
        "test",
        "web",
    )


def test_what_changes_nothing_leaves_no_change_set(in_acme, bob):
    contact = ContactFactory()
    with change_set("test", by=bob.actor):
        Contact.objects.filter(pk=contact.pk).update(last_name=contact.last_name)
        assert ChangeSet.current() is None


def test_a_block_that_raises_leaves_no_change_set_in_force(in_acme, bob):
    TagFactory(name="vip")
    before = current_settings()
    with pytest.raises(IntegrityError), change_set("test", by=bob.actor):
        Tag.objects.bulk_create([Tag(name="gold"), Tag(name="vip")])
    assert current_settings() == before


def test_undo_removes_what_was_created(in_acme, bob, by_bob):
    made = by_bob(lambda: ContactFactory(last_name="Raman"))
    result = made.undo(by=bob.actor)
    assert result.total == 1
    assert not Contact.objects.filter(last_name="Raman").exists()


def test_undo_of_an_undo_brings_it_back_under_its_old_id(in_acme, bob, by_bob):
    made = by_bob(lambda: ContactFactory(last_name="Raman"))
    contact = Contact.objects.get(last_name="Raman")
    undone = made.undo(by=bob.actor)
    ChangeSet.objects.get(pk=undone.change_set_id).undo(by=bob.actor)
    assert Contact.objects.get(last_name="Raman").pk == contact.pk


def test_the_timeline_says_what_was_undone_and_what_was_brought_back(in_acme, bob, by_bob):
    kept = ContactFactory()

    def change():
        ContactFactory(last_name="Raman")
        kept.edit(job_title="Buyer", by=bob.actor)

    undone = by_bob(change).undo(by=bob.actor)
    ChangeSet.objects.get(pk=undone.change_set_id).undo(by=bob.actor)

    def told(contact: Contact) -> list[str]:
        events = [link.event for link in contact.event_links.order_by("pk")]
        return [wording.sentence(event.kind, event.data, Contact) for event in events]

    assert told(Contact.objects.get(last_name="Raman")) == ["Brought back by an undo"]
    assert told(kept) == ["Job title set to Buyer", "Undone: test", "Redone: test"]
    assert wording.sentence("undone", {}, Contact) == "A change was undone", "as earlier days wrote it"
    assert not Event.objects.exclude(pk__in=ContactEvent.objects.values("event")).exists()


def test_undo_gives_changed_columns_back_and_leaves_later_changes_of_other_columns(in_acme, bob, by_bob):
    contact = ContactFactory(job_title="Buyer", linkedin="")
    rows = Contact.objects.filter(pk=contact.pk)
    changed = by_bob(lambda: rows.update(job_title="Head of purchasing"))
    rows.update(linkedin="https://www.linkedin.com/in/priya")
    changed.undo(by=bob.actor)
    contact.refresh_from_db()
    assert contact.job_title == "Buyer"
    assert contact.linkedin == "https://www.linkedin.com/in/priya"


def test_undo_leaves_a_row_whose_value_was_changed_since(in_acme, bob, by_bob):
    contact = ContactFactory(job_title="Buyer")
    rows = Contact.objects.filter(pk=contact.pk)
    changed = by_bob(lambda: rows.update(job_title="Head of purchasing"))
    rows.update(job_title="Director")
    result = changed.undo(by=bob.actor)
    assert (result.total, result.skipped) == (0, {"changed since": 1})
    contact.refresh_from_db()
    assert contact.job_title == "Director"


def test_undo_takes_the_trashed_out_of_the_trash(in_acme, bob, by_bob):
    contact = ContactFactory(owner=bob)
    trashed = by_bob(lambda: contact.rows().trash(by=bob.actor))
    assert not Contact.objects.present().exists()
    trashed.undo(by=bob.actor)
    assert Contact.objects.present().get() == contact


def test_undo_leaves_what_something_newer_belongs_to(in_acme, bob, by_bob):
    made = by_bob(lambda: OrganizationFactory(name="Northwind"))
    northwind = Organization.objects.get(name="Northwind")
    OrganizationFactory(name="Northwind Freight", parent=northwind)
    result = made.undo(by=bob.actor)
    assert (result.total, result.skipped) == (0, {"something newer belongs to it": 1})


def test_undo_leaves_a_row_whose_unique_key_is_in_use_again(in_acme, alice, by_bob):
    tag = TagFactory(name="vip")
    renamed = by_bob(lambda: Tag.objects.filter(pk=tag.pk).update(name="gold"))
    TagFactory(name="VIP")
    result = renamed.undo(by=alice.actor)
    assert (result.total, result.skipped) == (0, {"its name or key is in use again": 1})


def test_undo_passes_through_unique_rules_that_hold_only_at_the_end(in_acme, alice, by_bob):
    one, two = TagFactory(name="one"), TagFactory(name="two")

    def swap():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE records_tag AS a SET name = b.name FROM records_tag AS b"
                " WHERE a.id <> b.id AND a.id IN (%(one)s, %(two)s) AND b.id IN (%(one)s, %(two)s)",
                {"one": one.pk, "two": two.pk},
            )

    result = by_bob(swap).undo(by=alice.actor)
    assert result.total == 2
    one.refresh_from_db()
    assert one.name == "one"


def test_undo_brings_back_parents_with_their_children(in_acme, bob, by_bob):
    position = PositionFactory()
    deleted = by_bob(lambda: Contact.objects.filter(pk=position.contact_id).delete())
    assert not Position.objects.exists()
    deleted.undo(by=bob.actor)
    assert Position.objects.get().contact.pk == position.contact_id


def test_what_was_created_and_can_not_go_back_keeps_its_parts(in_acme, bob, by_bob):
    lines, tag = [{"kind": "work", "address": "priya@example.com"}], TagFactory()

    def make():
        priya = Contact.create(last_name="Raman", emails=lines, by=bob.actor)
        position = Position.start(priya, OrganizationFactory(), roles=Role.objects.all()[:1], by=bob.actor)
        priya.rows().tag(tag, by=bob.actor)
        assert position.role_links.exists()

    made = by_bob(make)
    contact = Contact.objects.get()
    contact.rows().update(job_title="Buyer")
    assert made.undo(by=bob.actor).total == 0
    contact.refresh_from_db()
    assert (contact.email, contact.tag_links.count()) == ("priya@example.com", 1)
    assert contact.positions.get().role_links.count() == 1


def test_every_tracked_table_has_a_name_in_the_rights_or_is_a_part():
    for model in TRACKED:
        assert model.record_name in RIGHTS["owner"] if model.record_name else model.part_of
        if model.part_of:
            assert model._meta.get_field(model.part_of).related_model in TRACKED


def test_a_rep_may_not_undo_what_another_did(in_acme, bob, mara, by_bob):
    contact = ContactFactory()
    with change_set("test", by=mara.actor):
        contact.rows().update(last_name="Other")
        maras = ChangeSet.current()
    with pytest.raises(NotAllowed):
        maras.undo(by=bob.actor)


# --- rules over the row that undo would make --------------------------------------------------------------------------
def test_undo_makes_no_organization_its_own_parent(in_acme, bob, by_bob):
    south, north = OrganizationFactory(name="South"), OrganizationFactory(name="North")
    Organization.objects.filter(pk=south.pk).update(parent=north)
    parted = by_bob(lambda: Organization.objects.filter(pk=south.pk).update(parent=None))
    middle = OrganizationFactory(name="Middle", parent=south)
    Organization.objects.filter(pk=north.pk).update(parent=middle)
    result = parted.undo(by=bob.actor)
    assert (result.total, result.skipped) == (0, {"it would belong to itself": 1})


def test_undo_takes_no_amount_back_without_its_currency(in_acme, bob, by_bob):
    deal, northwind = DealFactory(value=100, currency="EUR"), OrganizationFactory(revenue=100, currency="EUR")

    def change():
        Deal.objects.update(value=200)
        Organization.objects.update(revenue=200)

    changed = by_bob(change)
    Deal.objects.update(currency="CZK")
    Organization.objects.update(currency="CZK")
    assert changed.undo(by=bob.actor).skipped == {"changed since": 2}
    deal.refresh_from_db()
    northwind.refresh_from_db()
    assert (deal.money, northwind.worth) == (Money(200, "CZK"), Money(200, "CZK"))


def test_undo_opens_no_deal_whose_reason_somebody_corrected(in_acme, bob, by_bob):
    deal = DealFactory()
    lost = by_bob(lambda: deal.lose("Price", by=bob.actor))
    Deal.objects.update(close_reason="Timing")
    assert lost.undo(by=bob.actor).total == 0
    deal.refresh_from_db()
    assert (deal.status, deal.close_reason) == ("lost", "Timing")


@pytest.fixture
def reopened_call(in_acme, bob, by_bob) -> ChangeSet:
    """The change that made a call of a note; the call was opened again since."""
    note = Activity.log("note", body="Asked for an offer", by=bob.actor)
    changed = by_bob(lambda: note.edit(kind="call", by=bob.actor))
    Activity.objects.get().reopen(by=bob.actor)
    return changed


def test_undo_makes_no_note_of_an_open_call(reopened_call, bob):
    assert reopened_call.undo(by=bob.actor).skipped == {"changed since": 1}


def test_what_a_check_of_the_table_forbids_stays_as_it_is(reopened_call, bob, monkeypatch):
    monkeypatch.setattr("records.undo.plan.inseparable", lambda model: {})
    monkeypatch.setattr("records.undo.plan.head_of", lambda model, column: column)
    assert reopened_call.undo(by=bob.actor).skipped == {"it does not fit what was changed since": 1}


def test_undo_leaves_what_a_changed_row_came_to_belong_to(in_acme, bob, by_bob):
    deal = DealFactory(name="Fleet")

    def change():
        OrganizationFactory(name="Northwind")
        Deal.objects.update(name="Trucks")

    changed = by_bob(change)
    northwind = Organization.objects.get()
    Deal.objects.update(organization=northwind)
    result = changed.undo(by=bob.actor)
    assert (result.total, result.skipped) == (1, {"something newer belongs to it": 1})
    deal.refresh_from_db()
    assert (deal.name, deal.organization) == ("Fleet", northwind)


def test_a_key_is_taken_when_the_row_that_comes_out_needs_it(in_acme, bob, by_bob):
    one, two = ContactFactory(external_id="7"), ContactFactory(external_id="7", deleted_at=timezone.now())
    changed = by_bob(lambda: Contact.objects.filter(pk=two.pk).update(external_id="8"))
    Contact.objects.filter(pk=two.pk).update(deleted_at=None)
    assert changed.undo(by=bob.actor).skipped == {"its name or key is in use again": 1}
    one.rows().update(deleted_at=timezone.now())
    assert changed.undo(by=bob.actor).total == 1


# --- undo is no back door ---------------------------------------------------------------------------------------------
@pytest.fixture
def mate(in_acme, mara):
    """An admin in the team of mara, who manages."""
    return MembershipFactory(role="admin", team=TeamFactory(manager=mara))


def change_of(who, change) -> ChangeSet:
    with change_set("test", by=who.actor, source="web"):
        change()
        found = ChangeSet.current()
    assert found is not None
    return found


SETUP_ROWS = {
    "pipeline": PipelineFactory,
    "stage": StageFactory,
    "role": RoleFactory,
    "source": SourceFactory,
    "tag": TagFactory,
    "team": TeamFactory,
}


@pytest.mark.parametrize("what", SETUP_ROWS)
def test_who_may_only_view_the_set_up_undoes_no_change_of_it(mara, mate, what):
    row = SETUP_ROWS[what](name="before")
    rows = type(row).objects.filter(pk=row.pk)
    renamed = change_of(mate, lambda: rows.update(name="after"))
    with pytest.raises(NotAllowed):
        renamed.undo(by=mara.actor)
    deleted = change_of(mate, rows.delete)
    with pytest.raises(NotAllowed):
        deleted.undo(by=mara.actor)
    assert not rows.exists()
    deleted.undo(by=mate.actor)
    renamed.undo(by=mate.actor)
    assert rows.get().name == "before"


def test_who_lost_the_right_undoes_the_own_changes_no_more(in_acme, mate):
    made = change_of(mate, lambda: TagFactory(name="vip"))
    mate.role = "manager"
    with pytest.raises(NotAllowed):
        made.undo(by=mate.actor)
    assert Tag.objects.filter(name="vip").exists()


def test_undo_deletes_and_restores_within_the_reach_of_the_role(mara, mate, alice):
    near, far = ContactFactory(owner=mate), ContactFactory(owner=alice)
    trashed = change_of(mate, lambda: Contact.objects.trash(by=mate.actor))
    result = trashed.undo(by=mara.actor)
    assert (result.total, result.skipped) == (1, {"your role does not allow it": 1})
    assert Contact.objects.present().get() == near
    made = change_of(mate, lambda: ContactFactory(owner=alice))
    with pytest.raises(NotAllowed):
        made.undo(by=mara.actor)
    assert trashed.undo(by=mate.actor).total == 1
    assert Contact.objects.present().filter(pk=far.pk).exists()


def test_what_one_made_for_somebody_else_one_may_take_back(in_acme, bob, mara, by_bob):
    made = by_bob(lambda: ContactFactory(owner=mara))
    assert made.undo(by=bob.actor).total == 1


def test_undo_reaches_the_files_that_the_role_reaches(in_acme, bob, mara, by_bob):
    file = ContactFactory().files.create(name="offer.pdf", size=1, created_by=mara)
    removed = by_bob(file.delete)
    made = change_of(mara, lambda: file.record.files.create(name="contract.pdf", size=1, created_by=mara))
    assert removed.undo(by=bob.actor).total == 1
    with pytest.raises(NotAllowed):
        made.undo(by=bob.actor)


def test_a_part_is_changed_with_the_right_to_its_whole(in_acme, bob, mara, by_bob, monkeypatch):
    position = PositionFactory(contact__owner=mara)
    roles = by_bob(lambda: position.role_links.create(role=Role.objects.all()[0]))
    monkeypatch.setitem(RIGHTS["rep"]["contact"], "change", "own")
    with pytest.raises(NotAllowed):
        roles.undo(by=bob.actor)
    position.contact.rows().update(owner=bob)
    assert roles.undo(by=bob.actor).total == 1


def test_ten_thousand_rows_go_back_after_small_updates_on_the_same_connection(in_acme, bob):
    """A trigger that kept the plan of its first small update would take minutes here."""
    Contact.objects.bulk_create(Contact(last_name=f"Person {n}") for n in range(10_000))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '60s'")
    first = list(Contact.objects.order_by("pk")[:10])
    for contact in first:
        contact.rows().update(job_title="one by one")
    with change_set("bulk", by=bob.actor):
        Contact.objects.update(job_title="all at once")
        bulk = ChangeSet.current()
    assert bulk.undo(by=bob.actor).total == 10_000
    assert Contact.objects.filter(job_title="one by one").count() == 10


def test_every_tracked_table_keeps_insert_update_and_delete(db):
    """Read from the catalogue, so that a trigger lost in a migration is missed here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE tgname ~ '^pgtrigger_(insert|update|delete)_(insert|update|delete)_' GROUP BY relname"
        )
        triggers = dict(cursor.fetchall())
    assert {model._meta.db_table: 3 for model in TRACKED} == triggers
    assert all(history_of(model) for model in TRACKED)


def test_history_can_be_added_to_and_never_changed(in_acme):
    contact = ContactFactory()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE table_name = %s AND grantee = 'crm_app'",
            [history_of(Contact)._meta.db_table],
        )
        assert {row[0] for row in cursor.fetchall()} == {"SELECT", "INSERT"}
    assert contact.versions.count() == 1


def test_one_workspace_cannot_undo_what_another_did(in_acme, bob, by_bob, charlie):
    made = by_bob(ContactFactory)
    with workspace_scope(charlie.workspace_id):
        assert not ChangeSet.objects.filter(pk=made.pk).exists()
