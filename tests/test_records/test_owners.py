"""Whose a record is: by rule when it is new, by claim where it is nobody's, by hand-over when somebody leaves."""

import pytest

from activities.models import Activity
from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Deal, Stage
from organizations.models import Organization
from records.models import ChangeSet, HandOver, NotAllowed, Refusal, Turn, change_set
from records.models.owner_rules import owner_of_new
from tests.battery_lists import ids_in
from tests.battery_pages import page_text
from tests.factories import ContactFactory, DealFactory, MembershipFactory, OrganizationFactory, TeamFactory
from tests.importing import Importer, csv_bytes, run_jobs
from tests.reading import filled_form, undo_path
from workspaces.models import Membership, Workspace
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


def rule(workspace: Workspace, *members: Membership, **rules: str) -> None:
    """Set the rules, for the members as well, whose workspace was read before."""
    with workspace_scope(workspace.pk):
        Workspace.objects.filter(pk=workspace.pk).update(owner_rules=rules)
    for member in members:
        member.workspace.owner_rules = rules


@pytest.fixture
def north(in_acme, bob, mara):
    """A team of bob, mara and somebody who left."""
    team = TeamFactory(name="North", manager=mara)
    Membership.objects.filter(pk__in=[bob.pk, mara.pk]).update(team=team)
    MembershipFactory(name="Greg Gone", team=team, is_active=False)
    return team


def people(*names: str, by: Membership) -> list[str | None]:
    """Owners of new people, in the order in which they are made."""
    made = [Contact.create(by=by.actor, last_name=name) for name in names]
    return [one.owner.name if one.owner else None for one in made]


# --- new records ------------------------------------------------------------------------------------------------------
def test_a_new_record_is_its_maker_s_unless_a_rule_says_otherwise(in_acme, alice, bob, mara):
    assert people("Raman", by=bob) == ["Bob Lindqvist"]
    rule(in_acme, bob, contact=f"member {mara.pk}")
    assert people("Daly", by=bob) == ["Mara Lind"]
    rule(in_acme, bob, contact="nobody")
    assert people("Novak", by=bob) == [None]
    assert Organization.create(by=bob.actor, name="Northwind").owner == bob, "each kind has a rule of its own"


def test_an_owner_that_is_given_stands_above_the_rule(in_acme, alice, bob, mara):
    rule(in_acme, bob, contact=f"member {mara.pk}")
    assert Contact.create(by=bob.actor, last_name="Raman", owner=bob).owner == bob
    assert Contact.create(by=bob.actor, last_name="Daly", owner=None).owner is None


def test_the_members_of_a_team_take_turns_and_who_left_is_passed_over(in_acme, alice, bob, mara, north):
    rule(in_acme, alice, contact=f"team {north.pk}")
    names = people("A", "B", "C", "D", by=alice)
    assert names[:2] == names[2:]
    assert set(names) == {"Bob Lindqvist", "Mara Lind"}
    Membership.objects.filter(pk=bob.pk).update(is_active=False)
    assert people("E", "F", by=alice) == ["Mara Lind", "Mara Lind"]


def test_whoever_was_to_get_them_and_left_gets_none(in_acme, alice, bob, mara, north):
    Membership.objects.filter(pk__in=[bob.pk, mara.pk]).update(is_active=False)
    rule(in_acme, alice, contact=f"member {mara.pk}")
    assert people("A", by=alice) == [None]
    rule(in_acme, alice, contact=f"team {north.pk}")
    assert people("B", by=alice) == [None]


def test_the_system_has_no_records_of_its_own(in_acme, alice, mara):
    assert owner_of_new(Contact, SYSTEM) is None
    rule(in_acme, contact=f"member {mara.pk}")
    assert owner_of_new(Contact, SYSTEM) == mara


def test_the_form_begins_with_the_owner_of_the_rule(acme, alice, bob, mara, client_of):
    rule(acme, contact=f"member {mara.pk}")
    client = client_of(bob)
    form = client.get_w("contacts:create").context["form"]
    assert form["owner"].value() == mara.pk
    rule(acme, contact="nobody")
    assert client.get_w("contacts:create").context["form"]["owner"].value() is None


