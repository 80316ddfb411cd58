"""Who may change whom: the verbs, and the pages that call them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import product
from threading import Barrier

import pytest
from django.core import mail
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from core.tenancy import workspace_scope
from organizations.models import Organization
from records.models import ChangeSet
from tests.battery_pages import statements
from tests.conftest import member
from tests.factories import MembershipFactory, OrganizationFactory, TeamFactory, UserFactory
from workspaces.changes import change_meta
from workspaces.models import Invitation, Membership, Team
from workspaces.refusals import NotAllowed, Refusal
from workspaces.rights import RANK, ROLES


def fresh(membership: Membership) -> Membership:
    """The row as it is now."""
    with workspace_scope(membership.workspace_id):
        return Membership.objects.get(pk=membership.pk)


@pytest.fixture
def adam(acme) -> Membership:
    return member(acme, "Adam Nowak", "admin")


# --- the verbs --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("actor", ROLES)
def test_a_role_is_changed_by_owners_and_admins_and_never_above_their_own(acme, in_acme, actor):
    by = MembershipFactory(role=actor)
    for before, after in product(ROLES, ROLES):
        whom = MembershipFactory(role=before)
        allowed = actor in ("owner", "admin") and max(RANK[before], RANK[after]) <= RANK[actor]
        with nullcontext() if allowed else pytest.raises(NotAllowed):
            whom.change(by=by.actor, role=after)
        assert fresh(whom).role == (after if allowed else before), (before, after)


@pytest.mark.parametrize("verb", ["deactivate", "reactivate", "withdraw_invitation", "send_invitation"])
@pytest.mark.parametrize("actor", ["admin", "manager", "rep", "viewer"])
def test_no_verb_reaches_above_the_own_role(acme, alice, verb, actor):
    by = MembershipFactory(workspace=acme, role=actor)
    with workspace_scope(acme.pk), pytest.raises(NotAllowed):
        getattr(alice, verb)(by=by.actor)


def test_nobody_raises_the_own_role(acme, adam):
    with workspace_scope(acme.pk):
        with pytest.raises(NotAllowed):
            adam.change(by=adam.actor, role="owner")
        adam.change(by=adam.actor, role="rep")
        with pytest.raises(NotAllowed):
            adam.change(by=adam.actor, role="admin")


def test_the_last_owner_stays_one(acme, alice):
    with workspace_scope(acme.pk):
        with pytest.raises(Refusal, match="needs an owner"):
            alice.change(by=alice.actor, role="admin")
        # An owner who can't sign in is none.
        MembershipFactory(name="From a file", role="owner")
        with pytest.raises(Refusal, match="needs an owner"):
            alice.change(by=alice.actor, role="admin")
    member(acme, "Olga", "owner")
    with workspace_scope(acme.pk):
        alice.change(by=alice.actor, role="admin")
    assert fresh(alice).role == "admin"


def test_nobody_deactivates_oneself_and_nobody_the_last_owner(acme, alice):
    olga = member(acme, "Olga", "owner")
    with workspace_scope(acme.pk):
        with pytest.raises(Refusal, match="yourself"):
            alice.deactivate(by=alice.actor)
        alice.deactivate(by=olga.actor)
        with pytest.raises(Refusal, match="yourself"):
            olga.deactivate(by=olga.actor)
    assert not fresh(alice).is_active


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_do_not_both_go(acme, alice):
    """The first to lock the owners goes; the other waits for it and then finds itself the last."""
    olga = member(acme, "Olga", "owner")
    together = Barrier(2)

    def step_down(owner: Membership) -> bool:
        try:
            with workspace_scope(acme.pk):
                together.wait(5)
                owner.change(by=owner.actor, role="rep")
            return True
        except Refusal:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(step_down, [alice, olga])) == [False, True]
    with workspace_scope(acme.pk):
        assert Membership.objects.owners().count() == 1


def test_a_member_of_somewhere_else_is_no_member_here(acme, alice, charlie):
    with workspace_scope(acme.pk):
        assert not Membership.objects.filter(pk=charlie.pk).exists()


# --- undo is no back door --------------------------------------------------------------------------------------------
def changed_by(actor: Membership, whom: Membership, role: str) -> ChangeSet:
    """The change set of a request in which `actor` gave `whom` a role."""
    with workspace_scope(actor.workspace_id, change_set=None, change_meta=change_meta(actor.actor, "web")):
        fresh(whom).change(by=actor.actor, role=role)
        return ChangeSet.current()


def test_undo_changes_nobody_above_the_own_role(acme, alice, adam):
    olga = member(acme, "Olga", "owner")
    lowered = changed_by(alice, olga, "rep")
    with pytest.raises(NotAllowed, match="above your own role"), workspace_scope(acme.pk):
        lowered.undo(by=adam.actor)
    with workspace_scope(acme.pk):
        lowered.undo(by=alice.actor)
    assert fresh(olga).role == "owner"


def test_undo_gives_nobody_a_lost_role_back(acme, alice, adam):
    lowered = changed_by(adam, adam, "manager")
    with pytest.raises(NotAllowed), workspace_scope(acme.pk):
        lowered.undo(by=fresh(adam).actor)
    assert fresh(adam).role == "manager"


def test_undo_leaves_no_workspace_without_an_owner(acme, alice, bob):
    raised = changed_by(alice, bob, "owner")
    changed_by(alice, alice, "admin")
    with pytest.raises(Refusal, match="needs an owner"), workspace_scope(acme.pk):
        raised.undo(by=fresh(bob).actor)
    assert fresh(bob).role == "owner"


# --- the pages --------------------------------------------------------------------------------------------------------
def test_the_list_names_everybody_with_role_team_and_sign_in(acme, alice, bob, client_of):
    team = TeamFactory(workspace=acme, name="North", manager_id=alice.pk)
    MembershipFactory(workspace=acme, name="Željka Agent", role="rep", team_id=team.pk, region="Central")
    MembershipFactory(workspace=acme, name="Zoe Gone", is_active=False)
    page = client_of(alice).get_w("workspaces:members").content.decode()
    for words in ("Bob Lindqvist", "bob@acme.example", "Željka Agent", "North", "Central", "No sign-in", "Deactivated"):
        assert words in page
    # By name whatever the accents; those who left come last.
    assert page.index("Bob Lindqvist") < page.index("Željka Agent") < page.index("Zoe Gone")


def test_the_list_takes_six_statements_however_many_members(acme, alice, client_of):
    """Session, user, membership, members, invitations, and what is due in the navigation."""
    for _n in range(20):
        MembershipFactory(workspace=acme)
    client = client_of(alice)
    assert len(statements(client, client.url("workspaces:members"))) == 6


def test_a_person_with_two_workspaces_sees_the_members_of_each_alone(acme, alice, charlie, client_of):
    """The policy that shows a person's own memberships everywhere must not mix them into a list."""
    with workspace_scope(acme.pk):
        Membership.objects.create(user=charlie.user, name="Charlie at Acme", role="admin")
    visitor = client_of(charlie, acme)
    page = visitor.get_w("workspaces:members").content.decode()
    assert "Charlie at Acme" in page
    assert charlie.name not in page
    form = visitor.get_w("workspaces:team_create").context["form"]
    assert charlie not in form.fields["manager"].queryset


