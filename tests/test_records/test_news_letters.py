"""Letters about news: to whom, when, in which words, and the way out of them."""

import datetime as dt
import re
from email import policy

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from activities.models import Activity
from contacts.models import ContactFollower
from core.tenancy import workspace_scope
from records.jobs import send_news
from records.models import Attention, ChangeSet, Notice, change_set
from records.news.links import Link
from tests.battery_pages import page_text
from tests.factories import ContactFactory
from tests.importing import drop_news, run_news
from workspaces.models import Membership, User
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(acme, alice):
    contact = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", job_title="Buyer")
    with workspace_scope(acme.pk):
        contact.follow(by=alice.actor)
    drop_news()
    return contact


def wants(member: Membership, **letters: str) -> None:
    with workspace_scope(member.workspace_id):
        Attention.objects.update_or_create(member=member, defaults={"letters": letters})


def does(member: Membership, work) -> ChangeSet:
    """What a member does in one request; then the news of it and the letters that are due."""
    drop_news()
    with workspace_scope(member.workspace_id), change_set("", by=member.actor, source="web"):
        work()
        found = ChangeSet.current()
    run_news()
    return found


def retitle(priya, bob, title: str = "Head") -> ChangeSet:
    return does(bob, lambda: type(priya).objects.get(pk=priya.pk).edit(by=bob.actor, job_title=title))


def test_a_letter_tells_at_once_what_was_changed(acme, alice, bob, priya):
    wants(alice, changed="now")
    retitle(priya, bob)
    [letter] = mail.outbox
    assert letter.recipients() == ["Alice Ostrowska <alice@acme.example>"]
    assert letter.subject == "Bob Lindqvist changed Priya Raman"
    assert "Job title: Buyer → Head" in letter.body
    assert "Job title: Buyer → Head" in letter.alternatives[0].content
    with workspace_scope(acme.pk):
        notice = Notice.objects.get()
    assert f"http://localhost:8000/w/acme/notifications/{notice.pk}/" in letter.body


def test_who_wants_no_letters_gets_none(acme, alice, bob, priya):
    wants(alice, changed="none")
    retitle(priya, bob)
    assert mail.outbox == []
    with workspace_scope(acme.pk):
        assert Notice.objects.get().mail_at is None


def test_mentions_come_at_once_and_changes_once_a_day_unless_said_otherwise(acme, alice, bob, priya):
    retitle(priya, bob)
    assert mail.outbox == []
    does(bob, lambda: Activity.log("note", by=bob.actor, body="@Alice Ostrowska, see prices"))
    [letter] = mail.outbox
    assert "Bob Lindqvist mentioned you" in letter.body
    assert "see prices" in letter.body
    assert "Priya" not in letter.body, "what is for the daily letter waits for it"


def test_the_daily_letter_comes_at_an_hour_of_the_reader(acme, alice, bob, priya):
    User.objects.filter(pk=alice.user_id).update(time_zone="Asia/Tokyo")
    retitle(priya, bob, "Head")
    retitle(priya, bob, "Director")
    with workspace_scope(acme.pk):
        moments = set(Notice.objects.values_list("mail_at", flat=True))
    [at] = moments
    assert at.astimezone(dt.timezone(dt.timedelta(hours=9))).hour == 8
    assert dt.timedelta(0) < at - timezone.now() <= dt.timedelta(days=1)
    jobs = ProcrastinateJob.objects.filter(task_name="records.jobs.send_news", status="todo")
    assert {job.scheduled_at for job in jobs} == {at}

    with workspace_scope(acme.pk):
        Notice.objects.update(mail_at=timezone.now())
    for job in jobs:
        send_news(**job.args)
    [letter] = mail.outbox
    assert letter.subject == "2 pieces of news in Acme"
    assert "Buyer → Head" in letter.body
    assert "Head → Director" in letter.body


def test_no_letter_goes_twice(acme, alice, bob, priya):
    wants(alice, changed="now")
    retitle(priya, bob)
    send_news(workspace_id=acme.pk, member_id=alice.pk)
    assert len(mail.outbox) == 1


def test_a_letter_that_the_server_refused_is_sent_again(acme, alice, bob, priya, monkeypatch):
    wants(alice, changed="daily")
    retitle(priya, bob)
    with workspace_scope(acme.pk):
        Notice.objects.update(mail_at=timezone.now())

    def refuse(self, *args, **kwargs):
        raise OSError("no server")

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMultiAlternatives, "send", refuse)
        with pytest.raises(OSError, match="no server"):
            send_news(workspace_id=acme.pk, member_id=alice.pk)
    send_news(workspace_id=acme.pk, member_id=alice.pk)
    assert len(mail.outbox) == 1


def test_what_was_read_or_undone_meanwhile_needs_no_letter(acme, alice, bob, priya):
    undone = retitle(priya, bob)
    read = does(bob, lambda: type(priya).objects.get().edit(by=bob.actor, linkedin="https://linkedin.example/p"))
    with workspace_scope(acme.pk):
        Notice.objects.filter(change_set=read).mark(read=True)
        Notice.objects.update(mail_at=timezone.now())
        with change_set("", by=bob.actor, source="web"):
            ChangeSet.objects.get(pk=undone.pk).undo(by=bob.actor)
    send_news(workspace_id=acme.pk, member_id=alice.pk)
    run_news()
    assert mail.outbox == []


