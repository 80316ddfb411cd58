"""What is typed into a composer and not saved stays: a row of its writer, of the record and of the kind."""

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Draft
from core.tenancy import workspace_scope
from records.models import ChangeSet
from tests.conftest import WorkspaceClient
from tests.factories import ContactFactory, DealFactory, OrganizationFactory
from tests.reading import filled_form, undo_path

pytestmark = pytest.mark.django_db

FACTORIES = {"contact": ContactFactory, "organization": OrganizationFactory, "deal": DealFactory}


@pytest.fixture
def priya(acme):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")


def page_of(client: WorkspaceClient, record, **query: str) -> str:
    return client.get_w(f"{record.namespace}:detail", record.pk, data=query).content.decode()


def keep(client: WorkspaceClient, record, **typed: str):
    data = {"kind": "note"} | typed
    return client.post_w("activities:draft", record.record_name, record.pk, data=data, headers={"HX-Request": "true"})


def drafts(acme) -> list[Draft]:
    with workspace_scope(acme.pk):
        return list(Draft.objects.present())


@pytest.mark.parametrize("kind", FACTORIES)
def test_what_is_typed_is_there_when_the_page_is_opened_again(client_of, bob, acme, kind):
    record, client = FACTORIES[kind](workspace=acme), client_of(bob)
    assert keep(client, record, body="They want tra", follow_up="on", days="7").status_code == 204
    page = page_of(client, record)
    assert "<b>Draft</b>" in page
    form = filled_form(page, "compose")
    assert (form["body"], form["follow_up"], form["days"]) == ("They want tra", "on", "7")
    keep(client, record, body="They want trackers")
    assert len(drafts(acme)) == 1
    assert filled_form(page_of(client, record), "compose")["body"] == "They want trackers"


def test_each_kind_has_its_own_and_the_newest_opens(client_of, bob, priya):
    client = client_of(bob)
    keep(client, priya, body="A note")
    keep(client, priya, kind="meeting", subject="Demo", occurred_at="2026-12-01T10:30", minutes="40", location="Leeds")
    form = filled_form(page_of(client, priya), "compose")
    typed = {"kind": "meeting", "subject": "Demo", "occurred_at": "2026-12-01T10:30", "minutes": "40"}
    assert typed.items() <= form.items()
    assert filled_form(page_of(client, priya, compose="note"), "compose")["body"] == "A note"
    assert page_of(client, priya).count('class="begun"') == 2


def test_half_a_date_is_kept_as_it_was_typed(client_of, bob, mara, priya):
    client = client_of(bob)
    typed = {"kind": "task", "subject": "Call", "occurred_at": "20", "owner": str(mara.pk)}
    keep(client, priya, **typed)
    assert typed.items() <= filled_form(page_of(client, priya), "compose").items()


def test_an_emptied_composer_has_no_draft(client_of, bob, acme, priya):
    client = client_of(bob)
    keep(client, priya, kind="call", occurred_at="2026-03-01T10:30", outcome="busy")
    assert drafts(acme) == []
    keep(client, priya, body="x")
    keep(client, priya, body="  ")
    assert drafts(acme) == []


def test_saving_is_the_end_of_the_draft(client_of, bob, acme, priya):
    client = client_of(bob)
    keep(client, priya, body="They want trackers")
    client.post_w("activities:compose", "contact", priya.pk, data={"kind": "note", "body": "They want trackers"})
    assert drafts(acme) == []
    assert "<b>Draft</b>" not in page_of(client, priya)


def test_a_draft_that_arrives_after_its_save_is_none(client_of, bob, acme, priya):
    client = client_of(bob)
    begun = filled_form(page_of(client, priya), "compose")["begun"]
    client.post_w("activities:compose", "contact", priya.pk, data={"kind": "note", "body": "All of it"})
    assert keep(client, priya, body="All of", begun=begun).status_code == 204
    assert drafts(acme) == []
    begun = filled_form(page_of(client, priya), "compose")["begun"]
    keep(client, priya, body="The next", begun=begun)
    assert [draft.data["body"] for draft in drafts(acme)] == ["The next"]


def test_an_error_keeps_the_draft(client_of, bob, acme, priya):
    client = client_of(bob)
    typed = {"kind": "task", "subject": "", "body": "What I typed"}
    keep(client, priya, **typed)
    assert client.post_w("activities:compose", "contact", priya.pk, data=typed).status_code == 422
    assert len(drafts(acme)) == 1


def test_a_lost_session_keeps_it(client_of, bob, priya):
    client = client_of(bob)
    keep(client, priya, body="They want trackers")
    client.logout()
    lost = client.post_w("activities:compose", "contact", priya.pk, data={"kind": "note", "body": "They want trackers"})
    assert lost.status_code == 302
    client.force_login(bob.user)
    assert filled_form(page_of(client, priya), "compose")["body"] == "They want trackers"


