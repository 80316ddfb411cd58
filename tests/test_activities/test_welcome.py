"""A new workspace is offered ways to begin, each as far as the reader's role goes, until they are taken up."""

import re

import pytest
from django.conf import settings

from activities.models import Activity, ActivityLink
from activities.samples import SAMPLES, add_sample
from activities.welcome import Welcome
from contacts.models import Contact, Position
from core.tenancy import workspace_scope
from deals.models import Deal, DealContact, Pipeline, Stage
from organizations.models import Organization
from records.models import NotAllowed, Refusal
from tests.factories import ContactFactory, DealFactory, MembershipFactory
from tests.importing import Importer
from tests.reading import undo_path

pytestmark = pytest.mark.django_db

MADE = (Activity, ActivityLink, Contact, Position, Deal, DealContact, Organization)


def welcome(answer) -> str:
    """The words of the welcome on a page; "" where there is none."""
    found = re.search(r'<section class="welcome".*?</section>', answer.content.decode(), re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])).strip() if found else ""


def done(member) -> dict[str, bool]:
    return {step.name: step.done for step in Welcome.of_membership(member).steps}


# --- what is offered --------------------------------------------------------------------------------------------------
def test_an_owner_is_offered_import_sample_and_invitation(client_of, alice):
    words = welcome(client_of(alice).get_w("today"))
    for offer in ("Import a file", "Add pipeline", "Invite"):
        assert offer in words


def test_each_role_sees_what_it_may_do(client_of, mara, bob, victor):
    for_manager, for_rep, for_viewer = (welcome(client_of(member).get_w("today")) for member in (mara, bob, victor))
    assert "Import a file" in for_manager
    assert "Add pipeline" not in for_manager
    assert "Invite" not in for_manager
    assert "New person" in for_rep
    assert "Import a file" not in for_rep
    assert "What your colleagues add appears here." in for_viewer
    assert "New person" not in for_viewer


def test_what_was_done_is_ticked_and_all_done_is_gone(client_of, acme, alice, in_acme):
    assert done(alice) == {"import": False, "sample": False, "invite": False}
    ContactFactory()
    assert done(alice) == {"import": True, "sample": False, "invite": False}
    MembershipFactory()
    DealFactory()
    assert done(alice) == {"import": True, "sample": True, "invite": True}
    assert welcome(client_of(alice).get_w("today")) == ""


def test_a_sample_is_not_mistaken_for_the_teams_own_data(alice, in_acme):
    add_sample("sales", by=alice.actor, workspace=alice.workspace)
    assert done(alice) == {"import": False, "sample": True, "invite": False}


def test_reps_and_viewers_are_left_alone_once_work_has_begun(client_of, acme, bob, victor):
    ContactFactory(workspace=acme)
    for member in (bob, victor):
        assert welcome(client_of(member).get_w("today")) == ""


def test_closed_it_stays_away_from_this_workspace_alone(client_of, alice):
    client = client_of(alice)
    answer = client.post_w("today:closing")
    assert answer.cookies["welcome"]["path"] == "/w/acme/"
    assert welcome(client.get_w("today")) == ""


def test_an_empty_list_asks_for_it(client_of, alice, bob):
    client = client_of(alice)
    path = client.url("today:welcome")
    assert f'hx-get="{path}"' in client.get_w("contacts:list").content.decode()
    assert "Import a file" in welcome(client.get(path, headers={"HX-Request": "true"}))
    assert client.get(path).url == "/w/acme/"


def test_an_empty_list_promises_a_viewer_nothing(client_of, victor, bob):
    assert "What your colleagues add appears here." in client_of(victor).get_w("deals:list").content.decode()
    assert "Add one or import a file." in client_of(bob).get_w("deals:list").content.decode()


def test_the_sample_file_can_be_imported_as_it_is(client_of, acme, alice):
    content = (settings.BASE_DIR / "static" / "samples" / "people.csv").read_bytes()
    Importer(client_of(alice)).run("contact", content)
    with workspace_scope(acme.pk):
        assert Contact.objects.count() == 3
        priya = Contact.objects.get(first_name="Priya")
        assert (priya.email, priya.phone) == ("priya.raman@example.com", "+442079460311")
        assert priya.positions.get().organization.name == "Northwind Bakery"


# --- the sample -------------------------------------------------------------------------------------------------------
def state() -> list[int]:
    return [model.objects.count() for model in (Pipeline, Stage, *MADE)]


@pytest.mark.parametrize("key", SAMPLES)
def test_one_undo_takes_a_sample_back(client_of, acme, alice, key):
    client = client_of(alice)
    with workspace_scope(acme.pk):
        before = state()
    answer = client.post_w("today:sample", data={"sample": key, "with_deals": "on"})
    with workspace_scope(acme.pk):
        pipeline = Pipeline.objects.get(name=str(SAMPLES[key].name))
        assert (answer.status_code, answer.url) == (303, f"{client.url('deals:board')}?pipeline={pipeline.pk}")
        assert pipeline.currency == "USD"
        assert {str(deal.name) for deal in pipeline.deals.all()} == {str(name) for name in SAMPLES[key].deals}
        assert Activity.objects.open().count() == 2
        assert all(model.objects.exists() for model in MADE)
    client.post(undo_path(client.get_w("deals:list").content.decode()))
    with workspace_scope(acme.pk):
        assert state() == before


def test_without_deals_it_is_the_stages_alone(client_of, acme, alice):
    client_of(alice).post_w("today:sample", data={"sample": "services"})
    with workspace_scope(acme.pk):
        assert Pipeline.objects.get(name="Projects and services").stages.count() == 5
        assert not any(model.objects.exists() for model in MADE)


def test_it_speaks_the_language_of_the_workspace(alice, in_acme):
    in_acme.language = "cs"
    add_sample("sales", by=alice.actor, workspace=in_acme)
    note = Activity.objects.filter(kind="note").first()
    assert note.body
    assert Deal.objects.count() == 3


def test_the_pipeline_that_a_workspace_starts_with_is_filled_once(client_of, acme, alice):
    client = client_of(alice)
    data = {"sample": "sales", "with_deals": "on"}
    assert client.post_w("today:sample", data=data).status_code == 303
    again = client.post_w("today:sample", data=data)
    assert again.status_code == 422
    assert "The pipeline “Sales” is there already." in again.content.decode()
    with workspace_scope(acme.pk):
        assert Pipeline.objects.filter(name="Sales").get().deals.count() == 3


@pytest.mark.parametrize("data", [{}, {"sample": "nonsense"}])
def test_nonsense_is_refused(client_of, alice, data):
    assert client_of(alice).post_w("today:sample", data=data).status_code == 422


def test_who_may_not_set_up_pipelines_gets_none(client_of, acme, mara, bob, victor, charlie, in_acme):
    data = {"sample": "services", "with_deals": "on"}
    for member in (mara, bob, victor):
        assert client_of(member).post_w("today:sample", data=data).status_code == 403
        with pytest.raises(NotAllowed):
            add_sample("services", by=member.actor, workspace=acme)
    assert client_of(charlie, acme).post_w("today:sample", data=data).status_code == 404
    assert not Deal.objects.exists()


def test_nothing_is_added_where_nothing_is_new(alice, in_acme):
    with pytest.raises(Refusal, match="there already"):
        add_sample("sales", by=alice.actor, workspace=in_acme, with_deals=False)
