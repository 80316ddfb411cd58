"""The index of the search follows what becomes of the records."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection
from django.db.models import CharField
from django.utils import timezone

from contacts.models import Contact, ContactEmail, ContactPhone, Position
from core.tenancy import workspace_scope
from organizations.models import Organization
from records.models import ChangeSet, change_set
from records.search import matching_ids
from records.search_entries import catch_up, entries_later
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, PositionFactory
from tests.searching import found

pytestmark = pytest.mark.django_db


def test_trash_restore_and_deleting_for_good(priya, alice):
    priya.trash(by=alice.actor)
    assert found("raman") == []
    ContactEmail.objects.create(contact=priya, address="meanwhile@else.example")
    assert found("meanwhile") == []
    priya.restore(by=alice.actor)
    assert found("raman") == found("meanwhile") == ["Priya Raman"]
    Contact.objects.filter(pk=priya.pk).delete()
    assert matching_ids("contact", "raman") == []


def test_undo_of_a_change_and_of_a_creation(in_acme, bob):
    with change_set("test", by=bob.actor, source="web"):
        contact = ContactFactory(first_name="Priya", last_name="Raman")
        made = ChangeSet.current()
    with change_set("test", by=bob.actor, source="web"):
        contact.edit(by=bob.actor, last_name="Kowalski")
        renamed = ChangeSet.current()
    assert (found("raman"), found("kowalski")) == ([], ["Priya Kowalski"])
    renamed.undo(by=bob.actor)
    assert (found("raman"), found("kowalski")) == (["Priya Raman"], [])
    undone = made.undo(by=bob.actor)
    assert matching_ids("contact", "raman") == []
    ChangeSet.objects.get(pk=undone.change_set_id).undo(by=bob.actor)
    assert found("raman") == ["Priya Raman"]


def test_lines_and_positions_come_move_and_go(priya, others):
    tom = others[0]
    line = ContactEmail.objects.get(contact=priya)
    ContactEmail.objects.filter(pk=line.pk).update(address="priya@southwind.example")
    assert (found("northwind"), found("southwind")) == ([], ["Priya Raman"])
    ContactEmail.objects.filter(pk=line.pk).update(contact=tom)
    assert found("southwind") == ["Tom Okafor"]
    line.delete()
    assert found("southwind") == []
    ContactPhone.objects.filter(contact=priya).delete()
    assert found("7946") == []
    position = PositionFactory(contact=priya, organization=OrganizationFactory(name="Acme Freight"), job_title="Chair")
    assert found("freight") == found("chair") == ["Priya Raman"]
    Position.objects.filter(pk=position.pk).delete()
    assert found("freight") == found("chair") == []


def test_a_renamed_or_trashed_organization_shows_in_its_people_and_deals(priya, alice):
    northwind = OrganizationFactory(name="Northwind")
    PositionFactory(contact=priya, organization=northwind)
    DealFactory(name="Renewal", organization=northwind)
    northwind.edit(by=alice.actor, name="Östwind")
    assert found("northwind", "deal") == []
    assert (found("ostwind"), found("ostwind", "deal")) == (["Priya Raman"], ["Renewal"])
    northwind.trash(by=alice.actor)
    assert (found("ostwind"), found("ostwind", "deal")) == ([], [])
    northwind.restore(by=alice.actor)
    assert (found("ostwind"), found("ostwind", "deal")) == (["Priya Raman"], ["Renewal"])
    Organization.objects.filter(pk=northwind.pk).delete()
    assert (found("ostwind"), found("ostwind", "deal")) == ([], [])


def test_bulk_statements_of_any_size_on_one_connection(in_acme):
    """One row first, whose plan a later thousand must not inherit; then insert, update and delete of many."""
    for n in range(10):
        ContactFactory(last_name=f"Single{n}")
    made = Contact.objects.bulk_create(Contact(first_name="Anna", last_name=f"Massova{n}") for n in range(2000))
    ContactEmail.objects.bulk_create(
        ContactEmail(contact=contact, address=f"{contact.last_name}@bulk.example", is_primary=True) for contact in made
    )
    assert len(matching_ids("contact", "massova bulk", limit=None)) == 2000
    assert found("massova1234@bulk") == ["Anna Massova1234"]
    Contact.objects.filter(first_name="Anna").update(deleted_at=timezone.now())
    assert matching_ids("contact", "massova") == []
    Contact.objects.filter(first_name="Anna").update(deleted_at=None)
    assert len(matching_ids("contact", "massova", limit=None)) == 2000
    Contact.objects.filter(first_name="Anna").delete()
    assert matching_ids("contact", "massova") == []


@pytest.mark.django_db(transaction=True)
def test_copy_and_raw_sql_are_followed(acme, settings):
    """COPY by the owner, who alone may copy into these tables."""
    owner = settings.DATABASES["owner"]
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"], password=owner["PASSWORD"]
    ) as connected:
        connected.execute("SELECT set_config('app.workspace_id', %s, true)", [str(acme.pk)])
        fields = [field for field in Organization._meta.local_fields if not field.generated and field.name != "name"]
        texts = [field.column for field in fields if isinstance(field, CharField) and not field.null]
        columns = ", ".join(["workspace_id", "name", *texts])
        with connected.cursor().copy(f"COPY organizations_organization ({columns}) FROM STDIN") as copy:
            for n in range(50):
                copy.write_row([acme.pk, f"Copied {n}", *[""] * len(texts)])
    with workspace_scope(acme.pk):
        assert len(matching_ids("organization", "copied")) == 50
        assert found("copied 17", "organization") == ["Copied 17"]


def test_what_stays_the_same_is_not_written_again(priya):
    def place() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_get_xact_tuples_updated('records_search'::regclass)")
            return cursor.fetchone()[0]

    before = place()
    Contact.objects.update(birthday="1980-01-01")
    ContactEmail.objects.update(kind="private")
    assert place() == before
    Contact.objects.update(job_title="Director")
    assert place() == before + 1


# --- entries that come later ------------------------------------------------------------------------------------------
def test_new_records_are_found_after_the_catching_up(priya):
    with entries_later():
        tom = ContactFactory(first_name="Tom", last_name="Okafor")
        ContactEmail.objects.create(contact=tom, address="tom@harbour.example", is_primary=True)
        ContactEmail.objects.create(contact=tom, address="okafor@private.example")
        PositionFactory(contact=tom, organization=OrganizationFactory(name="Harbour & Co"))
        Contact.objects.filter(pk=priya.pk).update(last_name="Ramanova")
    assert found("okafor") == found("harbour") == found("harbour", "organization") == []
    assert found("ramanova") == ["Priya Ramanova"], "what is known already is followed at once"
    catch_up()
    assert found("tom okafor") == found("harbour.example") == found("okafor@private") == ["Tom Okafor"]
    assert found("harbour", "organization") == ["Harbour & Co"]
    catch_up()
    assert found("okafor") == ["Tom Okafor"]


def test_what_happens_to_new_records_before_the_catching_up_counts(in_acme):
    with entries_later():
        tom, ines = ContactFactory(last_name="Okafor"), ContactFactory(last_name="Prado")
    Contact.objects.filter(pk=tom.pk).update(last_name="Ofori")
    ines.delete()
    catch_up()
    assert matching_ids("contact", "ofori") == [tom.pk]
    assert matching_ids("contact", "okafor") == matching_ids("contact", "prado") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["the person who deletes", "the catching up"])
def test_a_record_that_goes_while_its_entry_is_written_leaves_none(acme, first):
    with workspace_scope(acme.pk), entries_later():
        tom = ContactFactory(last_name="Okafor")
    acts = [catch_up, lambda: Contact.objects.filter(pk=tom.pk).delete()]
    if first == "the person who deletes":
        acts.reverse()

    def act_aside() -> None:
        try:
            with workspace_scope(acme.pk):
                acts[1]()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with workspace_scope(acme.pk):
            acts[0]()
            other = pool.submit(act_aside)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.5)  # it waits for the first to commit
        other.result()
    with workspace_scope(acme.pk):
        assert matching_ids("contact", "okafor") == []
