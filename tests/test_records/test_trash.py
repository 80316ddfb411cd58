"""The trash: what was deleted lies there, comes back with all that hung on it, or goes for good."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from activities.models import Activity
from contacts.models import Contact, Position
from core.tenancy import workspace_scope
from deals.models import Deal
from organizations.models import Organization
from records.jobs import empty_trash
from records.listing import LISTINGS
from records.models import ChangeSet, Refusal, change_set
from records.search import matching_ids
from tests.battery_pages import page_text, statements
from tests.factories import FACTORIES, ContactFactory, OrganizationFactory, PositionFactory, TagFactory
from tests.importing import run_jobs
from tests.reading import undo_path
from workspaces.models import Workspace
from workspaces.rights import SYSTEM
from workspaces.tracking import history_of

pytestmark = pytest.mark.django_db

KINDS = {"organization": Organization, "contact": Contact, "deal": Deal, "activity": Activity}


@pytest.fixture
def priya(acme, bob):
    """In the trash, with a tag, a position and a file."""
    contact = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)
    with workspace_scope(acme.pk):
        PositionFactory(contact=contact)
        contact.rows().tag(TagFactory(name="VIP"), by=SYSTEM)
        contact.files.create(name="offer.pdf", size=3, file=ContentFile(b"pdf", "offer.pdf"), content_type="text/plain")
        contact.rows().trash(by=bob.actor)
    return contact


def test_the_kinds_here_are_all_that_have_lists():
    assert KINDS.keys() == LISTINGS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_the_trash_says_what_who_and_how_long(client_of, acme, bob, kind):
    record = FACTORIES[KINDS[kind]](workspace=acme, owner=bob)
    with workspace_scope(acme.pk):
        record.rows().trash(by=bob.actor)
    page = page_text(client_of(bob).get_w("trash:kind", kind))
    assert record.title in page
    assert "Bob Lindqvist" in page
    assert "30 days" in page, "the day that has begun counts"


@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_in_the_trash_is_nowhere_else(client_of, acme, bob, kind):
    """Neither in lists, counts nor search, and its key is free."""
    model = KINDS[kind]
    record = FACTORIES[model](workspace=acme, owner=bob, external_id="A-1")
    with workspace_scope(acme.pk):
        title = record.title
        record.rows().trash(by=bob.actor)
        assert not model.objects.visible_to(bob).exists()
        assert record.pk not in matching_ids(kind, title, membership=bob)
        FACTORIES[model](owner=bob, external_id="A-1")
    listed = client_of(bob).get_w(f"{model.namespace}:list").context["list"]
    assert listed.count.total == 1


def test_it_comes_back_with_all_that_hung_on_it_and_can_go_again(client_of, acme, bob, priya):
    client = client_of(bob)
    answer = client.post_w("trash:restore", "contact", data={"ids": priya.pk})
    page = page_text(client.get(answer.url))
    with workspace_scope(acme.pk):
        back = Contact.objects.present().get()
        assert (back.tag_links.count(), back.positions.count(), back.files.count()) == (1, 1, 1)
    client.post(undo_path(page))
    with workspace_scope(acme.pk):
        assert not Contact.objects.present().exists()


def test_many_come_back_at_once(client_of, acme, bob):
    with workspace_scope(acme.pk):
        ids = [OrganizationFactory(owner=bob).pk for _ in range(3)]
        Organization.objects.all().trash(by=bob.actor)
    client_of(bob).post_w("trash:restore", "organization", data={"ids": ids[:2]})
    with workspace_scope(acme.pk):
        assert set(Organization.objects.present().values_list("pk", flat=True)) == set(ids[:2])


def test_each_sees_and_restores_what_it_could_have_deleted(client_of, acme, alice, bob, victor, priya):
    with workspace_scope(acme.pk):
        hers = ContactFactory(last_name="Okafor", owner=alice)
        hers.rows().trash(by=alice.actor)
    client = client_of(bob)
    assert "Okafor" not in page_text(client.get_w("trash:kind", "contact"))
    client.post_w("trash:restore", "contact", data={"ids": [hers.pk, priya.pk]})
    with workspace_scope(acme.pk):
        assert Contact.objects.present().get() == priya
    assert client_of(victor).get_w("trash:index").status_code == 403
    assert client.get_w("trash:deletion", "contact", data={"ids": priya.pk}).status_code == 403


def test_another_workspace_restores_nothing(client_of, charlie, acme, priya):
    client_of(charlie).post_w("trash:restore", "contact", data={"ids": priya.pk})
    with workspace_scope(acme.pk):
        assert Contact.objects.get(pk=priya.pk).deleted_at


# --- for good ---------------------------------------------------------------------------------------------------------
def test_an_admin_deletes_for_good_after_the_name_was_typed(
    client_of, acme, alice, priya, django_capture_on_commit_callbacks
):
    client = client_of(alice)
    path = client.url("trash:deletion", "contact")
    assert 'formmethod="get"' not in page_text(client.get_w("trash:kind", "contact")), "a token belongs in no address"
    asked = client.post(path, {"ids": priya.pk})
    assert (asked.status_code, "Priya Raman" in page_text(asked)) == (200, True)
    assert 'id="id_typed_error"' not in page_text(asked)
    wrong = client.post(path, {"ids": priya.pk, "typed": "Priya"})
    assert wrong.status_code == 422
    assert 'id="id_typed_error"' in page_text(wrong)
    with workspace_scope(acme.pk):
        stored = priya.files.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path, {"ids": priya.pk, "typed": "priya raman "}).status_code == 303
    assert not default_storage.exists(stored)
    with workspace_scope(acme.pk):
        assert not Contact.objects.exists()
        assert not Position.objects.exists()
        assert history_of(Contact).objects.filter(pgh_obj_id=priya.pk, pgh_label="delete").exists(), "history stays"
        made = ChangeSet.objects.latest("pk")
        assert made.final
        with pytest.raises(Refusal):
            made.undo(by=alice.actor)


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_file_goes_with_the_record_that_has_it_and_not_with_one_that_had_it_before_a_merge(
    client_of, acme, alice, is_undone, django_capture_on_commit_callbacks
):
    """Whoever was merged leaves its files to the master; after an unmerge each has its own again."""
    with workspace_scope(acme.pk):
        master, other = ContactFactory(last_name="Raman"), ContactFactory(last_name="Ramen")
        kept, removed = (
            other.files.create(name=name, size=3, file=ContentFile(b"pdf", name), content_type="application/pdf")
            for name in ("kept.pdf", "removed.pdf")
        )
        removed.delete()
    with workspace_scope(acme.pk), change_set("", by=alice.actor, source="web"):
        master.merge([other], {}, by=alice.actor)
        merged = ChangeSet.current()
    if is_undone:
        with workspace_scope(acme.pk):
            merged.undo(by=alice.actor)
            Contact.objects.filter(pk=master.pk).trash(by=alice.actor)
    gone, has_it = (master, other) if is_undone else (other, master)
    client = client_of(alice)
    with django_capture_on_commit_callbacks(execute=True):
        data = {"ids": gone.pk, "typed": gone.title}
        assert client.post_w("trash:deletion", "contact", data=data).status_code == 303
    answer = client.get_w("contacts:file", has_it.pk, kept.pk)
    assert b"".join(answer.streaming_content) == b"pdf"
    assert default_storage.exists(removed.file.name) == is_undone, "what the deleted one had removed goes with it"


def test_no_file_goes_that_another_row_still_names(client_of, acme, alice, priya, django_capture_on_commit_callbacks):
    with workspace_scope(acme.pk):
        stored = priya.files.get().file.name
        deal = FACTORIES[Deal]()
        deal.files.create(name="offer.pdf", size=3, file=stored, content_type="text/plain")
    client = client_of(alice)
    with django_capture_on_commit_callbacks(execute=True):
        client.post_w("trash:deletion", "contact", data={"ids": priya.pk, "typed": "Priya Raman"})
    with workspace_scope(acme.pk):
        assert not Contact.objects.exists()
    assert default_storage.exists(stored)


def test_of_many_their_number_is_typed(client_of, acme, alice):
    with workspace_scope(acme.pk):
        ids = [OrganizationFactory().pk for _ in range(2)]
        Organization.objects.all().trash(by=alice.actor)
    client = client_of(alice)
    client.post_w("trash:deletion", "organization", data={"ids": ids, "typed": "delete 2"})
    with workspace_scope(acme.pk):
        assert not Organization.objects.exists()


def test_what_is_in_use_is_not_deleted_for_good(client_of, acme, alice):
    """The rows of the form are looked up in the trash: a forged form reaches nothing that is present."""
    with workspace_scope(acme.pk):
        present = OrganizationFactory(name="Northwind")
    client = client_of(alice)
    client.post_w("trash:deletion", "organization", data={"ids": present.pk, "typed": "Northwind"})
    with workspace_scope(acme.pk):
        assert Organization.objects.get() == present


def test_the_job_deletes_what_has_lain_there_long_enough(acme, elsewhere, priya):
    with workspace_scope(acme.pk):
        young = ContactFactory(deleted_at=timezone.now() - dt.timedelta(days=6))
        Contact.objects.filter(pk=priya.pk).update(deleted_at=timezone.now() - dt.timedelta(days=8))
        Workspace.objects.update(trash_days=7)
    other = ContactFactory(workspace=elsewhere, deleted_at=timezone.now() - dt.timedelta(days=8))
    for workspace in (acme, elsewhere):
        empty_trash.defer(workspace_id=workspace.pk)
    run_jobs()
    with workspace_scope(acme.pk):
        assert Contact.objects.get() == young
        made = ChangeSet.objects.latest("pk")
        assert (made.label, made.actor, made.final) == ("Trash emptied: People", "Rapport", True)
    with workspace_scope(elsewhere.pk):
        assert Contact.objects.get() == other, "30 days there"


def test_owners_and_admins_set_how_long(client_of, acme, alice):
    client = client_of(alice)
    data = {"name": "Acme", "currency": "USD", "country": "US", "language": "en", "time_zone": "UTC", "trail_days": 90}
    assert client.post_w("workspaces:settings", data=data | {"trash_days": 0}).status_code == 422
    assert client.post_w("workspaces:settings", data=data | {"trash_days": 90}).status_code == 303
    with workspace_scope(acme.pk):
        assert Workspace.objects.get().trash_days == 90


def test_the_page_costs_few_statements(client_of, alice, priya):
    client = client_of(alice)
    made = statements(client, client.url("trash:kind", "contact"))
    assert len(made) <= 6, "\n".join(made)
