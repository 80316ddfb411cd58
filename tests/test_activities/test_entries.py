"""What one does with an entry where it stands: edit, pin, delete; what it says of calls, meetings, files."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from activities.models import Activity, Mention, Participant, Pin
from activities.models.pin import MOST_PINNED
from core.tenancy import workspace_scope
from deals.models import Deal, Person, Pipeline
from records.models import Refusal
from tests.factories import ContactFactory, OrganizationFactory, PositionFactory
from tests.reading import filled_form, undo_path

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def priya(acme):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")


@pytest.fixture
def note(acme, bob, priya) -> Activity:
    with workspace_scope(acme.pk):
        return Activity.log("note", by=bob.actor, body="Likes mornings.", about=[priya])


def on(record) -> dict[str, str]:
    return {"on": f"{record.record_name}-{record.pk}"}


def timeline_of(client, record) -> str:
    page = client.get_w(f"{record.namespace}:detail", record.pk).content.decode()
    return re.sub(r"\s+", " ", page[page.index('id="timeline"') :].partition('<aside class="related"')[0])


def fresh(activity: Activity) -> Activity:
    with workspace_scope(activity.workspace_id):
        return Activity.objects.get(pk=activity.pk)


# --- edit -------------------------------------------------------------------------------------------------------------
def entry_form(client, note, priya) -> dict[str, str]:
    answer = client.get_w("activities:entry", note.pk, data=on(priya), headers=HTMX)
    return filled_form(answer.content.decode(), "composer")


def test_an_entry_is_edited_in_its_place_and_undone(client_of, bob, acme, note, priya):
    client = client_of(bob)
    form = entry_form(client, note, priya)
    assert form["body"] == "Likes mornings."
    answer = client.post_w("activities:entry", note.pk, data=form | {"body": "Likes evenings."}, headers=HTMX)
    text = answer.content.decode()
    assert 'id="timeline"' in text
    assert "Likes evenings." in text
    assert fresh(note).subject == "Likes evenings."  # it was made of the text
    with workspace_scope(acme.pk):
        assert note.versions.count() == 2
    client.post(undo_path(text))
    assert fresh(note).body == "Likes mornings."


def test_a_subject_that_was_given_stays(in_acme, bob):
    note = Activity.log("note", by=bob.actor, subject="Pricing", body="High")
    note.edit(by=bob.actor, body="Low")
    assert fresh(note).subject == "Pricing"


def test_an_edit_that_can_t_be_saved_keeps_what_was_typed(client_of, bob, note, priya):
    client = client_of(bob)
    form = entry_form(client, note, priya)
    empty = client.post_w("activities:entry", note.pk, data=form | {"body": " "}, headers=HTMX)
    assert empty.status_code == 422
    assert "A note needs a text." in empty.content.decode()
    with workspace_scope(note.workspace_id):
        note.edit(by=bob.actor, body="Somebody was faster.")
    stale = client.post_w("activities:entry", note.pk, data=form | {"body": "Too late."}, headers=HTMX)
    assert stale.status_code == 422
    assert "Too late." in stale.content.decode()
    assert "Somebody changed" in stale.content.decode()
    assert fresh(note).body == "Somebody was faster."


def test_without_htmx_the_pencil_leads_to_the_page_of_the_activity(client_of, bob, note, priya):
    client = client_of(bob)
    answer = client.get_w("activities:entry", note.pk, data=on(priya))
    assert answer.url == client.url("activities:edit", note.pk)
    assert f'href="{answer.url}"' in timeline_of(client, priya)


def test_saving_what_was_not_changed_changes_nothing(client_of, bob, acme, note, priya):
    client = client_of(bob)
    client.post_w("activities:entry", note.pk, data=entry_form(client, note, priya), headers=HTMX)
    with workspace_scope(acme.pk):
        assert note.versions.count() == 1


@pytest.mark.parametrize("kind", ["call", "meeting", "task"])
def test_each_kind_is_edited_with_its_own_fields(client_of, bob, mara, acme, priya, kind):
    colleague = ContactFactory(workspace=acme)
    with workspace_scope(acme.pk):
        at = timezone.now() - dt.timedelta(days=2)
        activity = Activity.create(kind=kind, by=bob.actor, subject="Talk", about=[priya, colleague], occurred_at=at,
                                   done_at=at, members=[mara] if kind == "meeting" else [])  # fmt: skip
        about = activity.about
    client = client_of(bob)
    form = entry_form(client, activity, priya) | {"body": "More"}
    if kind == "meeting":
        form |= {"people": [str(colleague.pk)], "members": [str(mara.pk)]}
    answer = client.post_w("activities:entry", activity.pk, data=form, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    assert fresh(activity).body == "More"
    assert fresh(activity).occurred_at == at
    with workspace_scope(acme.pk):
        assert fresh(activity).about == about
        assert Participant.objects.count() == (kind == "meeting")


# --- pin --------------------------------------------------------------------------------------------------------------
def test_a_pinned_note_stands_on_top_of_its_record_alone(client_of, bob, acme, note, priya):
    client = client_of(bob)
    with workspace_scope(acme.pk):
        Activity.log("note", by=bob.actor, body="Newer.", about=[priya])
    answer = client.post_w("activities:pin", note.pk, data=on(priya), headers=HTMX).content.decode()
    timeline = timeline_of(client, priya)
    pinned, _, rest = timeline.partition(">Pinned<")[2].partition("</ol>")
    assert "Likes mornings." in pinned
    assert "Likes mornings." not in rest
    assert "Newer." in rest
    client.post(undo_path(answer))
    assert ">Pinned<" not in timeline_of(client, priya)


def test_pinning_twice_pins_once_and_unpinning_puts_it_back(client_of, bob, acme, note, priya):
    client = client_of(bob)
    for _time in range(2):
        client.post_w("activities:pin", note.pk, data=on(priya))
    with workspace_scope(acme.pk):
        pin = Pin.objects.get()
        assert (pin.record, pin.created_by) == (priya, bob)
    client.post_w("activities:pin", note.pk, data=on(priya) | {"pinned": "0"})
    timeline = timeline_of(client, priya)
    assert ">Pinned<" not in timeline
    assert "Likes mornings." in timeline


def test_only_notes_are_pinned_and_not_too_many(in_acme, bob, priya, note):
    with pytest.raises(Refusal):
        Pin.put(Activity.log("call", by=bob.actor), priya, by=bob.actor)
    for n in range(MOST_PINNED):
        Pin.put(Activity.log("note", by=bob.actor, body=f"{n}", about=[priya]), priya, by=bob.actor)
    with pytest.raises(Refusal):
        Pin.put(note, priya, by=bob.actor)


def test_a_note_is_pinned_only_where_it_stands(client_of, bob, acme, note, priya):
    stranger = ContactFactory(workspace=acme)
    answer = client_of(bob).post_w("activities:pin", note.pk, data=on(stranger))
    with workspace_scope(acme.pk):
        assert (answer.status_code, Pin.objects.exists()) == (404, False)
        with pytest.raises(Refusal, match="not on the timeline"):
            Pin.put(note, stranger, by=bob.actor)
        company = PositionFactory(contact=priya).organization
        Pin.put(note, company, by=bob.actor)  # it shows there through the person
        assert Pin.objects.get().record == company


def test_a_note_is_unpinned_from_where_it_stands_no_more(bob, acme, note, priya):
    with workspace_scope(acme.pk):
        company, other = PositionFactory(contact=priya).organization, ContactFactory(workspace=acme)
        note.edit(by=bob.actor, about=[priya, other])
        for record in (priya, company, other):
            Pin.put(note, record, by=bob.actor)
        note.edit(by=bob.actor, about=[other])
        assert [pin.record for pin in Pin.objects.all()] == [other]


def test_a_pinned_note_in_the_trash_is_not_shown(client_of, bob, acme, note, priya):
    client = client_of(bob)
    client.post_w("activities:pin", note.pk, data=on(priya))
    with workspace_scope(acme.pk):
        note.trash(by=bob.actor)
    assert "Likes mornings." not in timeline_of(client, priya)


# --- delete -----------------------------------------------------------------------------------------------------------
def test_an_entry_is_deleted_with_undo(client_of, bob, note, priya):
    client = client_of(bob)
    answer = client.post_w("activities:removal", note.pk, data=on(priya), headers=HTMX).content.decode()
    assert 'id="activity-' not in answer
    assert fresh(note).deleted_at
    client.post(undo_path(answer))
    assert "Likes mornings." in timeline_of(client, priya)


def test_without_htmx_one_comes_back_to_the_record(client_of, bob, note, priya):
    client = client_of(bob)
    home = client.url("contacts:detail", priya.pk)
    assert client.post_w("activities:removal", note.pk, data=on(priya)).url == home


def test_one_deletes_only_own_entries_and_sees_no_other_button(client_of, bob, mara, acme, note, priya):
    with workspace_scope(acme.pk):
        hers = Activity.log("note", by=mara.actor, body="Mara's.", about=[priya])
    client = client_of(bob)
    timeline = timeline_of(client, priya)
    assert client.url("activities:removal", note.pk) in timeline
    assert client.url("activities:removal", hers.pk) not in timeline
    assert client.post_w("activities:removal", hers.pk, data=on(priya)).status_code == 403


def test_a_viewer_and_a_stranger_touch_nothing(client_of, victor, charlie, acme, note, priya):
    viewer, stranger = client_of(victor), client_of(charlie, acme)
    timeline = timeline_of(viewer, priya)
    assert "Likes mornings." in timeline
    assert "popovertarget" not in timeline
    for view in ("entry", "pin", "removal"):
        assert viewer.post_w(f"activities:{view}", note.pk, data=on(priya)).status_code == 403
        assert stranger.post_w(f"activities:{view}", note.pk, data=on(priya)).status_code == 404
        assert client_of(charlie).post_w(f"activities:{view}", note.pk, data=on(priya)).status_code == 404
    assert fresh(note).deleted_at is None


def test_a_foreign_record_is_no_place_for_an_entry(client_of, bob, elsewhere, note):
    foreign = ContactFactory(workspace=elsewhere)
    assert client_of(bob).post_w("activities:pin", note.pk, data=on(foreign)).status_code == 404


# --- what an entry says -----------------------------------------------------------------------------------------------
def compose(client, record, **data):
    return client.post_w("activities:compose", record.record_name, record.pk, data=data)


def test_a_call_says_who_called_how_it_went_and_what_comes_next(client_of, bob, acme, priya):
    client = client_of(bob)
    compose(client, priya, kind="call", occurred_at="2026-03-01T10:30", direction="in", minutes="14",
            outcome="connected", body="She asks for terms.", next_steps="Send **terms**")  # fmt: skip
    timeline = timeline_of(client, priya)
    assert "Incoming call, 14 min, connected" in timeline
    assert 'href="#i-phone-arrow-down-left"' in timeline
    assert "<b>Next:</b> <div><p>Send <strong>terms</strong></p></div>" in timeline


def test_the_follow_up_of_a_call_is_its_next_step(client_of, bob, acme, priya):
    compose(client_of(bob), priya, kind="call", occurred_at="2026-03-01T10:30", next_steps="Send terms\nthen call",
            follow_up="on", days="3")  # fmt: skip
    with workspace_scope(acme.pk):
        assert Activity.objects.open().get().subject == "Send terms"


def test_the_follow_up_of_a_task_comes_after_it(client_of, bob, acme, priya):
    compose(client_of(bob), priya, kind="task", subject="Send offer", occurred_at="2199-03-01T10:30",
            owner=str(bob.pk), follow_up="on", days="3")  # fmt: skip
    with workspace_scope(acme.pk):
        due = Activity.objects.open().get(subject__startswith="Follow up").due_at
    assert due == dt.datetime(2199, 3, 4, 10, 30, tzinfo=dt.UTC)


def test_a_meeting_is_about_the_people_who_take_part_and_names_colleagues(client_of, bob, mara, acme, priya):
    northwind = OrganizationFactory(workspace=acme, name="Northwind")
    with workspace_scope(acme.pk):
        colm = PositionFactory(organization=northwind).contact
        deal = Deal.create(by=bob.actor, name="Fleet", stage=Pipeline.objects.get().stages.all()[0],
                           organization=northwind, people=[Person(priya)])  # fmt: skip
    client = client_of(bob)
    page = client.get_w("deals:detail", deal.pk, data={"compose": "meeting"}).content.decode()
    assert f'name="people" value="{priya.pk}"' in page
    assert f'name="people" value="{colm.pk}"' in page
    assert f'name="members" value="{mara.pk}"' in page
    answer = compose(client, deal, kind="meeting", subject="Demo", occurred_at="2026-03-01T10:30", location="Leeds",
                     people=[priya.pk, colm.pk], members=[mara.pk])  # fmt: skip
    assert answer.status_code == 303
    with workspace_scope(acme.pk):
        assert set(Activity.objects.get().about) == {deal, priya, colm}
    timeline = timeline_of(client, deal)
    assert "Bob Lindqvist, Mara Lind" in timeline
    assert "Leeds" in timeline
    assert "Demo" in timeline_of(client, colm)


def test_people_of_another_workspace_take_no_part(client_of, bob, charlie, acme, elsewhere, priya):
    foreign = ContactFactory(workspace=elsewhere)
    client = client_of(bob)
    for people in ({"people": foreign.pk}, {"members": charlie.pk}):
        data = {"kind": "meeting", "subject": "Demo", "occurred_at": "2026-03-01T10:30"} | people
        assert compose(client, priya, **data).status_code == 422


def pdf(name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 the plan")


def test_files_are_attached_in_the_same_save(client_of, bob, acme, priya):
    client = client_of(bob)
    compose(client, priya, kind="note", body="See the plan", uploads=[pdf(), pdf("second.pdf")])
    with workspace_scope(acme.pk):
        note = Activity.objects.get()
        files = list(note.files.order_by("pk"))
    assert [file.name for file in files] == ["plan.pdf", "second.pdf"]
    timeline = timeline_of(client, priya)
    path = client.url("activities:file", note.pk, files[0].pk)
    assert f'<a class="link" href="{path}">plan.pdf</a>' in timeline
    assert b"".join(client.get(path).streaming_content) == b"%PDF-1.7 the plan"


def test_a_file_alone_is_a_note(client_of, bob, acme, priya):
    compose(client_of(bob), priya, kind="note", body="", uploads=[pdf()])
    with workspace_scope(acme.pk):
        assert Activity.objects.get().subject == "plan.pdf"


def test_a_file_that_can_t_be_kept_keeps_the_text_and_says_that_files_are_chosen_again(client_of, bob, acme, priya):
    page = SimpleUploadedFile("chart.png", b"<!doctype html><script>alert(1)</script>")
    answer = compose(client_of(bob), priya, kind="note", body="What I typed", uploads=[pdf(), page])
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "chart.png" in text
    assert "Choose the files again" in text
    assert "What I typed" in text
    with workspace_scope(acme.pk):
        assert not Activity.objects.exists()


def test_one_undo_takes_back_note_follow_up_mentions_and_files(client_of, bob, mara, acme, priya):
    client = client_of(bob)
    answer = compose(client, priya, kind="note", body="Ask @Mara", follow_up="on", days="3", uploads=[pdf()])
    with workspace_scope(acme.pk):
        assert (Activity.objects.count(), Mention.objects.count()) == (2, 1)
    page = client.get(answer.url).content.decode()
    path = undo_path(page)
    client.post(path)
    with workspace_scope(acme.pk):
        assert (Activity.objects.count(), Mention.objects.count()) == (0, 0)
    undone = client.get(answer.url).content.decode()
    client.post(undo_path(undone))
    with workspace_scope(acme.pk):
        assert (Activity.objects.count(), Mention.objects.count()) == (2, 1)
        assert Activity.objects.get(kind="note").files.count() == 1


# --- search within ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("trackers", ["Two depots want trackers."]),
        ("TRACK depots", ["Two depots want trackers."]),
        ("Depot Říha", ["Pan Říha of the depot"]),
        ("riha", ["Pan Říha of the depot"]),
        ("left a message", ["Tried to reach her"]),
        ("contract", ["Hello"]),
        ("100%", ["At 100% now"]),
        ("%", ["At 100% now"]),
        ("x_y", []),
        ("nobody says this", []),
    ],
)
def test_words_are_found_in_what_was_written_here(client_of, bob, acme, priya, find, found):
    other = ContactFactory(workspace=acme)
    with workspace_scope(acme.pk):
        deal = Deal.create(by=bob.actor, name="Fleet", stage=Pipeline.objects.get().stages.all()[0],
                           people=[Person(priya)])  # fmt: skip
        Activity.log("note", by=bob.actor, body="Two depots want trackers.", about=[deal])
        Activity.log("note", by=bob.actor, body="Pan Říha of the depot", about=[priya])
        Activity.log("call", by=bob.actor, subject="Tried to reach her", outcome="voicemail", about=[priya])
        Activity.log("call", by=bob.actor, subject="Hello", next_steps="Sign the contract", about=[priya])
        Activity.log("note", by=bob.actor, body="At 100% now", about=[priya])
        Activity.log("note", by=bob.actor, body=find, about=[other])
    client = client_of(bob)
    page = client.get_w("contacts:detail", priya.pk, data={"find": find}).content.decode()
    entries = page[page.index('id="entries"') :].partition('<aside class="related"')[0]
    written = ["Two depots want trackers.", "Pan Říha of the depot", "Tried to reach her", "Hello", "At 100% now"]
    assert [text for text in written if text in entries] == found
    assert ("Nothing here says" in entries) == (not found)


def test_a_search_finds_what_is_open_and_pinned_and_no_events(client_of, bob, acme, note, priya):
    client = client_of(bob)
    with workspace_scope(acme.pk):
        Pin.put(note, priya, by=bob.actor)
        Activity.plan("task", by=bob.actor, subject="Morning call", due_at=timezone.now(), about=[priya])
    answer = client.get_w(
        "contacts:panel", priya.pk, "timeline", data={"find": "morning"}, headers=HTMX | {"HX-Target": "entries"}
    ).content.decode()
    assert answer.lstrip().startswith('<div id="entries">')
    assert answer.count('<li class="ev') == 2
    assert 'class="ev change"' not in answer


def test_changes_are_not_searched(client_of, bob, acme, priya):
    with workspace_scope(acme.pk):
        priya.edit(by=bob.actor, first_name="Prija")
    page = client_of(bob).get_w("contacts:detail", priya.pk, data={"only": "change", "find": "nobody"}).content.decode()
    assert 'class="ev change"' in page
    assert 'id="tl-find"' not in page
    assert not re.search(r"href=\"[^\"]*find=nobody", page)


def test_a_kind_and_words_go_together_and_pages_follow(client_of, bob, acme, priya):
    with workspace_scope(acme.pk):
        for n in range(30):
            at = timezone.now() - dt.timedelta(days=n + 1)
            Activity.log("call", by=bob.actor, subject=f"Depot {n}.", occurred_at=at, about=[priya])
        Activity.log("note", by=bob.actor, body="A depot", about=[priya])
    client = client_of(bob)
    page = client.get_w("contacts:detail", priya.pk, data={"find": "depot", "only": "call"}).content.decode()
    assert "A depot" not in page
    assert "Depot 24." in page
    assert "Depot 25." not in page
    older = re.search(r'class="btn more" href="[^"]+" hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "Depot 25." in client.get(older, headers=HTMX).content.decode()


def test_a_search_reads_nothing_of_another_workspace(client_of, bob, acme, elsewhere, charlie, priya):
    with workspace_scope(elsewhere.pk):
        Activity.log("note", by=charlie.actor, body="trackers", about=[ContactFactory()])
    page = client_of(bob).get_w("contacts:detail", priya.pk, data={"find": "trackers"}).content.decode()
    assert 'class="ev note' not in page
