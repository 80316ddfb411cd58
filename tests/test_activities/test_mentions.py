"""Who is mentioned where: rows that the verb writes which saves the text."""

import pytest

from activities.models import Activity, Mention
from core.tenancy import workspace_scope
from tests.factories import ContactFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(acme):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")


def mentioned(activity: Activity) -> set[str]:
    return {mention.member.name for mention in Mention.objects.filter(activity=activity).select_related("member")}


def note(bob, body: str, **values) -> Activity:
    return Activity.log("note", by=bob.actor, body=body, **values)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ask @Mara Lind about it", {"Mara Lind"}),
        ("@mara lind, please", {"Mara Lind"}),
        ("@Mara and @victor prado.", {"Mara Lind", "Victor Prado"}),
        ("@Mara Lindqvist", {"Mara Lind"}),  # the first name, and somebody else's last one
        ("@Marathon", set()),
        ("bob@mara.example", set()),
        ("@Nobody here", set()),
        ("@Bob himself", set()),
        ("no call at all", set()),
    ],
)
def test_a_typed_name_mentions_its_member(in_acme, bob, mara, victor, text, names):
    assert mentioned(note(bob, text)) == names


def test_a_name_that_is_too_long_to_be_kept_mentions_nobody(in_acme, bob, mara):
    """Accents that are left out in comparing make a short name long."""
    assert mentioned(note(bob, f"@M{'\u0301' * 116}ara")) == {"Mara Lind"}
    assert mentioned(note(bob, f"@M{'\u0301' * 117}ara")) == set()


def test_two_of_one_first_name_are_called_by_their_whole_names(in_acme, bob, mara):
    other = MembershipFactory(name="Mara Prado")
    assert mentioned(note(bob, "@Mara")) == set()
    assert mentioned(note(bob, "@Mara Prado")) == {other.name}


def test_accents_may_be_left_out(in_acme, bob):
    MembershipFactory(name="Łukasz Říha")
    assert mentioned(note(bob, "ask @Lukasz Riha")) == {"Łukasz Říha"}


def test_members_who_left_are_not_called(in_acme, bob, mara):
    mara.__class__.objects.filter(pk=mara.pk).update(is_active=False)
    assert mentioned(note(bob, "@Mara Lind")) == set()


def test_members_of_other_workspaces_are_not_called(in_acme, bob, charlie):
    assert mentioned(note(bob, "@Charlie Novák")) == set()


def test_only_who_may_view_it_is_called(in_acme, bob, mara, monkeypatch):
    monkeypatch.setattr(type(mara), "scope", lambda self, record, action: "own" if action == "view" else "all")
    assert mentioned(note(bob, "@Mara Lind")) == set()


def test_next_steps_mention_as_well(in_acme, bob, mara):
    call = Activity.log("call", by=bob.actor, next_steps="@Mara sends the terms")
    assert mentioned(call) == {"Mara Lind"}


def test_an_edit_calls_who_is_new_and_no_longer_who_is_gone(in_acme, bob, mara, victor):
    activity = note(bob, "@Mara")
    first = Mention.objects.get()
    activity.edit(by=bob.actor, body="@Mara and @Victor")
    assert mentioned(activity) == {"Mara Lind", "Victor Prado"}
    assert first in Mention.objects.all()  # who was called before is not called again
    Activity.objects.get().edit(by=bob.actor, body="@Victor alone")
    assert mentioned(activity) == {"Victor Prado"}


def test_a_member_finds_its_mentions_with_what_was_written(in_acme, bob, mara, priya):
    first, second = note(bob, "@Mara first", about=[priya]), note(bob, "@Mara second")
    found = list(Mention.objects.for_member(mara))
    assert [mention.activity for mention in found] == [second, first]
    assert {mention.created_by for mention in found} == {bob}
    second.trash(by=bob.actor)
    assert [mention.activity for mention in Mention.objects.for_member(mara)] == [first]
    assert not Mention.objects.for_member(bob).exists()


def test_a_note_that_calls_nobody_asks_for_no_members(in_acme, bob, django_assert_num_queries):
    with django_assert_num_queries(0):
        from activities.models.mention import mentioned as calls

        assert not list(calls("to priya@northwind.example"))


def test_many_mentions_cost_the_same_statements_as_one(in_acme, bob, mara, django_assert_max_num_queries):
    names = [MembershipFactory(name=f"Member{n} Lind").name for n in range(20)]
    note(bob, "@Mara")
    with django_assert_max_num_queries(14):
        activity = note(bob, " ".join(f"@{name}" for name in names))
    assert len(mentioned(activity)) == 20


# --- the page ---------------------------------------------------------------------------------------------------------
def test_letters_suggest_members(client_of, bob, mara, acme):
    MembershipFactory(workspace=acme, name="Gone Mara", is_active=False)
    client = client_of(bob)
    for typed in ("ma", "LIN", "Mara L"):
        text = client.get_w("activities:mentions", data={"q": typed}).content.decode()
        assert text.count('role="option"') == 1
        assert 'data-name="Mara Lind"' in text
    assert "option" not in client.get_w("activities:mentions", data={"q": "bob"}).content.decode()


def test_a_viewer_gets_no_suggestions(client_of, victor, charlie, acme):
    assert client_of(victor).get_w("activities:mentions", data={"q": "a"}).status_code == 403
    assert client_of(charlie, acme).get_w("activities:mentions", data={"q": "a"}).status_code == 404


def test_the_timeline_marks_who_was_mentioned_by_the_name_of_then(client_of, bob, mara, acme, priya):
    with workspace_scope(acme.pk):
        note(bob, "Ask @Mara Lind", about=[priya])
        mara.rename("Mara Prado", by=mara.actor)
    page = client_of(bob).get_w("contacts:detail", priya.pk).content.decode()
    assert 'Ask <span class="mention">@Mara Lind</span>' in page


def test_suggestions_come_from_the_reader_s_own_workspace(client_of, bob, charlie, acme, elsewhere):
    for member, home in ((bob, acme), (charlie, elsewhere)):
        record, client = ContactFactory(workspace=home), client_of(member)
        page = client.get_w("contacts:detail", record.pk).content.decode()
        assert f'data-callable="{client.url("activities:mentions")}"' in page