def test_the_form_leaves_it_to_the_turn(acme, alice, bob, mara, client_of):
    with workspace_scope(acme.pk):
        team = TeamFactory(name="North")
        Membership.objects.filter(pk=mara.pk).update(team=team)
    rule(acme, contact=f"team {team.pk}")
    client = client_of(bob)
    page = page_text(client.get_w("contacts:create"))
    assert "Whose turn it is in North" in page
    client.post_w("contacts:create", data=filled_form(page) | {"last_name": "Raman", "owner": ""})
    client.post_w("contacts:create", data=filled_form(page) | {"last_name": "Daly", "owner": str(bob.pk)})
    with workspace_scope(acme.pk):
        assert {one.last_name: one.owner for one in Contact.objects.all()} == {"Raman": mara, "Daly": bob}


def test_an_import_without_an_owner_obeys_the_rule(acme, alice, bob, mara, client_of):
    with workspace_scope(acme.pk):
        team = TeamFactory(name="North")
        Membership.objects.filter(pk__in=[bob.pk, mara.pk]).update(team=team)
    rule(acme, contact=f"team {team.pk}", organization=f"member {mara.pk}")
    importer = Importer(client_of(alice))
    importer.run("contact", csv_bytes([["Last name"], *([f"Raman {n}"] for n in range(6))]))
    importer.run("organization", csv_bytes([["Name"], ["Northwind"]]))
    with workspace_scope(acme.pk):
        owners = list(Contact.objects.order_by("pk").values_list("owner__name", flat=True))
        assert owners.count("Bob Lindqvist") == owners.count("Mara Lind") == 3
        assert Organization.objects.get().owner == mara


def test_owners_and_admins_set_the_rules(acme, alice, bob, mara, client_of):
    client = client_of(alice)
    page = page_text(client.get_w("owners:owners"))
    data = filled_form(page) | {"deal": f"member {mara.pk}", "contact": "nobody"}
    assert client.post_w("owners:owners", data=data).status_code == 303
    with workspace_scope(acme.pk):
        acme.refresh_from_db()
    assert acme.owner_rules == {"deal": f"member {mara.pk}", "contact": "nobody", "organization": "creator"}
    with workspace_scope(acme.pk):
        assert "Rules for the owners" in ChangeSet.objects.latest("pk").label
    assert client.post_w("owners:owners", data=data | {"deal": "member 0"}).status_code == 422
    for member in (bob, mara):
        assert client_of(member).get_w("owners:owners").status_code == 403


# --- claim ------------------------------------------------------------------------------------------------------------
def test_what_is_nobody_s_can_be_claimed(acme, alice, bob, client_of):
    contact = ContactFactory(workspace=acme, last_name="Raman")
    client = client_of(bob)
    path = client.url("contacts:claim", contact.pk)
    assert path in page_text(client.get_w("contacts:detail", contact.pk))
    page = page_text(client.post(path, follow=True))
    assert "is yours now." in page
    assert path not in page
    with workspace_scope(acme.pk):
        assert Contact.objects.get().owner == bob
    client.post(undo_path(page))
    with workspace_scope(acme.pk):
        assert Contact.objects.get().owner is None


def test_the_second_is_told_who_was_first(acme, alice, bob, client_of):
    contact = ContactFactory(workspace=acme, owner=bob)
    answer = client_of(alice).post_w("contacts:claim", contact.pk)
    assert answer.status_code == 409
    assert "Bob Lindqvist took it a moment ago." in page_text(answer)
    with workspace_scope(acme.pk):
        assert Contact.objects.get().owner == bob


def test_a_viewer_claims_nothing(acme, victor, client_of):
    contact = ContactFactory(workspace=acme)
    client = client_of(victor)
    assert client.post_w("contacts:claim", contact.pk).status_code == 403
    assert client.url("contacts:claim", contact.pk) not in page_text(client.get_w("contacts:detail", contact.pk))
    with workspace_scope(acme.pk), pytest.raises(NotAllowed):
        Contact.objects.all().claim(by=SYSTEM)


