"""Today answers what is due, by the reader's own clock, from the rows that the reader may see; and changes it."""

import datetime as dt
import re
import zoneinfo

import pytest
from django.utils import timezone

from activities import samples
from activities.composers import TaskForm
from activities.models import Activity, Mention
from activities.today import MOST_DUE, Today, due_badge
from activities.today_sql import COUNTED, COUNTS, DEALS, MOST
from core.tenancy import workspace_scope
from deals.models import Deal, Person, Stage
from tests.battery_pages import statements
from tests.factories import ActivityFactory, ActivityLinkFactory, ContactFactory, DealFactory, StageFactory, TeamFactory
from tests.reading import undo_path

pytestmark = pytest.mark.django_db

PRAGUE = zoneinfo.ZoneInfo("Europe/Prague")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def here(in_acme):
    """Acme, read by a clock in Prague."""
    with timezone.override(PRAGUE):
        yield in_acme


def clock(day: int, hour: int = 12, minute: int = 0, month: int = 3) -> dt.datetime:
    """A moment of 2026 in Prague; on 29 March its clocks go forward at two in the morning."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=PRAGUE)


def planned(owner, at: dt.datetime, **fields) -> Activity:
    return ActivityFactory(owner=owner, occurred_at=at, due_at=at, **fields)


def spans(member, now: dt.datetime, **options) -> dict[str, list[str]]:
    found = Today(member, now=now, **options).due
    return {name: [row.subject for row in section.rows] for name, section in found.items() if section.rows}


# --- what is due ------------------------------------------------------------------------------------------------------
def test_what_is_due_is_grouped_by_the_readers_days(here, bob):
    for subject, at in {
        "late": clock(9, 23, 59),
        "first thing": clock(10, 0, 0),
        "last thing": clock(10, 23, 59),
        "tomorrow": clock(11, 0, 0),
        "the week after tomorrow": clock(12, 0, 0),
        "the last of seven days": clock(17, 23, 59),
        "later": clock(18, 0, 0),
    }.items():
        planned(bob, at, subject=subject)
    assert spans(bob, clock(10, 15)) == {
        "late": ["late"],
        "today": ["first thing", "last thing"],
        "tomorrow": ["tomorrow"],
        "week": ["the week after tomorrow", "the last of seven days"],
    }


def test_the_same_moment_is_another_day_elsewhere(here, bob):
    planned(bob, clock(10, 23, 30), subject="late call")
    now = clock(10, 20)
    assert spans(bob, now) == {"today": ["late call"]}
    with timezone.override(zoneinfo.ZoneInfo("Asia/Tokyo")):  # eight hours ahead: it is the 11th there
        assert spans(bob, now) == {"today": ["late call"]}
    with timezone.override(zoneinfo.ZoneInfo("Pacific/Kiritimati")):
        assert spans(bob, clock(10, 10, 30)) == {"tomorrow": ["late call"]}


def test_a_day_of_23_hours_ends_when_its_clock_says_so(here, bob):
    planned(bob, clock(29, 23, 30), subject="in the evening")
    planned(bob, clock(30, 0, 30), subject="after midnight")
    assert spans(bob, clock(29, 1)) == {"today": ["in the evening"], "tomorrow": ["after midnight"]}
    today = Today(bob, now=clock(29, 1))
    assert today.midnight(1).timestamp() - today.midnight(0).timestamp() == 23 * 60 * 60
    assert Today(bob, now=clock(25, 1, month=10)).midnight(1) == clock(26, 0, month=10)


def test_done_deleted_and_others_work_is_left_out(here, bob, mara):
    at = clock(10, 9)
    planned(bob, at, subject="mine")
    planned(mara, at, subject="mara's")
    planned(None, at, subject="nobody's")
    planned(bob, at, subject="done", done_at=at)
    planned(bob, at, subject="in the trash", deleted_at=at)
    assert spans(bob, at) == {"today": ["mine"]}


def test_many_are_counted_and_the_first_are_shown(here, bob):
    for minute in range(MOST + 3):
        planned(bob, clock(1, 9, minute), subject=f"{minute:02}", kind="call")
    today = Today(bob, now=clock(10))
    late = today.due["late"]
    assert [row.subject for row in late.rows] == [f"{minute:02}" for minute in range(MOST)]
    assert (late.count, late.has_more, today.calls_left) == (MOST + 3, True, f"{MOST + 3}")


def test_where_counting_stopped_it_says_so(client_of, acme, bob, monkeypatch):
    monkeypatch.setattr("activities.today.COUNTS", COUNTS.replace(f"LIMIT {COUNTED}", "LIMIT 2").replace(
        f">= {COUNTED}", ">= 2"))  # fmt: skip
    for _number in range(3):
        ActivityFactory(workspace=acme, owner=bob, kind="call", occurred_at=timezone.now() - dt.timedelta(days=3))
    page = client_of(bob).get_w("today").content.decode()
    assert '<span class="num">2+</span>' in page
    assert "<dd>2+</dd>" in page


def test_the_rest_is_in_the_list_that_the_section_leads_to(client_of, acme, bob):
    for number in range(MOST + 1):
        ActivityFactory(
            workspace=acme, owner=bob, subject=f"Old {number}", occurred_at=timezone.now() - dt.timedelta(days=3)
        )
    ActivityFactory(workspace=acme, owner=bob, subject="New one")
    client = client_of(bob)
    page = client.get_w("today").content.decode()
    assert "Show all 26" in page
    [query] = re.findall(r'activities/\?([^"]+)">Show all', page)
    listed = client.get(f"{client.url('activities:list')}?{query.replace('&amp;', '&')}").content.decode()
    assert "Old 25" in listed
    assert "New one" not in listed


def test_it_says_what_an_activity_is_about_and_how_to_reach_the_person(client_of, acme, bob):
    priya = ContactFactory(
        workspace=acme, first_name="Priya", last_name="<Raman>", phone="+16465550142", email="p@x.example"
    )
    gone = ContactFactory(workspace=acme, first_name="Gone", last_name="Away", deleted_at=timezone.now())
    call = ActivityFactory(workspace=acme, owner=bob, kind="call", subject="Ask <her>")
    for contact in (priya, gone):
        ActivityLinkFactory(workspace=acme, activity=call, contact=contact)
    page = client_of(bob).get_w("today").content.decode()
    assert "Ask &lt;her&gt;" in page
    assert "Priya &lt;Raman&gt;" in page
    assert 'href="tel:+16465550142"' in page
    assert 'href="mailto:p@x.example"' in page
    assert "Gone Away" not in page


def test_what_was_done_today_counts_and_notes_do_not(here, bob, mara):
    for owner, at, kind in ((bob, clock(10, 8), "call"), (bob, clock(10, 9), "task"), (mara, clock(10, 9), "task")):
        ActivityFactory(owner=owner, kind=kind, occurred_at=at, done_at=at)
    ActivityFactory(owner=bob, kind="note", occurred_at=clock(10, 9))
    ActivityFactory(owner=bob, kind="call", occurred_at=clock(9, 9), done_at=clock(9, 9))
    assert Today(bob, now=clock(10, 15)).done_today == 2


def test_a_clear_day_says_what_comes_next(here, bob):
    assert Today(bob, now=clock(10)).comes_next is None
    planned(bob, clock(13, 9), subject="Kick-off")
    today = Today(bob, now=clock(10))
    assert (today.is_clear, today.comes_next.subject) == (True, "Kick-off")
    planned(bob, clock(1, 9))
    assert not Today(bob, now=clock(10)).is_clear


# --- the badge --------------------------------------------------------------------------------------------------------
def test_the_badge_counts_what_is_due_until_the_end_of_the_day(in_acme, bob, monkeypatch):
    now = clock(10, 15)
    monkeypatch.setattr(timezone, "now", lambda: now)
    with timezone.override(PRAGUE):
        assert due_badge(bob) == ""
        for at in (clock(1), clock(10, 23), clock(11, 0)):
            planned(bob, at)
        assert due_badge(bob) == "2"
        ActivityFactory.create_batch(MOST_DUE, owner=bob, occurred_at=clock(2))
        assert due_badge(bob) == "99+"


def test_every_page_shows_the_badge_of_its_own_reader(client_of, acme, bob, mara):
    ActivityFactory(workspace=acme, owner=bob)
    badge = re.compile(r'id="due-side">(\w*)<')
    assert badge.findall(client_of(bob).get_w("contacts:list").content.decode()) == ["1"]
    assert badge.findall(client_of(mara).get_w("contacts:list").content.decode()) == [""]


# --- deals ------------------------------------------------------------------------------------------------------------
def names(section) -> list[str]:
    return [row.name for row in section.rows]


def test_deals_without_a_next_step_and_idle_ones_stand_apart(here, bob, mara):
    now = clock(20)
    patient, strict = StageFactory(idle_days=None), StageFactory(idle_days=10)

    def deal(name: str, stage, days: int, **fields) -> Deal:
        return DealFactory(name=name, stage=stage, owner=bob, stage_since=now - dt.timedelta(days=days), **fields)

    deal("no step", patient, 300)
    deal("ten days", strict, 10)
    deal("eleven days", strict, 11)
    deal("twelve days", strict, 12)
    deal("won", strict, 50, status="won")
    deal("in the trash", strict, 50, deleted_at=now)
    DealFactory(name="mara's", stage=strict, owner=mara, stage_since=now - dt.timedelta(days=50))
    for name, at in (("planned but idle", clock(25)), ("due today", clock(20, 18)), ("late", clock(19))):
        about = deal(name, strict, 30)
        ActivityLinkFactory(activity=planned(bob, at), deal=about)
    found = Today(bob, now=now).stuck
    assert names(found["idle"]) == ["planned but idle", "twelve days", "eleven days"]
    assert names(found["stepless"]) == ["no step", "ten days"]
    assert [row.idle for row in found["idle"].rows] == [30, 12, 11]
    assert Today(bob, now=now).at_risk == 5


def test_those_that_close_first_stand_first_then_the_largest(here, bob):
    stage = StageFactory()
    for name, close, value in (("small", None, 1), ("large", None, 9), ("soon", dt.date(2026, 3, 1), 1)):
        DealFactory(name=name, owner=bob, stage=stage, expected_close=close, value=value)
    assert names(Today(bob).stuck["stepless"]) == ["soon", "large", "small"]


def test_the_first_are_shown_and_the_rest_is_counted_up_to_a_thousand(here, bob, monkeypatch):
    stage, now = StageFactory(idle_days=10), clock(20)
    for number in range(MOST + 2):
        DealFactory(name=f"{number:02}", owner=bob, stage=stage, stage_since=now - dt.timedelta(days=60 - number))
        DealFactory(name=f"{number:02}", owner=bob, stage=stage, stage_since=now, value=100 - number)
    found = Today(bob, now=now)
    for section in found.stuck.values():
        assert names(section) == [f"{number:02}" for number in range(MOST)]
        assert (section.count, section.has_more, section.how_many) == (MOST + 2, True, f"{MOST + 2}")
    assert found.how_many_at_risk == f"{2 * MOST + 4}"
    monkeypatch.setattr("activities.today.DEALS", DEALS.replace(f"LIMIT {COUNTED}", "LIMIT 26"))
    monkeypatch.setattr("activities.today.COUNTED", 26)
    found = Today(bob, now=now)
    assert [section.how_many for section in found.stuck.values()] == ["26+", "26+"]
    assert found.how_many_at_risk == "52+"


def test_a_stage_that_waits_long_does_not_hide_the_idle_ones_of_another(here, bob):
    now, patient, strict = clock(20), StageFactory(idle_days=90), StageFactory(idle_days=5)
    for stage in (patient, strict):
        DealFactory(name=stage.name, owner=bob, stage=stage, stage_since=now - dt.timedelta(days=50))
    found = Today(bob, now=now).stuck
    assert (names(found["idle"]), names(found["stepless"])) == ([strict.name], [patient.name])


# --- mine and my team -------------------------------------------------------------------------------------------------
def test_a_manager_looks_at_the_work_of_the_team(here, bob, mara, alice):
    team = TeamFactory(manager=mara)
    type(bob).objects.filter(pk=bob.pk).update(team=team)
    for owner, subject in ((bob, "bob's"), (mara, "mara's"), (alice, "alice's")):
        planned(owner, clock(10, 9), subject=subject)
        DealFactory(owner=owner, name=subject)
    assert spans(mara, clock(10)) == {"today": ["mara's"]}
    assert sorted(spans(mara, clock(10), team=True)["today"]) == ["bob's", "mara's"]
    assert sorted(names(Today(mara, team=True).stuck["stepless"])) == ["bob's", "mara's"]
    assert sorted(spans(alice, clock(10), team=True)["today"]) == ["alice's", "bob's", "mara's"]


def test_a_rep_has_no_such_switch(client_of, acme, here, bob, mara):
    planned(mara, clock(10, 9))
    assert spans(bob, clock(10), team=True) == {}
    assert "My team" not in client_of(bob).get_w("today", query_params={"who": "team"}).content.decode()
    assert "My team" in client_of(mara).get_w("today").content.decode()


def test_nothing_of_another_workspace_is_shown(client_of, acme, bob, elsewhere, charlie):
    ActivityFactory(workspace=elsewhere, owner=charlie, subject="Theirs")
    DealFactory(workspace=elsewhere, owner=charlie, name="Their deal")
    for query in ({}, {"who": "team"}):
        page = client_of(bob).get_w("today", query_params=query).content.decode()
        assert "Their" not in page


# --- what one does ----------------------------------------------------------------------------------------------------
@pytest.fixture
def task(acme, bob) -> Activity:
    return ActivityFactory(workspace=acme, owner=bob, subject="Send scope")


def again(activity: Activity) -> Activity:
    with workspace_scope(activity.workspace_id):
        return Activity.objects.get(pk=activity.pk)


def test_finished_by_htmx_comes_back_as_pieces(client_of, bob, task):
    answer = client_of(bob).post_w("today:completion", task.pk, headers=HTMX)
    text = answer.content.decode()
    assert not again(task).is_open
    assert "<html" not in text
    for piece in ("today-figures", "calm", "today", "stepless", "idle", "due-side", "due-tab"):
        assert re.search(rf'id="{piece}"[^>]*hx-swap-oob="true"', text), piece
    assert 'id="late"' not in text  # nothing of it is other than before
    assert "/undo/" in text
    assert len(answer.content) < 10_000


def test_a_call_asks_how_it_went(client_of, acme, bob):
    call = ActivityFactory(workspace=acme, owner=bob, kind="call")
    client = client_of(bob)
    assert client.get_w("today:completion", call.pk, headers=HTMX).content.decode().count("<dialog") == 1
    assert "<html" in client.get_w("today:completion", call.pk).content.decode()
    client.post_w("today:completion", call.pk, data={"outcome": "busy"})
    assert again(call).outcome == "busy"


def test_the_next_step_is_offered_only_where_nothing_else_is_planned(client_of, acme, bob):
    deal = DealFactory(workspace=acme, owner=bob)
    first, second = ActivityFactory.create_batch(2, workspace=acme, owner=bob)
    for activity in (first, second):
        ActivityLinkFactory(workspace=acme, activity=activity, deal=deal)
    client = client_of(bob)
    assert "What comes next?" not in client.post_w("today:completion", first.pk, headers=HTMX).content.decode()
    assert "What comes next?" in client.post_w("today:completion", second.pk, headers=HTMX).content.decode()


def test_nothing_is_offered_for_a_deal_that_is_closed(client_of, acme, bob):
    deal = DealFactory(workspace=acme, owner=bob, status="won")
    task = ActivityFactory(workspace=acme, owner=bob)
    ActivityLinkFactory(workspace=acme, activity=task, deal=deal)
    answer = client_of(bob).post_w("today:completion", task.pk)
    assert answer.url == "/w/acme/"


def test_put_off_it_keeps_its_hour_whatever_the_clocks_do(here, client_of, bob, task, monkeypatch):
    bob.user.time_zone = "Europe/Prague"
    bob.user.save()
    Activity.objects.update(occurred_at=clock(20, 8, 30), due_at=clock(20, 8, 30))
    now = clock(27, 11)
    monkeypatch.setattr(timezone, "now", lambda: now)
    client = client_of(bob)
    client.post_w("today:due", task.pk, data={"days": "3"})
    assert again(task).due_at == clock(30, 8, 30)  # an hour less of seconds, the same hour of the day
    client.post_w("today:due", task.pk, data={"day": "2026-03-28"})
    assert again(task).due_at == clock(28, 8, 30)


@pytest.mark.parametrize("door", ["today:due", "activities:due"])
def test_it_is_put_off_from_its_day_or_from_today_where_that_is_past(here, client_of, bob, task, monkeypatch, door):
    bob.user.time_zone = "Europe/Prague"
    bob.user.save()
    monkeypatch.setattr(timezone, "now", lambda: clock(10, 11))
    for due_at, put_off in ((clock(8, 8, 30), clock(13, 8, 30)), (clock(20, 8, 30), clock(23, 8, 30))):
        Activity.objects.update(occurred_at=due_at, due_at=due_at)
        client_of(bob).post_w(door, task.pk, data={"days": "3"})
        assert again(task).due_at == put_off


@pytest.mark.parametrize("hour", [0, 9, 16, 21, 22, 23])
def test_today_is_never_tomorrow(here, bob, monkeypatch, hour):
    now = clock(10, hour, 59)
    monkeypatch.setattr(timezone, "now", lambda: now)
    chip = TaskForm(membership=bob, record=None).chips[0][1]
    assert chip.startswith("2026-03-10T")
    assert chip >= f"2026-03-10T{hour:02}:59"
    assert timezone.localdate(samples.planned(0)) == now.date()
    assert samples.planned(0) >= now


@pytest.mark.parametrize("data", [{}, {"days": "2"}, {"days": "x"}, {"day": "2020-01-01"}, {"day": "soon"}])
def test_nonsense_is_said_beside_the_field(client_of, bob, task, data):
    due_at = again(task).due_at
    answer = client_of(bob).post_w("today:due", task.pk, data=data)
    assert answer.status_code == 422
    assert again(task).due_at == due_at


def plan(client, kind: str, pk: int, **fields):
    data = {"kind": "task", "subject": "Send it", "due_at": "2026-12-24T10:00"} | fields
    return client.post_w("today:plan", kind, pk, data=data)


def test_the_next_step_of_a_deal_is_about_its_primary_person_too(client_of, acme, bob):
    with workspace_scope(acme.pk, user_id=bob.user_id):
        priya, colm = ContactFactory(), ContactFactory()
        people = [Person(colm), Person(priya, is_primary=True)]
        deal = Deal.create(by=bob.actor, name="Renewal", stage=Stage.objects.first(), people=people)
    assert plan(client_of(bob), "deal", deal.pk).url == "/w/acme/"
    with workspace_scope(acme.pk):
        activity = Activity.objects.get(subject="Send it")
        assert (activity.owner, set(activity.about)) == (bob, {deal, priya})


def test_what_cannot_be_planned_comes_back_as_it_was_typed(client_of, bob, task):
    answer = plan(client_of(bob), "activity", task.pk, subject=" ", due_at="soon")
    assert answer.status_code == 422
    assert "soon" in answer.content.decode()


def test_undo_takes_the_plan_back(client_of, acme, bob, task):
    client = client_of(bob)
    plan(client, "activity", task.pk)
    client.post(undo_path(client.get_w("today").content.decode()))
    with workspace_scope(acme.pk):
        assert not Activity.objects.filter(subject="Send it").exists()


@pytest.mark.parametrize("name", ["completion", "due"])
def test_a_viewer_may_not_and_another_workspace_finds_nothing(client_of, victor, charlie, acme, task, name):
    data = {"days": "1"}
    assert client_of(victor).post_w(f"today:{name}", task.pk, data=data).status_code == 403
    assert client_of(charlie).post_w(f"today:{name}", task.pk, data=data).status_code == 404
    assert plan(client_of(victor), "activity", task.pk).status_code == 403
    assert plan(client_of(charlie), "activity", task.pk).status_code == 404
    assert plan(client_of(victor), "contact", task.pk).status_code == 403
    assert again(task).is_open


def test_a_viewer_sees_the_day_without_what_changes_it(client_of, acme, victor):
    ActivityFactory(workspace=acme, owner=victor, subject="Look at it")
    page = client_of(victor).get_w("today").content.decode()
    assert "Look at it" in page
    assert "data-row-key" not in page


# --- cost -------------------------------------------------------------------------------------------------------------
def test_it_costs_few_statements(client_of, acme, alice, mara):
    for number in range(40):
        activity = ActivityFactory(
            workspace=acme, owner=mara, occurred_at=timezone.now() - dt.timedelta(days=number % 9)
        )
        ActivityLinkFactory(workspace=acme, activity=activity, contact=ContactFactory(workspace=acme))
        DealFactory(workspace=acme, owner=mara)
    for member in (mara, alice):
        client = client_of(member)
        for query in ("", "?who=team"):
            made = statements(client, client.url("today") + query)
            assert len(made) <= 12, "\n".join(sql[:150] for sql in made)


def test_who_is_mentioned_reads_it_here_for_a_week(client_of, acme, bob, mara):
    with workspace_scope(acme.pk):
        Activity.log("note", by=mara.actor, body="@Bob asks for the new prices")
        Activity.log("note", by=mara.actor, body="@Bob asked long ago")
        Mention.objects.filter(name="Bob", activity__body__contains="long ago").update(
            created_at=timezone.now() - dt.timedelta(days=8)
        )
    page = client_of(bob).get_w("today").content.decode()
    assert "Mentions of you" in page
    assert "asks for the new prices" in page
    assert "asked long ago" not in page
    assert "Mentions of you" not in client_of(mara).get_w("today").content.decode()
