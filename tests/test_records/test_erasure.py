"""Erasure by law: nothing of a person is left in any table, and nothing of anybody else is touched."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import ProgrammingError, connection, transaction
from django.http import QueryDict
from django.utils import timezone

import crm.workspace_urls  # noqa: F401 - the pages say what can be erased
from activities.models import Activity, Draft
from contacts.models import Contact, Position, Role
from core.tenancy import workspace_scope
from deals.models import Deal, Person
from organizations.models import Organization
from records.erasing import erase, known
from records.erasure_views import in_words
from records.models import ChangeSet, Erasure, Event, Merged, Recent, Refusal, Tag, change_set, record_event
from records.search import matching_ids
from tests.battery_pages import page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, StageFactory
from tests.importing import Importer, csv_bytes
from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed
from workspaces.rights import SYSTEM
from workspaces.tracking import history_of

pytestmark = pytest.mark.django_db

#: what says who Priya is
TRACES = (
    "Priya Raman",
    "Raman",
    "priya@northwind.example",
    "old@priya.example",
    "+16465550142",
    "in/priya-raman",
    "wants",
    "Vodičkova",
    "Dinghy",
    "Engagement",
)


@pytest.fixture
def priya(acme, alice, client_of):
    """A person with traces all over the workspace."""
    with workspace_scope(acme.pk), change_set("", by=alice.actor, source="web"):
        northwind = Organization.create(name="Northwind", by=alice.actor)
        contact = Contact.create(
            first_name="Priya", last_name="Raman", linkedin="https://www.linkedin.com/in/priya-raman", by=alice.actor,
            emails=[{"kind": "work", "address": "old@priya.example"}],
            phones=[{"kind": "mobile", "number": "+16465550142"}], interests="Dinghy sailing",
            addresses=[{"kind": "billing", "street": "Vodičkova 36", "city": "Praha", "country": "CZ"}],
            dates=[{"name": "Engagement", "day": dt.date(2012, 6, 23)}],
        )  # fmt: skip
        contact.edit(interests="Dinghy racing", by=alice.actor)
        contact.edit(emails=[{"kind": "work", "address": "priya@northwind.example"}], by=alice.actor)
        Position.start(contact, northwind, roles=Role.objects.all()[:1], by=alice.actor)
        contact.rows().tag(Tag.named("VIP", by=SYSTEM), by=alice.actor)
        contact.files.create(
            name="Priya Raman.pdf", size=3, file=ContentFile(b"pdf", "x.pdf"), content_type="text/plain"
        )
        deal = Deal.create(name="Fleet for Priya Raman", stage=StageFactory(), by=alice.actor)
        deal.edit(people=[Person(contact)], by=alice.actor)
        Activity.log("note", body="Priya wants a discount", about=[contact], by=alice.actor)
        Activity.log("note", body="Called PRIYA RAMAN, priya@northwind.example", about=[contact, deal], by=alice.actor)
    importer = Importer(client_of(alice))
    rows = [
        ["First name", "Last name", "E-mail", "LinkedIn"],
        ["Priya", "Raman", "priya@northwind.example", "gopher://x"],
    ]
    importer.run("contact", csv_bytes(rows))
    return contact


def found_in_any_table(text: str) -> dict[str, int]:
    """Table -> rows that hold the text in whatever column, read as the owner of the database reads them."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{text}%"])
                if count := cursor.fetchone()[0]:
                    found[table] = count
    return found


def test_nothing_of_the_person_is_left_in_any_table(acme, alice, priya):
    with workspace_scope(acme.pk):
        assert all(found_in_any_table(trace) for trace in TRACES[:-1]), "the search finds what is there"
        for other in Contact.objects.exclude(pk=priya.pk):  # the import's own Priya
            erase("contact", other.pk, by=alice.actor)
        erase("contact", priya.pk, by=alice.actor)
        assert {trace: found_in_any_table(trace) for trace in TRACES} == {trace: {} for trace in TRACES}
        assert matching_ids("contact", "raman", membership=alice) == []


def test_what_was_about_others_too_stays_without_the_name(acme, alice, priya):
    with workspace_scope(acme.pk):
        for pk in Contact.objects.values_list("pk", flat=True):
            erase("contact", pk, by=alice.actor)
        assert [activity.body for activity in Activity.objects.all()] == ["Called …, …"]
        assert Deal.objects.get().name == "Fleet for …"
        assert Organization.objects.get().name == "Northwind"
        started = Event.objects.get(kind="position_started")
        assert started.data == {"contact": "…", "organization": "Northwind", "job_title": ""}