def test_a_member_is_edited_and_the_edit_can_be_undone(acme, alice, bob, client_of):
    team = TeamFactory(workspace=acme, name="North")
    client = client_of(alice)
    data = {"name": "Robert Lindqvist", "email": bob.email, "role": "manager", "team": team.pk, "region": "North"}
    answer = client.post_w("workspaces:member", bob.pk, data=data)
    assert answer.status_code == 303
    bob = fresh(bob)
    assert (bob.name, bob.role, bob.team_id, bob.region) == ("Robert Lindqvist", "manager", team.pk, "North")
    page = client.get_w("workspaces:members").content.decode()
    with workspace_scope(acme.pk):
        change = ChangeSet.objects.order_by("-id").first()
        assert (change.label, change.member_id) == ("Bob Lindqvist changed", alice.pk)
    assert f"/history/{change.pk}/undo/" in page
    client.post_w("records:undo", change.pk)
    assert fresh(bob).role == "rep"


def test_the_form_offers_no_role_above_the_own(acme, alice, bob, adam, client_of):
    form = client_of(adam).get_w("workspaces:member", bob.pk).context["form"]
    assert [role for role, _name in form.fields["role"].choices] == ["admin", "manager", "rep", "viewer"]
    answer = client_of(adam).post_w("workspaces:member", bob.pk, data={"name": "Bob", "role": "owner"})
    assert answer.status_code == 422
    assert "role" in answer.context["form"].errors
    assert client_of(adam).get_w("workspaces:member", alice.pk).status_code == 403


@pytest.mark.parametrize("name", ["member", "invitation", "withdrawal", "deactivation", "reactivation"])
def test_a_member_of_another_workspace_is_not_found(acme, alice, charlie, client_of, name):
    assert client_of(alice).post_w(f"workspaces:{name}", charlie.pk).status_code == 404


def test_a_deactivated_member_is_out_at_once_and_may_come_back(acme, alice, bob, client_of):
    bobs = client_of(bob)
    assert bobs.get_w("workspaces:members").status_code == 200
    client_of(alice).post_w("workspaces:deactivation", bob.pk)
    assert bobs.get_w("workspaces:members").status_code == 404
    client_of(alice).post_w("workspaces:reactivation", bob.pk)
    assert bobs.get_w("workspaces:members").status_code == 200


def test_a_refusal_is_a_page_that_says_why(acme, alice, client_of):
    answer = client_of(alice).post_w("workspaces:deactivation", alice.pk)
    assert answer.status_code == 409
    assert "deactivate yourself" in answer.content.decode()