def test_a_letter_tells_nothing_that_its_reader_may_not_see_by_then(acme, mara, bob, priya):
    with workspace_scope(acme.pk):
        priya.follow(by=mara.actor)
    retitle(priya, bob)
    with workspace_scope(acme.pk):
        Notice.objects.update(mail_at=timezone.now())
        priya.guard(by=SYSTEM, is_private=True, members=[])
    send_news(workspace_id=acme.pk, member_id=mara.pk)
    assert mail.outbox == []


def test_who_left_gets_no_letters(acme, alice, bob, mara, priya):
    with workspace_scope(acme.pk):
        priya.follow(by=mara.actor)
    retitle(priya, bob)
    with workspace_scope(acme.pk):
        Notice.objects.update(mail_at=timezone.now())
        mara.deactivate(by=alice.actor)
    send_news(workspace_id=acme.pk, member_id=mara.pk)
    assert mail.outbox == []


@pytest.mark.parametrize(("language", "field"), [("cs", "Funkce"), ("es", "Cargo")])
def test_a_letter_is_in_the_language_of_its_reader(acme, alice, bob, priya, language, field):
    wants(alice, changed="now")
    User.objects.filter(pk=alice.user_id).update(language=language)
    retitle(priya, bob)
    [letter] = mail.outbox
    assert f"{field}: Buyer → Head" in letter.body
    assert f'<html lang="{language}">' in letter.alternatives[0].content


def test_the_headers_of_a_letter_stand_as_the_mail_programs_read_them(acme, alice, bob, priya):
    """An address that is folded or encoded is none to many of them."""
    wants(alice, changed="now")
    retitle(priya, bob)
    sent = mail.outbox[0].message(policy=policy.SMTP).as_bytes().decode()
    assert re.search(r"^List-Unsubscribe: <http://localhost:8000/letters/[\w:-]+/>\r$", sent, re.MULTILINE)


def test_line_breaks_in_a_name_stay_out_of_the_headers(acme, alice, bob, priya):
    with workspace_scope(acme.pk):
        type(priya).objects.filter(pk=priya.pk).update(last_name="Raman\nBcc: x@evil.example")
    wants(alice, changed="now")
    retitle(priya, bob)
    assert "\n" not in mail.outbox[0].subject


# --- the way out ------------------------------------------------------------------------------------------------------
def test_a_line_break_in_the_readers_own_name_stops_no_letter(acme, alice, bob, priya):
    with workspace_scope(acme.pk):
        Membership.objects.filter(pk=alice.pk).update(name="Alice\r\nOstrowska")
    wants(alice, changed="now")
    retitle(priya, bob)
    assert mail.outbox[0].message()["To"] == "Alice Ostrowska <alice@acme.example>"


def path_in(text: str, words: str) -> str:
    return re.search(rf"{words}\S*: http://localhost:8000(\S+)", text)[1]


def test_the_link_of_a_letter_unfollows_without_sign_in(acme, alice, bob, priya):
    wants(alice, changed="now")
    retitle(priya, bob)
    path = path_in(mail.outbox[0].body, "Unfollow Priya Raman")
    visitor = Client()
    page = visitor.get(path)
    assert page.status_code == 200
    assert "Unfollow Priya Raman" in page_text(page)
    with workspace_scope(acme.pk):
        assert ContactFollower.objects.exists(), "looking at a link does nothing: mail servers do it"
    assert "You follow Priya Raman no longer." in page_text(visitor.post(path))
    with workspace_scope(acme.pk):
        assert not ContactFollower.objects.exists()
    assert visitor.post(path).status_code == 200


def test_one_click_of_the_mail_program_stops_these_letters(acme, alice, bob, priya):
    wants(alice, changed="now")
    retitle(priya, bob)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.fullmatch(r"<http://localhost:8000(\S+)>", headers["List-Unsubscribe"])[1]
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    retitle(priya, bob, "Director")
    assert len(mail.outbox) == 1
    with workspace_scope(acme.pk):
        chosen = Attention.of(alice)
        assert chosen.letter("changed") == "none"
        assert chosen.letter("mention") == "now", "the others go on"


def test_a_link_that_we_did_not_sign_leads_nowhere(acme, alice, priya):
    with workspace_scope(acme.pk):
        url = Link.unfollow(alice, priya).url.removeprefix("http://localhost:8000")
    broken = url[:-3] + "xx/"
    for path in (broken, "/letters/x/", url.replace("/letters/", "/letters/a")):
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code == 404
    with workspace_scope(acme.pk):
        assert ContactFollower.objects.exists()


def test_a_link_of_one_workspace_does_nothing_in_another(acme, elsewhere, alice, charlie, priya):
    foreign = Link(elsewhere.pk, alice.pk, "contact", priya.pk)
    assert Client().post(foreign.url.removeprefix("http://localhost:8000")).status_code == 404
    with workspace_scope(acme.pk):
        assert ContactFollower.objects.exists()


# --- what one chooses -------------------------------------------------------------------------------------------------
def test_a_member_chooses_on_a_page(acme, bob, client_of):
    client = client_of(bob)
    page = client.get_w("news:attention")
    assert page.status_code == 200
    data = {field.html_name: field.value() for field in page.context["form"]}
    data |= {"letters_changed": "none", "letters_mention": "daily", "follows_deal": "all", "hour": "17"}
    assert client.post_w("news:attention", data=data).status_code == 303
    with workspace_scope(acme.pk):
        chosen = Attention.objects.get()
        assert chosen.member == bob
        assert (chosen.letter("changed"), chosen.letter("mention"), chosen.hour) == ("none", "daily", 17)
        assert chosen.follows == {"deal": "all"}
    assert client.post_w("news:attention", data=data | {"hour": "25"}).status_code == 422