def test_people_of_a_like_name_or_the_same_number_keep_theirs(acme, alice, priya):
    lines = {"phones": [{"kind": "work", "number": "+16465550142"}]}
    with workspace_scope(acme.pk):
        ann = Contact.create(first_name="Ann", last_name="Raman", by=alice.actor, **lines)
        note = Activity.log("note", body="Ann Raman and Priya Ramanova called", by=alice.actor)
        erase("contact", priya.pk, by=alice.actor)
        ann.refresh_from_db()
        note.refresh_from_db()
        assert (str(ann), ann.phone) == ("Ann Raman", "+16465550142")
        assert note.body == "Ann Raman and Priya Ramanova called"


def test_who_was_merged_into_the_person_goes_too_and_who_was_parted_again_stays(client_of, acme, alice, priya):
    def make(name: str) -> Contact:
        lines = {"emails": [{"kind": "work", "address": f"{name}@ramen.example"}]}
        contact = Contact.create(first_name="Pri", last_name=name, by=alice.actor, **lines)
        Activity.log("note", body=f"About {name}@ramen.example", about=[contact], by=alice.actor)
        contact.follow(by=alice.actor)
        return contact

    def merge(other: Contact) -> ChangeSet:
        with change_set("", by=alice.actor, source="web"):
            priya.refresh_from_db()
            priya.merge([other], {"last_name": other.pk}, by=alice.actor)
            return ChangeSet.current()

    with workspace_scope(acme.pk):
        parted, same = make("parted"), make("same")
        merge(parted).undo(by=alice.actor)
        merge(same)
    client = client_of(alice)
    answer = client.get_w("records:erasing", "contact", same.pk)
    assert answer["Location"] == client.url("records:erasing", "contact", priya.pk)
    with workspace_scope(acme.pk):
        erase("contact", same.pk, by=alice.actor)
        assert not Contact.objects.filter(pk__in=[priya.pk, same.pk]).exists()
        assert found_in_any_table("same@ramen.example") == {}
        assert not Merged.objects.exists()
        assert not history_of(Merged).objects.filter(record=same.pk).exists()
        assert parted.emails.get().address == "parted@ramen.example"
        assert parted.activity_links.get().activity.body == "About parted@ramen.example"


def test_what_members_have_begun_to_write_and_opened_last_tells_nothing(acme, alice, bob, priya):
    with workspace_scope(acme.pk):
        deal, other = Deal.objects.get(), Contact.create(last_name="Else", by=alice.actor)
        for on in (priya, deal):
            Draft.keep(alice, on, "note", QueryDict("body=Ask:%0APriya+Raman%0Aor+Mara"), begun=timezone.now())
        for who, seen in ((alice, (other, priya)), (bob, (priya, other))):
            for record in seen:
                Recent.note(record, who)
        priya.follow(by=bob.actor)
        erase("contact", priya.pk, by=alice.actor)
        assert Draft.objects.get().data["body"] == "Ask:\n…\nor Mara"
        assert Recent.of(alice) == Recent.of(bob) == [("contact", other.pk)]


def test_the_report_speaks_of_no_table_that_has_no_words(acme, alice, bob, priya):
    with workspace_scope(acme.pk):
        priya.follow(by=bob.actor)
        for who in (alice, bob):
            Draft.keep(who, priya, "note", QueryDict("body=Priya"), begun=timezone.now())
        erasure = erase("contact", priya.pk, by=alice.actor)
        words = {what: rows for what, rows, _versions in in_words(erasure.deleted)}
        assert (words["Followers"], words["Draft"], words["Refused rows"]) == (2, 2, 1)
        assert words["Timeline"] > 4
        assert words.keys() == {
            "About", "Activities", "Draft", "E-mails", "File", "Followers", "Last activity", "People", "Person",
            "Phones", "Positions", "Refused rows", "Role", "Tag", "Timeline",
        }  # fmt: skip