def test_it_is_discarded_and_taken_back(client_of, bob, acme, priya):
    client = client_of(bob)
    keep(client, priya, body="They want trackers")
    [draft] = drafts(acme)
    answer = client.post_w("activities:draft_discard", draft.pk)
    page = client.get(answer.url).content.decode()
    assert drafts(acme) == []
    assert "Draft discarded." in page
    client.post(undo_path(page.replace("/restoring/", "/restoring/undo/")).removesuffix("undo/"))
    assert [draft.data["body"] for draft in drafts(acme)] == ["They want trackers"]


def test_htmx_gets_an_empty_composer_of_its_kind(client_of, bob, acme, priya):
    client = client_of(bob)
    keep(client, priya, kind="call", body="Hello")
    [draft] = drafts(acme)
    answer = client.post_w("activities:draft_discard", draft.pk, headers={"HX-Request": "true"}).content.decode()
    assert 'name="kind" value="call"' in answer
    assert "Hello" not in answer
    assert f"/drafts/{draft.pk}/restoring/" in answer


# --- whose it is ------------------------------------------------------------------------------------------------------
def test_nobody_else_sees_or_discards_it(client_of, bob, mara, charlie, acme, priya):
    keep(client_of(bob), priya, body="Private thoughts")
    assert "Private thoughts" not in page_of(client_of(mara), priya)
    [draft] = drafts(acme)
    for client in (client_of(mara), client_of(charlie), client_of(charlie, acme)):
        assert client.post_w("activities:draft_discard", draft.pk).status_code == 404
        assert client.post_w("activities:draft_restore", draft.pk).status_code == 404
    assert len(drafts(acme)) == 1


def test_the_database_shows_none_to_another_workspace(client_of, bob, acme, elsewhere, priya):
    keep(client_of(bob), priya, body="Private thoughts")
    with workspace_scope(elsewhere.pk):
        assert not Draft.objects.exists()


def test_a_viewer_keeps_none_and_a_foreign_record_takes_none(client_of, bob, victor, acme, elsewhere, priya):
    assert keep(client_of(victor), priya, body="x").status_code == 403
    assert keep(client_of(bob), ContactFactory(workspace=elsewhere), body="x").status_code == 404
    assert keep(client_of(bob), priya, kind="letter", body="x").status_code == 404
    assert drafts(acme) == []


def test_it_is_no_part_of_the_history(client_of, bob, acme, priya):
    with workspace_scope(acme.pk):
        before = ChangeSet.objects.count()
    keep(client_of(bob), priya, body="They want trackers")
    with workspace_scope(acme.pk):
        assert ChangeSet.objects.count() == before


# --- its end ----------------------------------------------------------------------------------------------------------
def test_a_draft_of_last_month_is_not_shown_and_goes_with_the_next(client_of, bob, acme, priya):
    client = client_of(bob)
    keep(client, priya, body="Long ago")
    with workspace_scope(acme.pk):
        Draft.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert "Long ago" not in page_of(client, priya)
    keep(client, ContactFactory(workspace=acme), body="Today")
    with workspace_scope(acme.pk):
        assert [draft.data["body"] for draft in Draft.objects.all()] == ["Today"]


def test_the_newest_drafts_of_a_member_are_kept(client_of, bob, mara, acme, priya, monkeypatch):
    monkeypatch.setattr("activities.models.draft.MOST_KEPT", 2)
    keep(client_of(mara), priya, body="Mine")
    for kind in ("note", "call", "meeting"):
        keep(client_of(bob), priya, kind=kind, body="x", subject="x")
    assert sorted((draft.member_id, draft.kind) for draft in drafts(acme)) == sorted(
        [(mara.pk, "note"), (bob.pk, "call"), (bob.pk, "meeting")]
    )


def test_what_was_typed_before_a_save_of_the_same_moment_is_none(bob, acme, priya):
    """One statement judges and writes: nothing fits between."""
    begun = timezone.now() - dt.timedelta(seconds=5)
    with workspace_scope(acme.pk):
        Draft.keep(bob, priya, "note", QueryDict("body=Al"), begun=begun)
        Draft.clear(bob, priya, "note")
        with CaptureQueriesContext(connection) as captured:
            Draft.keep(bob, priya, "note", QueryDict("body=All"), begun=begun)
        assert not Draft.objects.present().exists()
    assert [query["sql"].split()[0] for query in captured if "activities_draft" in query["sql"]] == [
        "INSERT", "DELETE", "DELETE"
    ]  # fmt: skip


def test_a_text_that_is_no_text_is_refused(client_of, bob, acme, priya):
    assert keep(client_of(bob), priya, body="x" * 300_000).status_code == 413
    assert drafts(acme) == []


def test_it_goes_with_its_record(client_of, bob, acme, priya):
    keep(client_of(bob), priya, body="x")
    with workspace_scope(acme.pk), connection.cursor() as cursor:
        cursor.execute("DELETE FROM contacts_contact WHERE id = %s", [priya.pk])
        assert not Draft.objects.exists()