# --- teams ------------------------------------------------------------------------------------------------------------
def test_a_team_is_made_renamed_and_deleted_and_its_members_stay(acme, alice, bob, mara, client_of):
    client = client_of(alice)
    client.post_w("workspaces:team_create", data={"name": "North", "manager": mara.pk})
    with workspace_scope(acme.pk):
        team = Team.objects.get(name="North", manager=mara)
        Membership.objects.filter(pk=bob.pk).update(team=team)
    client.post_w("workspaces:team", team.pk, data={"name": "South", "manager": ""})
    assert "South" in client.get_w("workspaces:teams").content.decode()
    client.post_w("workspaces:team_delete", team.pk)
    with workspace_scope(acme.pk):
        assert not Team.objects.exists()
    assert fresh(bob).team_id is None


def test_a_team_name_is_taken_once_in_a_workspace(acme, elsewhere, alice, client_of):
    TeamFactory(workspace=acme, name="North")
    TeamFactory(workspace=elsewhere, name="South")
    answer = client_of(alice).post_w("workspaces:team_create", data={"name": "North"})
    assert answer.status_code == 422
    assert "A team of this name exists." in answer.content.decode()
    assert client_of(alice).post_w("workspaces:team_create", data={"name": "South"}).status_code == 303


def test_team_in_the_rights_means_the_members_of_the_teams_one_manages(acme, mara, bob, in_acme):
    own = TeamFactory(name="North", manager=mara)
    Membership.objects.filter(pk=bob.pk).update(team=own)
    other = MembershipFactory(team=TeamFactory(name="South"))
    reach = mara.reachable_owner_ids("team")
    assert set(reach) == {mara.pk, bob.pk}
    assert other.pk not in reach


# --- letters ----------------------------------------------------------------------------------------------------------
def test_a_changed_email_voids_the_letters_to_the_old_one(acme, alice, in_acme):
    offer = Membership.invite("wrong@new.example", by=alice.actor, name="Nora")
    offer.membership.change(by=alice.actor, role="rep", email="nora@new.example")
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_a_second_member_of_one_email_is_refused(acme, alice, in_acme):
    Membership.invite("nora@new.example", by=alice.actor)
    with pytest.raises(Refusal, match="has this e-mail already"):
        Membership.invite("NORA@new.example", by=alice.actor)


def test_only_those_without_a_sign_in_are_invited(acme, alice, bob, in_acme):
    with pytest.raises(Refusal, match="can't be invited"):
        bob.send_invitation(by=alice.actor)
    agent = MembershipFactory(name="Agent")
    with pytest.raises(Refusal, match="no e-mail"):
        agent.send_invitation(by=alice.actor)
    agent.change(by=alice.actor, role="rep", email="agent@acme.example")
    agent.send_invitation(by=alice.actor)
    first = Invitation.objects.get()
    agent.send_invitation(by=alice.actor)
    assert Invitation.objects.get().pk != first.pk, "the new letter takes the place of the old one"
    agent.deactivate(by=alice.actor)
    assert not Invitation.objects.exists()
    assert timezone.now() > first.created_at


def test_no_two_members_have_one_email(acme, alice, bob, in_acme):
    agent = MembershipFactory(name="Agent", email="Agent@acme.example")
    taken = bob.email.upper()
    for wrong in (
        lambda: agent.change(by=alice.actor, role="rep", email=taken),
        lambda: Membership.add("Another", by=alice.actor, email=taken),
    ):
        with pytest.raises(Refusal, match="Bob Lindqvist has this e-mail already"):
            wrong()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=agent.pk).update(email=taken)
    agent.change(by=alice.actor, role="rep", email="agent@ACME.example")
    MembershipFactory.create_batch(2, email="")


def test_nobody_joins_under_the_email_of_another_member(acme, alice, in_acme):
    MembershipFactory(name="Nora Berg", email="nora@acme.example")
    agent = Membership.add("Agent", by=alice.actor, email="agent@acme.example")
    invitation = agent.send_invitation(by=alice.actor)
    user = UserFactory(email="Nora@acme.example")
    user.emailaddress_set.create(email="agent@acme.example", verified=True)
    with pytest.raises(Refusal, match="Nora Berg has this e-mail already"):
        invitation.accept(user)


def test_who_was_deactivated_is_given_no_records_and_keeps_those_it_has(acme, alice, bob, in_acme):
    theirs, another = OrganizationFactory(owner=bob), OrganizationFactory(owner=alice)
    bob.deactivate(by=alice.actor)
    by = alice.actor
    for give in (
        lambda: another.edit(by=by, owner=bob),
        lambda: another.rows().assign(bob, by=by),
        lambda: Organization.create(by=by, name="Hooli", owner=bob),
    ):
        with pytest.raises(Refusal, match="Bob Lindqvist was deactivated"):
            give()
    assert theirs.edit(by=by, owner=bob, sector="Haulage") == ["sector"]