def test_a_name_at_the_beginning_of_a_line_is_found_in_what_happened(acme, alice, priya):
    with workspace_scope(acme.pk):
        note = Activity.log("note", body="First", by=alice.actor)
        note.edit(body="First\nPriya Raman\n", by=alice.actor)
        erase("contact", priya.pk, by=alice.actor)
        assert Event.objects.filter(kind="changed").latest("pk").data["values"]["body"] == ["First", "First\n…\n"]


def blackened(priya, alice, *texts: str) -> list[str]:
    """What is left of the texts, each the name of an organization, once Priya is erased."""
    made = [Organization.create(name=text, by=alice.actor) for text in texts]
    erase("contact", priya.pk, by=alice.actor)
    names = dict(Organization.objects.values_list("pk", "name"))
    return [names[one.pk] for one in made]


@pytest.fixture
def patient(acme, alice):
    """A person of whom nothing else is told."""
    with workspace_scope(acme.pk), change_set("", by=alice.actor):
        lines = [{"kind": "work", "address": "priya@northwind.example"}]
        return Contact.create(last_name="Raman", emails=lines, by=alice.actor)


def test_a_private_note_is_not_in_the_change_log_any_more(acme, alice, patient):
    with workspace_scope(acme.pk):
        northwind = OrganizationFactory()
        with change_set("", by=alice.actor, source="web"):
            note = Activity.log("note", body="HIV positive since May", about=[patient], by=alice.actor)
            made = ChangeSet.current()
        with change_set("", by=alice.actor, source="web"):
            note.edit(about=[patient, northwind], by=alice.actor)  # changes a part alone
        with change_set("", by=alice.actor, source="web"):
            note.edit(about=[patient], by=alice.actor)
        with change_set("", by=alice.actor, source="web"):
            note.trash(by=alice.actor)
            ChangeSet.current().undo(by=alice.actor)
        with change_set("", by=alice.actor, source="web"):
            upload = ContentFile(b"pdf", "Biopsy.pdf")
            patient.files.model.add(patient, upload, by=alice.actor, content_type="application/pdf")
        assert made.label == "HIV positive since May created"
        assert ChangeSet.objects.filter(label__contains="HIV").count() == 5
        assert ChangeSet.objects.filter(label__contains="Biopsy").count() == 1
        erase("contact", patient.pk, by=alice.actor)
        assert {word: found_in_any_table(word) for word in ("HIV", "Biopsy")} == {"HIV": {}, "Biopsy": {}}
        made.refresh_from_db()
        assert made.label == "…"


def test_what_happened_to_a_note_that_was_deleted_for_good_before_is_told_no_more(acme, alice, patient):
    with workspace_scope(acme.pk):
        with change_set("", by=alice.actor):
            note = Activity.log("note", subject="Checked", body="HIV negative", about=[patient], by=alice.actor)
            note.edit(body="HIV positive", by=alice.actor)
        Activity.objects.filter(pk=note.pk).delete()
        assert found_in_any_table("HIV").keys() == {"activities_activityversion", "records_event"}
        erase("contact", patient.pk, by=alice.actor)
        assert found_in_any_table("HIV") == {}


def test_what_else_the_log_says_of_others_stays(acme, alice, patient):
    with workspace_scope(acme.pk), change_set(by=alice.actor, source="import"):
        describe_change("Five people of May")
        Activity.log("note", body="Secret", about=[patient], by=alice.actor)
        Organization.create(name="Secret Mills", by=alice.actor)
        erase("contact", patient.pk, by=alice.actor)
        assert ChangeSet.objects.filter(label="Five people of May").exists()


@pytest.mark.parametrize(("number", "written"), [
    ("+420602345678", ("+420602345678", "+420 602 345 678", "00420 602/345-678", "602 345 678", "602\u00a0345\u00a0678",
                       "0602345678", "420602345678", "(602) 345-678", "602.345.678")),
    ("+16465550142", ("+1 (646) 555-0142", "(646) 555-0142", "646-555-0142", "1-646-555-0142")),
    ("+442071234567", ("+44 (0)20 7123 4567", "020 7123 4567", "+44 20 7123 45…")),
])  # fmt: skip
def test_a_phone_number_goes_however_people_write_it(acme, alice, number, written):
    with workspace_scope(acme.pk):
        priya = Contact.create(last_name="X", phones=[{"kind": "work", "number": number}], by=alice.actor)
        said = blackened(priya, alice, *(f"Call {text}, please" for text in written))
        assert said == ["Call …, please"] * len(written)