def test_many_are_claimed_at_once(in_acme, alice, bob, victor):
    free, taken, own = ContactFactory.create_batch(3), ContactFactory(owner=alice), ContactFactory(owner=bob)
    outcome = Contact.objects.all().claim(by=bob.actor)
    assert outcome.done == 3
    assert outcome.refused[taken.pk] == "Alice Ostrowska took it a moment ago."
    assert outcome.refused[own.pk] == "It is yours already."
    assert {one.owner for one in Contact.objects.filter(pk__in=[one.pk for one in free])} == {bob}
    assert Contact.objects.all().claim(by=victor.actor).done == 0


def test_the_lists_show_what_is_nobody_s(acme, bob, client_of):
    free, _his = ContactFactory(workspace=acme), ContactFactory(workspace=acme, owner=bob)
    client = client_of(bob)
    page = client.get(f"{client.url('contacts:list')}?owner=none")
    assert ids_in(page) == [free.pk]
    assert 'aria-current="page">Without owner</a>' in page_text(page)


# --- hand-over --------------------------------------------------------------------------------------------------------
@pytest.fixture
def estate(in_acme, bob):
    """What bob leaves: three people, an organization, a deal, an open task and a call that was made."""
    ContactFactory.create_batch(3, owner=bob)
    OrganizationFactory(owner=bob)
    DealFactory(owner=bob, stage=Stage.objects.in_order()[0])
    from django.utils import timezone

    Activity.plan("task", by=bob.actor, subject="Call", due_at=timezone.now())
    Activity.log("call", by=bob.actor, subject="Called")
    return bob


def owners(model) -> list[str]:
    return sorted(model.objects.values_list("owner__name", flat=True))


def test_all_that_a_member_has_goes_to_others_in_one_change(acme, alice, mara, estate, client_of):
    with workspace_scope(acme.pk):
        team = TeamFactory(name="North")
        victor = MembershipFactory(name="Vera Novak", team=team)
        Membership.objects.filter(pk=mara.pk).update(team=team)
    client = client_of(alice)
    page = page_text(client.get_w("hand_over:ask", estate.pk))
    assert "3 people" in page
    assert "1 activity" in page, "what was done stays whose it was"
    data = {"contact": f"team {team.pk}", "deal": f"member {mara.pk}", "activity": f"member {mara.pk}"}
    answer = client.post_w("hand_over:ask", estate.pk, data=data)
    assert answer.status_code == 303
    assert "Waiting" in page_text(client.get(answer.url))
    assert run_jobs() == 1
    text = page_text(client.get(answer.url))
    for words in ("3 people", "1 deal", "1 activity"):
        assert words in text
    with workspace_scope(acme.pk):
        assert owners(Contact) in (["Mara Lind", "Mara Lind", "Vera Novak"], ["Mara Lind", "Vera Novak", "Vera Novak"])
        assert owners(Organization) == ["Bob Lindqvist"], "what nobody chose for stays"
        assert owners(Deal) == ["Mara Lind"]
        assert {one.subject: one.owner.name for one in Activity.objects.all()} == {
            "Call": "Mara Lind",
            "Called": "Bob Lindqvist",
        }
        assert victor.is_active
        change = HandOver.objects.get().result
        assert str(change) == "All records of Bob Lindqvist handed over"
        assert change.member == alice
        change.undo(by=alice.actor)
        assert owners(Contact) == ["Bob Lindqvist"] * 3
        assert owners(Deal) == ["Bob Lindqvist"]


def test_a_job_that_runs_again_does_nothing_more(acme, alice, mara, estate, client_of):
    from records.jobs import run_hand_over

    client = client_of(alice)
    client.post_w("hand_over:ask", estate.pk, data={"deal": f"member {mara.pk}"})
    run_jobs()
    with workspace_scope(acme.pk):
        asked, changes = HandOver.objects.get(), ChangeSet.objects.count()
    run_hand_over(workspace_id=acme.pk, hand_over_id=asked.pk)
    with workspace_scope(acme.pk):
        assert ChangeSet.objects.count() == changes


