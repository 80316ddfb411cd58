"""From nothing to a team: an account, a workspace, a first person, a colleague who sees the same."""

from django.core import mail
from playwright.sync_api import expect

from contacts.models import Contact
from core.tenancy import setting_scope, workspace_scope
from tests.factories import ContactFactory
from workspaces.models import Membership, User

from .steps import PASSWORD, letter_path, press, sign_in


def test_signing_up_leads_to_a_workspace_and_a_first_person(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Nora Lund")
    page.get_by_label("E-mail").fill("nora@lund.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Create account")
    expect(page.get_by_role("heading", name="Confirm your e-mail")).to_be_visible()

    page.goto(letter_path(mail.outbox[-1].body))
    press(page, "Confirm")
    page.get_by_label("Name").fill("Lund & Daughters")
    page.get_by_label("Currency").select_option("SEK")
    press(page, "Create workspace")
    expect(page).to_have_url("/w/lund-daughters/")

    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="New person").first.click()
    page.get_by_label("First name").fill("Priya")
    page.get_by_label("Last name").fill("Raman")
    press(page, "Save person")
    expect(page.get_by_role("heading", level=1, name="Priya Raman")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Priya Raman")

    nora = User.objects.get(email="nora@lund.example")
    with setting_scope(user_id=nora.pk):
        workspace = Membership.objects.select_related("workspace").get(user=nora).workspace
    assert (workspace.slug, workspace.currency) == ("lund-daughters", "SEK")
    with workspace_scope(workspace.pk):
        owner = Membership.objects.get()
        assert (owner.name, owner.role) == ("Nora Lund", "owner")
        assert list(Contact.objects.values_list("first_name", "last_name", "owner")) == [("Priya", "Raman", owner.pk)]


def test_a_colleague_who_is_invited_sees_the_same_list(open_page, javascript, acme, alice, inside, post):
    ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")
    ContactFactory(workspace=acme, first_name="Tom", last_name="Okafor")
    first = open_page(javascript=javascript)
    sign_in(first, alice.email)
    expect(first).to_have_url("/w/acme/")
    first.get_by_role("link", name="Settings").click()
    first.get_by_role("link", name="Members").click()
    first.get_by_role("link", name="Invite").click()
    first.get_by_label("E-mail").fill("colm@daly.example")
    first.get_by_label("Role").select_option("rep")
    press(first, "Send invitation")
    expect(first.get_by_role("row", name="colm@daly.example")).to_contain_text("Invited")

    second = open_page(javascript=javascript)
    second.goto(letter_path(post("colm@daly.example")))
    expect(second.get_by_text("Alice Ostrowska invites you to work in Acme.")).to_be_visible()
    second.get_by_label("Your name").fill("Colm Daly")
    second.get_by_label("Password", exact=True).fill(PASSWORD)
    press(second, "Create account and join")
    expect(second).to_have_url("/w/acme/")

    for page in (first, second):
        page.get_by_role("link", name="People").first.click()
        expect(page.locator("tbody th[scope=row]")).to_have_text(["Tom Okafor", "Priya Raman"])
    with inside():
        colm = Membership.objects.get(user__email="colm@daly.example")
        assert (colm.name, colm.role, colm.is_active) == ("Colm Daly", "rep", True)
        assert not colm.invitations.filter(accepted_at__isnull=True).exists()
