"""Who is told of what: a change set, its followers, and what each of them may see."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity
from contacts.models import Contact, ContactFollower
from core.tenancy import workspace_scope
from deals.models import Deal
from organizations.models import Organization
from records.jobs import tell_news
from records.models import Attention, ChangeSet, Follower, Notice, change_set
from records.news import counting
from records.news.counting import unread
from tests.battery_pages import HTMX, page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, TagFactory, TeamFactory
from tests.importing import Importer, csv_bytes, drop_news, run_news
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(acme, alice):
    """A person whom alice follows."""
    contact = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", job_title="Buyer")
    with workspace_scope(acme.pk):
        contact.follow(by=alice.actor)
    drop_news()
    return contact


def does(member: Membership, work) -> ChangeSet | None:
    """What a member does in one request, and the news of it."""
    drop_news()
    with workspace_scope(member.workspace_id), change_set("", by=member.actor, source="web"):
        work()
        found = ChangeSet.current()
    run_news()
    return found


def told(member: Membership) -> list[tuple[str, str, int]]:
    """(kind, record type, id) of what a member is told, the newest first."""
    with workspace_scope(member.workspace_id):
        return [(n.kind, n.about, n.record) for n in Notice.objects.of(member)]


def test_a_follower_is_told_of_a_change_and_whoever_did_it_is_not(acme, alice, bob, mara, priya):
    with workspace_scope(acme.pk):
        priya.follow(by=bob.actor)
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head", linkedin="https://linkedin.example/p"))
    assert told(alice) == [("changed", "contact", priya.pk)], "one of a change set and record, however many fields"
    assert told(bob) == told(mara) == []


def test_nobody_is_told_twice_however_often_the_job_runs(acme, alice, bob, priya):
    change = does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    tell_news(workspace_id=acme.pk, change_set_id=change.pk)
    assert len(told(alice)) == 1


def test_a_part_of_a_record_is_the_record(acme, alice, bob, priya):
    does(bob, lambda: priya.edit(by=bob.actor, emails=[{"kind": "work", "address": "priya@northwind.example"}]))
    assert told(alice) == [("changed", "contact", priya.pk)]


def test_a_change_of_many_records_is_one_notice_that_says_what_was_done(acme, alice, bob, client_of):
    with workspace_scope(acme.pk):
        people = ContactFactory.create_batch(6)
        ContactFollower.objects.bulk_create(ContactFollower(record=one, member=alice) for one in people[:5])
    does(bob, lambda: Contact.objects.all().assign(bob, by=alice.actor))
    assert told(alice) == [("changed", "contact", 0)]
    text = page_text(client_of(alice).get_w("news:list"))
    assert "Bob Lindqvist changed 5 people" in text
    assert "Owner set to Bob Lindqvist" in text


def test_a_change_that_is_about_hidden_records_as_well_is_not_told_in_its_own_words(
    acme, alice, bob, client_of, monkeypatch
):
    with workspace_scope(acme.pk):
        for one in [*ContactFactory.create_batch(5, owner=alice), ContactFactory(owner=bob)]:
            one.follow(by=alice.actor)
    limited(monkeypatch, alice)
    does(bob, lambda: Contact.objects.all().tag(TagFactory(name="Secret"), by=bob.actor))
    text = page_text(client_of(alice).get_w("news:list"))
    assert "Bob Lindqvist changed 5 people" in text
    assert "Secret" not in text


def test_a_record_that_is_given_to_somebody_is_told_as_that(acme, alice, bob, priya):
    with workspace_scope(acme.pk):
        priya.follow(by=bob.actor)
    does(alice, lambda: priya.edit(by=alice.actor, owner=bob))
    assert told(bob) == [("given", "contact", priya.pk)], "the better reason counts, though bob follows it as well"


def test_an_open_task_is_given_and_what_was_done_is_not(acme, alice, bob):
    def plan():
        Activity.plan("task", by=alice.actor, subject="Call", due_at=timezone.now(), owner=bob)
        Activity.log("call", by=alice.actor, subject="Called", owner=bob)

    does(alice, plan)
    with workspace_scope(acme.pk):
        task = Activity.objects.get(subject="Call")
    assert told(bob) == [("given", "activity", task.pk)]


def test_a_note_on_a_followed_record_is_told_and_leads_to_its_timeline(acme, alice, bob, priya, client_of):
    does(bob, lambda: Activity.log("note", by=bob.actor, body="She likes the pilot.", about=[priya]))
    with workspace_scope(acme.pk):
        note = Activity.objects.get()
    assert told(alice) == [("activity", "activity", note.pk)]
    client = client_of(alice)
    text = page_text(client.get_w("news:list"))
    assert "Bob Lindqvist wrote about Priya Raman" in text
    assert "She likes the pilot." in text
    with workspace_scope(acme.pk):
        notice = Notice.objects.get()
    answer = client.get_w("news:notice", notice.pk)
    assert answer.url == f"{client.url('contacts:detail', priya.pk)}#activity-{note.pk}"


def test_a_mention_is_told_once_and_before_all_else(acme, alice, bob, mara, priya):
    does(bob, lambda: Activity.log("note", by=bob.actor, body="@Alice Ostrowska and @Mara Lind", about=[priya]))
    with workspace_scope(acme.pk):
        note = Activity.objects.get()
    assert told(alice) == told(mara) == [("mention", "activity", note.pk)]
    does(bob, lambda: Activity.objects.get().edit(by=bob.actor, body="@Alice Ostrowska and @Mara Lind, please"))
    assert len(told(mara)) == 1, "who was called is not called again"


def test_what_one_takes_back_oneself_says_so_and_tells_nothing_more(acme, alice, bob, priya, client_of):
    change = does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    does(bob, lambda: change.undo(by=bob.actor))
    assert len(told(alice)) == 1
    assert "Undone since" in page_text(client_of(alice).get_w("news:list"))
    with workspace_scope(acme.pk):
        assert not Notice.objects.unread().exists(), "what is undone calls nobody any more"


def test_what_somebody_else_takes_back_is_told_of(acme, alice, bob, priya):
    with workspace_scope(acme.pk):
        priya.follow(by=bob.actor)
    change = does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    does(alice, lambda: change.undo(by=alice.actor))
    assert told(bob) == [("changed", "contact", priya.pk)]


# --- following from the start -----------------------------------------------------------------------------------------
def follows(member: Membership, **whose: str) -> None:
    with workspace_scope(member.workspace_id):
        Attention.objects.create(member=member, follows=whose)


def test_who_wants_it_follows_all_new_records_of_a_kind(acme, alice, bob):
    follows(alice, deal="all")
    does(bob, lambda: Organization.create(by=bob.actor, name="Northwind"))
    assert told(alice) == []
    does(bob, lambda: Contact.create(by=bob.actor, last_name="Raman"))
    with workspace_scope(acme.pk):
        assert not ContactFollower.objects.filter(member=alice).exists()
    follows_too = Attention(member=alice, follows={"deal": "all", "contact": "all"})
    with workspace_scope(acme.pk):
        Attention.objects.filter(member=alice).update(follows=follows_too.follows)
    does(bob, lambda: Contact.create(by=bob.actor, last_name="Daly"))
    with workspace_scope(acme.pk):
        assert [one.record.last_name for one in ContactFollower.objects.filter(member=alice)] == ["Daly"]
    assert [kind for kind, _about, _id in told(alice)] == ["new"]


def test_those_of_the_own_team_alone(acme, alice, bob, mara):
    with workspace_scope(acme.pk):
        team = TeamFactory(manager=mara)
        Membership.objects.filter(pk=bob.pk).update(team=team)
    follows(mara, contact="team")
    does(bob, lambda: Contact.create(by=bob.actor, last_name="Ours"))
    does(alice, lambda: Contact.create(by=alice.actor, last_name="Theirs"))
    with workspace_scope(acme.pk):
        assert [one.record.last_name for one in ContactFollower.objects.filter(member=mara)] == ["Ours"]


def test_an_import_is_one_notice_to_who_follows_all_and_nothing_to_others(acme, alice, bob, mara, client_of):
    follows(bob, contact="all")
    rows = [["Last name"], *([f"Raman {n}"] for n in range(5))]
    Importer(client_of(alice)).run("contact", csv_bytes(rows))
    run_news()
    assert told(bob) == [("new", "contact", 0)]
    assert told(mara) == []
    with workspace_scope(acme.pk):
        assert ContactFollower.objects.filter(member=bob).count() == 5
    assert "Alice Ostrowska added 5 people" in page_text(client_of(bob).get_w("news:list"))


# --- who may see what -------------------------------------------------------------------------------------------------
def limited(monkeypatch, member: Membership) -> None:
    """The member may see its own records alone from now on."""
    scope = Membership.scope

    def own(self, record: str, action: str):
        return "own" if self.pk == member.pk and action == "view" else scope(self, record, action)

    monkeypatch.setattr(Membership, "scope", own)


def test_nobody_is_told_of_what_it_may_not_see(acme, alice, bob, priya, monkeypatch):
    does(bob, lambda: priya.edit(by=bob.actor, owner=bob))
    before = told(alice)
    limited(monkeypatch, alice)
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    assert told(alice) == before


def test_what_was_hidden_since_is_not_shown_and_counts_no_more(acme, alice, bob, priya, client_of, monkeypatch):
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head", owner=bob))
    client = client_of(alice)
    limited(monkeypatch, alice)
    text = page_text(client.get_w("news:list"))
    assert "Raman" not in text
    assert "Nothing new" in text
    assert "Mark all as read" not in text.partition('id="main"')[2]
    with workspace_scope(acme.pk):
        notice = Notice.objects.get()
        assert notice.read_at
    assert client.get_w("news:notice", notice.pk).status_code == 404


def test_a_deleted_record_is_no_news(acme, alice, bob, priya, client_of):
    does(alice, lambda: priya.edit(by=alice.actor, owner=bob))
    does(bob, lambda: priya.trash(by=bob.actor))
    assert "Raman" not in page_text(client_of(alice).get_w("news:list"))


def test_another_workspace_hears_nothing(acme, elsewhere, alice, bob, charlie, priya, client_of):
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    assert told(charlie) == []
    with workspace_scope(acme.pk):
        notice = Notice.objects.get()
    client = client_of(charlie)
    assert client.get_w("news:notice", notice.pk).status_code == 404
    assert client.post_w("news:reading", notice.pk).status_code == 404
    assert "Raman" not in page_text(client.get_w("news:list"))


def test_a_colleague_s_notices_are_not_there(acme, alice, bob, mara, priya, client_of):
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    with workspace_scope(acme.pk):
        notice = Notice.objects.get()
    assert client_of(mara).get_w("news:notice", notice.pk).status_code == 404
    assert client_of(mara).post_w("news:reading", notice.pk, data={"read": "1"}).status_code == 404
    client_of(mara).post_w("news:all_read")
    with workspace_scope(acme.pk):
        assert Notice.objects.unread().count() == 1


# --- the pages --------------------------------------------------------------------------------------------------------
def badge(page: str) -> str:
    return re.search(r'id="news-count">(\w*\+?)<', page)[1]


def test_the_bell_counts_what_is_unread(acme, alice, bob, priya, client_of):
    client = client_of(alice)
    assert badge(page_text(client.get_w("contacts:list"))) == ""
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    assert badge(page_text(client.get_w("contacts:list"))) == "1"
    with workspace_scope(acme.pk):
        notice = Notice.objects.get()
    client.get_w("news:notice", notice.pk)
    assert badge(page_text(client.get_w("contacts:list"))) == ""


def test_the_bell_counts_nothing_hidden_or_gone(acme, alice, bob, priya, client_of):
    """Before anybody has opened the page; and what is seen again, or back from the trash, counts again."""
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head", owner=bob))
    client = client_of(alice)
    with workspace_scope(acme.pk):
        type(alice).objects.filter(pk=alice.pk).update(role="manager")
    for change, shown in (
        (lambda row: row.guard(by=bob.actor, is_private=True, members=[]), ""),
        (lambda row: row.guard(by=bob.actor, is_private=True, members=[alice]), "1"),
        (lambda row: row.trash(by=bob.actor), ""),
        (lambda row: row.restore(by=bob.actor), "1"),
    ):
        with workspace_scope(acme.pk):
            change(Contact.objects.get(pk=priya.pk))
        assert badge(page_text(client.get_w("workspaces:profile"))) == shown


def test_the_bell_looks_at_so_many_unread_notices(acme, alice, bob, priya, client_of, monkeypatch):
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    with workspace_scope(acme.pk):
        gone = Notice.objects.get()
        for place in range(3):
            gone.pk, gone.about, gone.first, gone.record = None, "deal", 10**9 + place, 10**9 + place
            gone.save(force_insert=True)
        assert unread(alice) == 1
        monkeypatch.setattr(counting, "LOOKED_AT", 3)
        assert unread(alice) == 0


def test_the_page_tells_what_was_changed_to_what(acme, alice, bob, priya, client_of):
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head of purchasing"))
    text = page_text(client_of(alice).get_w("news:list"))
    assert "Bob Lindqvist changed Priya Raman" in text
    assert "Job title: Buyer → Head of purchasing" in text


def test_the_window_behind_the_bell_shows_the_same(acme, alice, bob, priya, client_of):
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    headers = {**HTMX, "HX-Target": "dialog-slot"}
    text = page_text(client_of(alice).get_w("news:list", headers=headers))
    assert text.lstrip().startswith("<dialog")
    assert "Bob Lindqvist changed Priya Raman" in text


def test_read_and_unread_by_turns(acme, alice, bob, priya, client_of):
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    client = client_of(alice)
    with workspace_scope(acme.pk):
        notice = Notice.objects.get()
    text = page_text(client.post_w("news:reading", notice.pk, data={"read": "1"}, headers=HTMX))
    assert 'value="0"' in text
    assert "No such notifications." in page_text(client.get_w("news:list", data={"only": "unread"}))
    client.post_w("news:reading", notice.pk, data={"read": "0"})
    with workspace_scope(acme.pk):
        assert Notice.objects.unread().exists()
    assert client.post_w("news:all_read").status_code == 303
    with workspace_scope(acme.pk):
        assert not Notice.objects.unread().exists()


def test_the_page_can_be_narrowed_down_to_a_kind(acme, alice, bob, priya, client_of):
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    does(bob, lambda: Activity.log("note", by=bob.actor, body="@Alice Ostrowska look"))
    client = client_of(alice)
    mentions = page_text(client.get_w("news:list", data={"only": "mention"}))
    assert "mentioned you" in mentions
    assert "changed Priya Raman" not in mentions
    assert "No such notifications." in page_text(client.get_w("news:list", data={"only": "given"}))


def test_many_notices_cost_the_page_no_more_than_few(acme, alice, bob, client_of):
    with workspace_scope(acme.pk):
        records = [*ContactFactory.create_batch(6), *DealFactory.create_batch(6)]
        for one in records:
            one.follow(by=alice.actor)

    def change(one) -> None:
        values = {"job_title": "Head"} if isinstance(one, Contact) else {"value": 1}
        does(bob, lambda: one.edit(by=bob.actor, **values))

    client = client_of(alice)
    for one in (records[0], records[-1]):
        change(one)
    client.get_w("news:list")
    with CaptureQueriesContext(connection) as few:
        client.get_w("news:list")
    for one in records[1:-1]:
        change(one)
    with CaptureQueriesContext(connection) as many:
        text = page_text(client.get_w("news:list"))
    assert text.count('<span class="tag" data-hue="2">Unread</span>') == 12
    assert len(many) == len(few) <= 24


def test_old_notices_are_forgotten(acme, alice, bob, priya):
    from records.jobs import forget_news

    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    forget_news(workspace_id=acme.pk)
    assert len(told(alice)) == 1
    with workspace_scope(acme.pk):
        Notice.objects.update(created_at=timezone.now() - dt.timedelta(days=91))
    forget_news(workspace_id=acme.pk)
    assert told(alice) == []


def test_who_works_alone_queues_no_job(acme, alice):
    does(alice, lambda: Contact.create(by=alice.actor, last_name="Raman"))
    with workspace_scope(acme.pk), change_set("", by=alice.actor, source="web"):
        Contact.create(by=alice.actor, last_name="Daly")
    assert run_news() == 0


def test_every_type_that_can_be_followed_tells(acme, alice, bob):
    with workspace_scope(acme.pk):
        records = [ContactFactory(), OrganizationFactory(), DealFactory()]
        for record in records:
            record.follow(by=alice.actor)
    assert len(Follower.__subclasses__()) >= len(records)
    does(bob, lambda: [type(record).objects.filter(pk=record.pk).assign(bob, by=alice.actor) for record in records])
    assert {about for _kind, about, _id in told(alice)} == {"contact", "organization", "deal"}
    assert Deal.follower() is not None