def test_other_numbers_stay_even_those_of_json(acme, alice, client_of):
    lines = [{"kind": "work", "number": "+420602345678"}]
    with workspace_scope(acme.pk):
        priya = Contact.create(last_name="X", phones=lines, by=alice.actor)
        deal = Deal.create(name="Fleet", stage=StageFactory(), by=alice.actor)
        deal.edit(value=602345678, currency="USD", by=alice.actor)
        data = {"digits": 602345678, "list": [602345678, "602 345 678"], "none": None}
        record_event("imported", [(deal, data)], by=alice.actor)
        kept = "Order 1602345678, 6023456789 and 602 345 679"
        assert blackened(priya, alice, kept) == [kept]
        assert Event.objects.get(kind="imported").data == data | {"list": [602345678, "…"]}


def test_a_name_with_several_blanks_goes_and_what_was_cut_in_its_middle(acme, alice, priya):
    texts = {
        "Ask Priya  Raman": "Ask …", "Ask Priya\u00a0Raman": "Ask …", "Raman,  Priya": "…",
        "Mail priya@north…": "Mail …", "Priya Ram…": "…", "Priya R …": "…", "Priya…": "Priya…", "in priya@…": "in …",
        "See https://www.linkedin.com/in/priya-r…": "See …", "See https://www.linkedin.com/in/ann…": None,
        "See https://www.lin…": None,
    }  # fmt: skip
    with workspace_scope(acme.pk):
        assert blackened(priya, alice, *texts) == [left or text for text, left in texts.items()]


def test_a_note_without_a_subject_hides_the_name_that_its_subject_was_cut_in(acme, alice, patient):
    with workspace_scope(acme.pk):
        deal, body = DealFactory(), f"{'x' * 60} priya@northwind.example asks"
        with change_set("", by=alice.actor, source="web"):
            note = Activity.log("note", body=body, about=[deal], by=alice.actor)
            label = ChangeSet.current()
        assert note.subject.endswith("priya@northwind.ex…")
        erase("contact", patient.pk, by=alice.actor)
        note.refresh_from_db()
        label.refresh_from_db()
        assert (note.subject, label.label) == (f"{'x' * 60} …", f"{'x' * 60} … created")


def test_a_label_that_is_too_long_is_cut_with_a_mark(acme, alice):
    with workspace_scope(acme.pk), change_set("", by=alice.actor, source="web"):
        describe_change("a" * 200)
        Organization.create(name="X", by=alice.actor)
        assert ChangeSet.current().label == "a" * 200
    with workspace_scope(acme.pk), change_set("", by=alice.actor, source="web"):
        describe_change("a" * 201)
        Organization.create(name="X", by=alice.actor)
        assert ChangeSet.current().label == "a" * 199 + "…"


def test_another_workspace_keeps_its_priya(acme, alice, elsewhere, priya):
    theirs = ContactFactory(workspace=elsewhere, first_name="Priya", last_name="Raman")
    with workspace_scope(acme.pk):
        erase("contact", priya.pk, by=alice.actor)
    with workspace_scope(elsewhere.pk):
        theirs.refresh_from_db()
        assert (str(theirs), theirs.versions.count()) == ("Priya Raman", 1)
        assert not Erasure.objects.exists()


def test_the_files_go_and_a_tombstone_stays_that_nobody_changes(acme, alice, priya, django_capture_on_commit_callbacks):
    with workspace_scope(acme.pk):
        stored = priya.files.get().file.name
        with django_capture_on_commit_callbacks(execute=True), change_set("", by=alice.actor, source="web"):
            tombstone = erase("contact", priya.pk, by=alice.actor)
        assert not default_storage.exists(stored)
        assert (tombstone.kind, tombstone.record_id, tombstone.member, tombstone.files) == (
            "contact",
            priya.pk,
            alice,
            1,
        )
        assert tombstone.deleted["contacts_contact"] == 1
        assert tombstone.deleted["contacts_contactversion"] >= 3
        for change in ("UPDATE records_erasure SET actor = ''", "DELETE FROM records_erasure"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)