def test_a_taker_who_left_meanwhile_stops_it_in_words(acme, alice, mara, estate, client_of):
    client = client_of(alice)
    answer = client.post_w("hand_over:ask", estate.pk, data={"deal": f"member {mara.pk}"})
    with workspace_scope(acme.pk):
        Membership.objects.filter(pk=mara.pk).update(is_active=False)
    run_jobs()
    assert "There is nobody left" in page_text(client.get(answer.url))
    with workspace_scope(acme.pk):
        assert owners(Deal) == ["Bob Lindqvist"]


def test_somebody_has_to_be_chosen(acme, alice, estate, client_of):
    answer = client_of(alice).post_w("hand_over:ask", estate.pk, data={})
    assert answer.status_code == 422
    assert "Choose who gets the records." in page_text(answer)


def test_a_manager_hands_over_for_its_team_alone(acme, alice, mara, victor, estate, client_of):
    client = client_of(mara)
    assert client.get_w("hand_over:ask", estate.pk).status_code == 404
    with workspace_scope(acme.pk):
        Membership.objects.filter(pk=estate.pk).update(team=TeamFactory(manager=mara))
    data = {"deal": f"member {mara.pk}"}
    answer = client_of(mara).post_w("hand_over:ask", estate.pk, data=data)
    assert answer.status_code == 303
    run_jobs()
    assert "1 deal" in page_text(client_of(mara).get(answer.url))
    for member in (estate, victor):
        assert client_of(member).get_w("hand_over:ask", alice.pk).status_code == 403


def test_what_a_manager_does_not_see_stays_and_is_told(acme, alice, mara, estate, client_of):
    with workspace_scope(acme.pk):
        Membership.objects.filter(pk=estate.pk).update(team=TeamFactory(manager=mara))
        hidden = DealFactory(owner=estate, is_private=True, stage=Stage.objects.in_order()[0])
    client = client_of(mara)
    page = page_text(client.get_w("hand_over:ask", estate.pk))
    assert "1 deal" in page
    assert "1 record that you may not see stays with Bob Lindqvist." in page
    answer = client.post_w("hand_over:ask", estate.pk, data={"deal": f"member {mara.pk}"})
    run_jobs()
    assert "1 record that you may not see stays with Bob Lindqvist." in page_text(client.get(answer.url))
    with workspace_scope(acme.pk):
        assert owners(Deal) == ["Bob Lindqvist", "Mara Lind"]
        assert hidden.rows().get().owner == estate
    assert "may not see" not in page_text(client_of(alice).get_w("hand_over:ask", estate.pk))


def test_another_workspace_is_out_of_reach(acme, elsewhere, alice, charlie, estate, client_of):
    assert client_of(charlie).get_w("hand_over:ask", estate.pk).status_code == 404
    assert client_of(alice).get_w("hand_over:ask", charlie.pk).status_code == 404
    data = {"deal": f"member {charlie.pk}"}
    assert client_of(alice).post_w("hand_over:ask", estate.pk, data=data).status_code == 422


def test_the_page_of_a_member_leads_there(acme, alice, estate, client_of):
    client = client_of(alice)
    assert client.url("hand_over:ask", estate.pk) in page_text(client.get_w("workspaces:member", estate.pk))
    assert client.url("hand_over:ask", estate.pk) in page_text(client.get_w("workspaces:members"))


def test_who_was_deactivated_is_given_nothing(in_acme, alice, bob):
    gone = MembershipFactory(is_active=False)
    ContactFactory(owner=bob)
    with change_set("", by=alice.actor), pytest.raises(Refusal):
        Contact.objects.all().share_out([gone], by=alice.actor)


def test_a_team_without_members_draws_nobody(in_acme, alice):
    assert Turn.draw(TeamFactory(), "contact", 3) == []
