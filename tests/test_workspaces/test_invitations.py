"""A letter, its link, and the colleague who joins. With real commits: what is tried here crosses the scope's border."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from core.tenancy import setting_scope, workspace_scope
from tests.factories import MembershipFactory, UserFactory
from workspaces.letters import send_invitation
from workspaces.models import Invitation, Membership, User
from workspaces.models.invitation import INVITATION_LIFE, hashed

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a long pass phrase 7"
NORA = {"email": "nora@new.example", "name": "Nora Berg", "role": "rep"}


@pytest.fixture
def invite(acme, alice, client_of):
    """`invite()` is the path of the link in the letter that alice has sent."""

    def send(**changes: str) -> str:
        answer = client_of(alice).post_w("workspaces:invite", data=NORA | changes)
        assert answer.status_code == 303
        return deliver(acme)

    return send


def deliver(workspace) -> str:
    """Do what the worker does; the path of the link in the letter."""
    job = ProcrastinateJob.objects.filter(task_name="workspaces.letters.send_invitation").latest("id")
    assert set(job.args) == {"workspace_id", "invitation_id"}
    send_invitation(**job.args)
    return re.search(r"http://localhost:8000(/invitation/\S+)", mail.outbox[-1].body)[1]


def members_of(workspace) -> dict[str, Membership]:
    with workspace_scope(workspace.pk):
        return {member.name: member for member in Membership.objects.select_related("user")}


def test_a_colleague_joins_with_a_new_account(acme, alice, invite):
    link = invite()
    nora = Client()
    page = nora.get(link).content.decode()
    assert "Join Acme" in page
    assert "Alice Ostrowska invites you" in page
    assert "nora@new.example" in page

    answer = nora.post(link, {"name": "Nora Bergová", "password1": PASSWORD})
    assert answer.headers["Location"] == "/w/acme/"
    assert nora.get("/w/acme/settings/members/").status_code == 200, "no further letter, no further sign-in"
    member = members_of(acme)["Nora Bergová"]
    assert (member.role, member.user.email) == ("rep", "nora@new.example")
    assert member.user.emailaddress_set.get().verified, "the secret link went to this mailbox"
    assert Client().post("/accounts/login/", {"login": "nora@new.example", "password": PASSWORD}).status_code == 302


def test_the_account_belongs_to_the_address_that_was_invited(acme, invite):
    link = invite()
    Client().post(link, {"name": "Nora", "password1": PASSWORD, "email": "somebody@else.example"})
    assert User.objects.filter(email="nora@new.example").exists()
    assert not User.objects.filter(email="somebody@else.example").exists()


def test_a_colleague_joins_with_the_account_that_there_is(acme, charlie, invite):
    link = invite(email=charlie.user.email, name="Charlie in Acme")
    visitor = Client()
    page = visitor.get(link).content.decode()
    assert "Sign in to join" in page
    assert "password1" not in page
    answer = visitor.post(link, {"name": "Thief", "password1": PASSWORD})
    assert answer.status_code == 200, "a known account is not made anew"
    assert "Charlie in Acme" in members_of(acme)
    assert members_of(acme)["Charlie in Acme"].user_id is None

    charlie.user.emailaddress_set.create(email=charlie.user.email, verified=True, primary=True)
    visitor.force_login(charlie.user)
    assert visitor.post(link).headers["Location"] == "/w/acme/"
    assert members_of(acme)["Charlie in Acme"].user == charlie.user
    with setting_scope(user_id=charlie.user_id):
        assert Membership.objects.filter(user=charlie.user).count() == 2
    # Both workspaces are a choice now, and each opens.
    assert visitor.get("/").headers["Location"] == "/workspaces/"
    assert visitor.get("/w/acme/settings/members/").status_code == 200
    assert visitor.get("/w/elsewhere/settings/members/").status_code == 200


def test_signed_in_under_another_address_one_is_told_and_does_not_join(acme, charlie, invite):
    link = invite()
    visitor = Client()
    visitor.force_login(charlie.user)
    page = visitor.get(link)
    assert page.status_code == 403
    assert page.headers["Cache-Control"] == "private, no-store"
    assert (
        "This invitation is for nora@new.example, and you are signed in as charlie@elsewhere" in page.content.decode()
    )
    assert visitor.post(link).status_code == 403
    address = charlie.user.emailaddress_set.create(email="Nora@new.example", verified=False)
    assert visitor.post(link).status_code == 403, "anybody can claim an address"
    assert members_of(acme)["Nora Berg"].user is None
    address.verified = True
    address.save()
    assert visitor.post(link).status_code == 303
    assert members_of(acme)["Nora Berg"].user == charlie.user


def test_what_a_member_has_sent_is_void_when_the_member_is_deactivated(acme, alice):
    admin = MembershipFactory(workspace=acme, role="admin", user=UserFactory())
    with workspace_scope(acme.pk):
        Membership.invite("back@door.example", by=admin.actor, role="admin")
    link = deliver(acme)
    with workspace_scope(acme.pk):
        admin.deactivate(by=alice.actor)
    assert Client().get(link).status_code == 410


def test_an_agent_from_a_file_gets_a_sign_in_and_keeps_name_role_and_records(acme, alice, client_of):
    agent = MembershipFactory(workspace=acme, name="Darcel Schlecht", role="rep", email="darcel@acme.example")
    client_of(alice).post_w("workspaces:invitation", agent.pk)
    link = deliver(acme)
    Client().post(link, {"name": "Darcel Schlecht", "password1": PASSWORD})
    joined = members_of(acme)["Darcel Schlecht"]
    assert joined.pk == agent.pk
    assert joined.user.email == "darcel@acme.example"


def test_a_link_works_once(acme, invite):
    link = invite()
    Client().post(link, {"name": "Nora", "password1": PASSWORD})
    late = Client().get(link)
    assert late.status_code == 410
    assert "This invitation can't be used" in late.content.decode()
    thief = Client()
    thief.force_login(UserFactory())
    assert thief.post(link).status_code == 410


def test_a_member_does_not_join_twice(acme, alice, client_of, invite):
    link = invite()
    alice.user.emailaddress_set.create(email="nora@new.example", verified=True)
    client = client_of(alice)
    answer = client.post(link)
    assert answer.status_code == 410
    assert "a member of this workspace already" in answer.content.decode()


def test_a_link_ends_after_fourteen_days(acme, invite):
    link = invite()
    with workspace_scope(acme.pk):
        Invitation.objects.update(created_at=timezone.now() - INVITATION_LIFE)
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"name": "Nora", "password1": PASSWORD}).status_code == 410
    assert not User.objects.filter(email="nora@new.example").exists()


def test_a_withdrawn_or_renewed_link_is_void(acme, alice, client_of, invite):
    old = invite()
    nora = members_of(acme)["Nora Berg"]
    client_of(alice).post_w("workspaces:invitation", nora.pk)
    new = deliver(acme)
    assert Client().get(old).status_code == 410
    assert Client().get(new).status_code == 200
    client_of(alice).post_w("workspaces:withdrawal", nora.pk)
    assert Client().get(new).status_code == 410


def test_a_letter_withdrawn_before_it_left_is_not_sent(acme, alice, client_of):
    client_of(alice).post_w("workspaces:invite", data=NORA)
    nora = members_of(acme)["Nora Berg"]
    client_of(alice).post_w("workspaces:withdrawal", nora.pk)
    job = ProcrastinateJob.objects.latest("id")
    send_invitation(**job.args)
    assert not mail.outbox


def test_the_letter_is_in_the_language_of_the_workspace_with_text_html_and_a_way_to_answer(acme, alice, invite):
    link = invite()
    [letter] = mail.outbox
    assert letter.subject == "Alice Ostrowska invites you to Acme"
    assert (letter.to, letter.reply_to) == (["nora@new.example"], ["alice@acme.example"])
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    assert link in html
    assert "style=" not in html


def test_a_name_cannot_write_into_the_head_of_a_letter_or_its_html(acme, alice, invite):
    with workspace_scope(acme.pk):
        Membership.objects.filter(pk=alice.pk).update(name="Alice\nBcc: all@acme.example <b>")
    invite()
    [letter] = mail.outbox
    assert letter.message()["Bcc"] is None
    assert "<b>" not in letter.alternatives[0][0]


def test_the_database_keeps_no_token(acme, invite):
    token = invite().rstrip("/").rpartition("/")[2]
    with workspace_scope(acme.pk):
        stored = Invitation.objects.get().token_hash
    assert stored == hashed(token)
    assert token not in stored
    assert Client().get(f"/invitation/{stored}/").status_code == 410, "the hash is no key"


def test_outside_its_workspace_an_invitation_is_known_by_its_token_alone(acme, elsewhere, invite):
    token = invite().rstrip("/").rpartition("/")[2]
    assert not Invitation.objects.exists()
    with workspace_scope(elsewhere.pk):
        assert not Invitation.objects.exists()
        assert Invitation.locate(token)[0] == acme.pk
    assert Invitation.locate("guess") is None


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_change_names_who_joined(acme, charlie, invite, signed_in):
    from records.models import ChangeSet

    link, visitor = invite(), Client()
    if signed_in:
        charlie.user.emailaddress_set.create(email="nora@new.example", verified=True)
        visitor.force_login(charlie.user)
    visitor.post(link, {"name": "Nora Berg", "password1": PASSWORD})
    with workspace_scope(acme.pk):
        change = ChangeSet.objects.latest("id")
        assert (change.label, change.actor, change.member.name) == ("Nora Berg joined", "Nora Berg", "Nora Berg")


def test_an_invitation_can_be_undone_and_its_letter_leads_nowhere(acme, alice, client_of, invite):
    from records.models import ChangeSet

    link = invite()
    with workspace_scope(acme.pk):
        change = ChangeSet.objects.latest("id")
    client_of(alice).post_w("records:undo", change.pk)
    assert "Nora Berg" not in members_of(acme)
    assert Client().get(link).status_code == 410


def test_guessing_links_is_slowed_down(acme):
    answers = [Client(REMOTE_ADDR="198.51.100.9").get(f"/invitation/guess-{n}/").status_code for n in range(31)]
    assert answers == [410] * 30 + [429]


def test_a_workspace_can_not_be_used_to_send_letters_in_bulk(acme, alice, client_of):
    client = client_of(alice)
    answers = [
        client.post_w("workspaces:invite", data=NORA | {"email": f"n{n}@new.example"}).status_code for n in range(61)
    ]
    assert answers == [303] * 60 + [429]
