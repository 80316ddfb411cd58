"""Addresses and numbers: one of each is the primary one; the person keeps a copy of it, whoever writes the lines."""

import pytest
from django.db import connection

from contacts.models import Contact, ContactEmail, ContactPhone
from records.models import ChangeSet, NotAllowed, Refusal, Stale, change_set
from tests.factories import ContactFactory
from workspaces.rights import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_acme")]

WORK = {"kind": "work", "address": "priya@northwind.example"}
HOME = {"kind": "private", "address": "p@home.example"}


@pytest.fixture
def priya() -> Contact:
    return Contact.create(by=SYSTEM, last_name="Raman", emails=[WORK, HOME])


def contents(contact: Contact) -> list[tuple]:
    return [email.content for email in contact.emails.order_by("pk")]


def test_without_a_mark_the_first_line_is_the_primary_one(priya):
    assert contents(priya) == [("work", WORK["address"], True), ("private", HOME["address"], False)]
    assert priya.email == WORK["address"]


def test_the_copy_is_written_with_the_person_and_keeps_one_version(priya):
    assert priya.versions.count() == 1


def test_lines_change_come_and_go_in_one_edit(priya):
    _work, home = priya.emails.order_by("pk")
    changed = priya.edit(
        by=SYSTEM,
        emails=[
            {"id": home.pk, "kind": "other", "address": "raman@home.example"},
            {"kind": "work", "address": "new@northwind.example", "is_primary": True},
        ],
    )
    assert changed == ["emails"]
    assert contents(priya) == [("other", "raman@home.example", False), ("work", "new@northwind.example", True)]
    fresh = Contact.objects.get()
    assert fresh.email == "new@northwind.example"
    assert fresh.version > priya.version


def test_an_address_of_linkedin_is_one_of_https(priya):
    wrong = "http://linkedin.com/in/priya"
    with pytest.raises(Refusal, match="https"):
        priya.edit(by=SYSTEM, linkedin=wrong)
    with pytest.raises(Refusal, match="https"):
        Contact.create(by=SYSTEM, last_name="Raman", linkedin=wrong)


def test_undo_of_a_line_is_seen_by_who_edits_the_person(priya):
    before = list(priya.emails.values("kind", "address"))
    with change_set("test", by=SYSTEM):
        priya.edit(by=SYSTEM, emails=[])
        made = ChangeSet.current()
    seen = Contact.objects.get().version
    made.undo(by=SYSTEM)
    assert list(priya.emails.values("kind", "address")) == before
    with pytest.raises(Stale):
        priya.edit(by=SYSTEM, seen=seen, emails=[])


def test_the_same_lines_again_are_no_change(priya):
    lines = [{"id": email.pk, **line} for email, line in zip(priya.emails.order_by("pk"), (WORK, HOME), strict=True)]
    assert priya.edit(by=SYSTEM, emails=lines) == []
    assert Contact.objects.get().version == priya.version


def test_a_line_of_somebody_else_is_not_taken_over(priya):
    other = Contact.create(by=SYSTEM, last_name="Daly", emails=[WORK])
    priya.edit(by=SYSTEM, emails=[{"id": other.emails.get().pk, "kind": "work", "address": "mine@northwind.example"}])
    assert contents(other) == [("work", WORK["address"], True)]
    assert contents(priya) == [("work", "mine@northwind.example", True)]


def test_who_saw_an_older_version_is_told(priya):
    with pytest.raises(Stale):
        priya.edit(by=SYSTEM, seen=priya.version - 1, last_name="Amari")


def test_a_viewer_writes_nothing(priya, victor):
    with pytest.raises(NotAllowed):
        priya.edit(by=victor.actor, last_name="Amari")
    with pytest.raises(NotAllowed):
        Contact.create(by=victor.actor, last_name="Amari")
    assert Contact.objects.get().last_name == "Raman"


class TestTheCopy:
    """The triggers, below the verbs."""

    def test_it_follows_lines_that_come_in_bulk(self):
        people = ContactFactory.create_batch(3)
        ContactPhone.objects.bulk_create(
            ContactPhone(contact=person, number=f"+1212555010{place}", is_primary=place != 1)
            for place, person in enumerate(people)
        )
        assert list(Contact.objects.order_by("pk").values_list("phone", flat=True)) == [
            "+12125550100",
            "",
            "+12125550102",
        ]

    def test_it_follows_raw_sql(self, priya):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE contacts_contactemail SET address = 'raw@sql.example' WHERE is_primary")
        assert Contact.objects.get().email == "raw@sql.example"

    def test_it_goes_with_the_line(self, priya):
        ContactEmail.objects.filter(is_primary=True).delete()
        assert Contact.objects.get().email == ""

    def test_it_moves_with_the_line(self, priya):
        colm = ContactFactory()
        ContactEmail.objects.filter(is_primary=True).update(contact=colm)
        assert dict(Contact.objects.values_list("pk", "email")) == {priya.pk: "", colm.pk: WORK["address"]}

    def test_a_line_that_is_not_primary_touches_nobody(self, priya):
        version = Contact.objects.get().version
        ContactEmail.objects.filter(is_primary=False).update(address="else@home.example")
        assert Contact.objects.get().version == version


def test_everybody_has_a_pulse_from_the_start():
    ContactFactory.create_batch(2)
    Contact.objects.bulk_create(Contact(last_name=name) for name in ("Amari", "Daly"))
    assert Contact.objects.filter(pulse__isnull=False).count() == 4