def test_it_can_not_be_undone_and_older_changes_bring_nobody_back(acme, alice, priya):
    with workspace_scope(acme.pk):
        with change_set("Deleted", by=alice.actor, source="web"):
            priya.rows().trash(by=alice.actor)
            trashed = ChangeSet.current()
        erase("contact", priya.pk, by=alice.actor)
        with pytest.raises(Refusal):
            ChangeSet.objects.filter(final=True).latest("pk").undo(by=alice.actor)
        assert trashed.undo(by=alice.actor).total == 0
        assert not Contact.objects.filter(pk=priya.pk).exists()


def test_who_was_deleted_for_good_is_erased_from_history(client_of, acme, alice, priya):
    with workspace_scope(acme.pk):
        Contact.objects.filter(pk=priya.pk).delete()
    client = client_of(alice)
    page = page_text(client.get(client.url("records:erasures") + "?q=old@priya"))
    assert client.url("records:erasing", "contact", priya.pk) in page
    answer = client.post_w("records:erasing", "contact", priya.pk, data={"typed": "Priya Raman"})
    assert answer.status_code == 303
    report = page_text(client.get(answer.url))
    assert "Report of an erasure" in report
    assert "Raman" not in report
    assert client.get_w("records:erasing", "contact", priya.pk).status_code == 404


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("Priya Raman", True), ("raman  priya", True), ("Príya RAMÁN", True), ("old@priya raman", True),
        ("Priya Okafor", False), ("priya_raman", False), ("Priya%", False), ("first_name", False), ("insert", False),
    ],
)  # fmt: skip
def test_who_shall_be_erased_is_found_by_each_word_of_the_name(acme, alice, typed, finds):
    """In any order, by what the record says and not by how the database calls it; the name may be an old one."""
    with workspace_scope(acme.pk):
        lines = {"emails": [{"kind": "work", "address": "old@priya.example"}]}
        priya = Contact.create(first_name="Priya", last_name="Raman", by=alice.actor, **lines)
        priya.edit(first_name="Pia", last_name="Ñandú", by=alice.actor)
        assert [pk for pk, _name in known("contact", typed)] == [priya.pk] * finds
        assert known("contact", "nandu pia") == [(priya.pk, "Pia Ñandú")]


def test_the_name_is_typed_first(client_of, acme, alice, priya):
    client = client_of(alice)
    assert client.post_w("records:erasing", "contact", priya.pk, data={"typed": "Priya"}).status_code == 422
    with workspace_scope(acme.pk):
        assert Contact.objects.filter(pk=priya.pk).exists()


def test_only_owners_and_admins_erase_and_only_people(client_of, acme, alice, mara, bob, priya):
    for member in (mara, bob):
        assert client_of(member).get_w("records:erasing", "contact", priya.pk).status_code == 403
        with workspace_scope(acme.pk), pytest.raises(NotAllowed):
            erase("contact", priya.pk, by=member.actor)
    assert client_of(alice).get_w("records:erasing", "deal", 1).status_code == 404


def test_the_function_of_the_owner_reaches_no_other_workspace(acme, elsewhere, priya):
    with workspace_scope(elsewhere.pk), connection.cursor() as cursor:
        cursor.execute("SELECT erasure FROM records_erase('contact', %s)", [priya.pk])
    with workspace_scope(acme.pk):
        assert Contact.objects.filter(pk=priya.pk).exists()
        assert priya.versions.exists()
    with pytest.raises(Exception, match="Nothing to erase"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT records_erase('contact', %s)", [priya.pk])


def test_the_function_chooses_the_table_itself_and_takes_no_other_kind(acme, alice, priya):
    with workspace_scope(acme.pk), connection.cursor() as cursor:
        for kind in ("deal", "contactemail", "cont_ct", "%", ""):
            with pytest.raises(Exception, match="Nothing to erase"), transaction.atomic():
                cursor.execute("SELECT records_erase(%s, %s)", [kind, priya.pk])
        assert Contact.objects.filter(pk=priya.pk).exists()


def test_the_tombstone_names_whom_the_session_says(client_of, acme, alice, priya):
    client = client_of(alice)
    client.post_w("records:erasing", "contact", priya.pk, data={"typed": "Priya Raman"})
    with workspace_scope(acme.pk):
        tombstone = Erasure.objects.get()
        assert (tombstone.member, tombstone.actor) == (alice, alice.actor.label)
        assert tombstone.member_id == ChangeSet.objects.filter(final=True).latest("pk").member_id
