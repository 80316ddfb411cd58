"""The two admin sites: what they show, whom they let in, and that the verbs stand behind their buttons."""

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client

from contacts.models import Role
from core.tenancy import workspace_scope
from deals.models import CloseReason
from records.models import ChangeSet, CustomField, Tag
from tests.conftest import member
from tests.factories import (
    MembershipFactory,
    RoleFactory,
    SourceFactory,
    StageFactory,
    TagFactory,
    TeamFactory,
    UserFactory,
)
from ties.models import TieType
from workspaces.admin import FromRights, workspace_site
from workspaces.models import Membership, Rate, SetUp, Team, User
from workspaces.refusals import NotAllowed, Refusal
from workspaces.rights import RIGHTS, SETUP

#: what is set up on pages of its own
OWN_SETTINGS = {"custom_field", "pipeline", "stage", "close_reason", "rate"}


def at(name: str) -> str:
    return f"workspace_admin:{name}"


@pytest.fixture
def adam(acme) -> Membership:
    return member(acme, "Adam Nowak", "admin")


# --- the site of a workspace ------------------------------------------------------------------------------------------
def test_every_page_of_the_site_takes_its_rights_from_the_mapping():
    pages = [*workspace_site._registry.values()]
    assert {page.model.record_name for page in pages} == {*SETUP} - OWN_SETTINGS
    for page in pages:
        assert isinstance(page, FromRights), page
        for method in ("has_view_permission", "has_add_permission"):
            assert getattr(type(page), method) is getattr(FromRights, method), page


@pytest.mark.parametrize("record", SETUP)
def test_nothing_of_the_set_up_is_changed_below_admin(record):
    for role in ("manager", "rep", "viewer"):
        assert set(RIGHTS[role][record]) <= {"view"}


@pytest.mark.parametrize("model", ["contacts_role", "records_source", "records_tag", "ties_tietype"])
def test_lists_and_forms_open_and_show_nothing_foreign(acme, alice, charlie, client_of, model):
    client = client_of(alice)
    name = apps.get_model(model.replace("_", "."))
    with workspace_scope(charlie.workspace_id):
        foreign = name.objects.create(name="Charlie's own")
    assert "Charlie" not in client.get_w(at(f"{model}_changelist")).content.decode()
    assert client.get_w(at(f"{model}_add")).status_code == 200
    # Django's admin sends a reader back who asks for what isn't there.
    assert client.get_w(at(f"{model}_change"), foreign.pk).status_code == 302
    assert client.post_w(at(f"{model}_delete"), foreign.pk, data={"post": "yes"}).status_code == 302
    with workspace_scope(charlie.workspace_id):
        assert name.objects.filter(pk=foreign.pk).exists()


def test_a_role_is_made_and_the_change_set_tells_who_did_it(acme, alice, client_of):
    answer = client_of(alice).post_w(at("contacts_role_add"), data={"name": "Gatekeeper", "position": 7})
    assert answer.status_code == 302, answer.context["errors"]
    with workspace_scope(acme.pk):
        assert Role.objects.get(name="Gatekeeper").position == 7
        change = ChangeSet.objects.latest("id")
        assert (change.label, change.source, change.member_id) == ("Gatekeeper saved", "admin", alice.pk)
    assert not LogEntry.objects.exists(), "the change set is the log"


def test_history_keeps_the_visitors_address_and_not_the_proxys(acme, alice, client_of, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = client_of(alice, headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.7"})
    client.post_w(at("records_tag_add"), data={"name": "vip", "hue": 3})
    with workspace_scope(acme.pk):
        assert ChangeSet.objects.latest("id").address == "203.0.113.7"


def test_a_taken_name_is_an_error_beside_the_form_and_free_elsewhere(acme, elsewhere, alice, client_of):
    TagFactory(workspace=acme, name="vip")
    TagFactory(workspace=elsewhere, name="gold")
    client = client_of(alice)
    answer = client.post_w(at("records_tag_add"), data={"name": "VIP", "hue": 3})
    assert "A tag of this name exists." in answer.content.decode()
    assert client.post_w(at("records_tag_add"), data={"name": "gold", "hue": 3}).status_code == 302


def test_rows_are_deleted_one_by_one_and_together(acme, alice, client_of):
    one, *rest = [TagFactory(workspace=acme) for _n in range(3)]
    client = client_of(alice)
    assert "delete" in client.get_w(at("records_tag_delete"), one.pk).content.decode()
    client.post_w(at("records_tag_delete"), one.pk, data={"post": "yes"})
    client.post_w(
        at("records_tag_changelist"),
        data={"action": "delete_selected", "_selected_action": [tag.pk for tag in rest], "post": "yes"},
    )
    with workspace_scope(acme.pk):
        assert not Tag.objects.exists()
    assert not LogEntry.objects.exists()


def in_use(acme) -> dict[str, object]:
    """Something of each kind that is set up, as it stands."""
    with workspace_scope(acme.pk):
        stage = StageFactory()
        return {
            "pipeline": stage.pipeline,
            "stage": stage,
            "close_reason": CloseReason.objects.first(),
            "role": RoleFactory(),
            "source": SourceFactory(),
            "tag": TagFactory(),
            "custom_field": CustomField.objects.create(record="contact", kind="text", name="Region"),
            "team": TeamFactory(),
            "tie_type": TieType.objects.get(name="partner of"),
            "rate": Rate.objects.create(currency="EUR", base="USD", day=dt.date(2026, 1, 1), value=Decimal("1.1")),
        }


@pytest.mark.parametrize("record", sorted({*SETUP} - {"member"}))
def test_what_is_set_up_is_kept_and_removed_by_verbs_that_ask_for_the_right(acme, alice, bob, client_of, record):
    row = in_use(acme)[record]
    with workspace_scope(acme.pk), pytest.raises(NotAllowed):
        row.keep(by=bob.actor)
    with workspace_scope(acme.pk), pytest.raises(NotAllowed):
        row.remove(by=bob.actor)
    with workspace_scope(acme.pk):
        row.keep(by=alice.actor)
        row.remove(by=alice.actor)
        assert not type(row).objects.filter(pk=row.pk).exists()


def test_every_page_of_the_site_but_that_of_members_is_of_what_the_verbs_write():
    pages = [*workspace_site._registry.values()]
    models = {page.model for page in pages}
    assert {model.record_name for model in models - {Membership}} == {*SETUP} - {"member"} - OWN_SETTINGS
    assert {model for model in models if not issubclass(model, SetUp)} == {Membership}


def test_a_name_that_a_colleague_takes_meanwhile_is_refused_in_words(in_acme, alice):
    TagFactory(name="vip")
    with pytest.raises(Refusal, match="A tag of this name exists"):
        Tag(name="vip").keep(by=alice.actor)


def test_pickers_offer_the_people_of_this_workspace_alone(acme, alice, bob, charlie, client_of):
    with workspace_scope(acme.pk):
        Membership.objects.create(user=charlie.user, name="Charlie at Acme", role="admin")
    page = client_of(charlie, acme).get_w(at("workspaces_team_add")).content.decode()
    for name in ("Alice Ostrowska", "Bob Lindqvist", "Charlie at Acme"):
        assert f"{name}</option>" in page
    assert "Charlie Novák" not in page
    assert "user" not in client_of(alice).get_w(at("workspaces_membership_add")).context["adminform"].form.fields


def test_a_foreign_manager_is_no_choice(acme, alice, charlie, client_of):
    answer = client_of(alice).post_w(at("workspaces_team_add"), data={"name": "North", "manager": charlie.pk})
    assert "manager" in answer.context["adminform"].form.errors
    with workspace_scope(acme.pk):
        assert not Team.objects.exists()


# --- members ----------------------------------------------------------------------------------------------------------
def fields_of(membership: Membership, **changes: object) -> dict[str, object]:
    own = {"name": membership.name, "email": membership.email, "role": membership.role, "is_active": "on"}
    return {"team": "", "region": ""} | own | changes


def test_a_member_is_added_changed_and_deactivated_through_the_verbs(acme, alice, client_of):
    client = client_of(alice)
    team = TeamFactory(workspace=acme)
    new = {"name": "Nora Berg", "email": "", "role": "rep", "team": team.pk, "region": "North", "is_active": "on"}
    assert client.post_w(at("workspaces_membership_add"), data=new).status_code == 302
    with workspace_scope(acme.pk):
        nora = Membership.objects.get(name="Nora Berg", team=team)
        assert ChangeSet.objects.latest("id").label == "Nora Berg added"
    change = fields_of(nora, role="manager")
    del change["is_active"]
    assert client.post_w(at("workspaces_membership_change"), nora.pk, data=change).status_code == 302
    with workspace_scope(acme.pk):
        nora.refresh_from_db()
    assert (nora.role, nora.is_active) == ("manager", False)


def test_who_is_added_is_active_and_not_asked_about(acme, alice, client_of):
    client = client_of(alice)
    assert "is_active" not in client.get_w(at("workspaces_membership_add")).context["adminform"].form.fields
    client.post_w(at("workspaces_membership_add"), data={"name": "Nora Berg", "role": "rep"})
    with workspace_scope(acme.pk):
        assert Membership.objects.get(name="Nora Berg").is_active


def test_nobody_changes_what_is_above_the_own_role(acme, alice, adam, client_of):
    client = client_of(adam)
    page = client.get_w(at("workspaces_membership_change"), alice.pk)
    assert not page.context["has_change_permission"]
    assert client.post_w(at("workspaces_membership_change"), alice.pk, data=fields_of(alice)).status_code == 403
    form = client.get_w(at("workspaces_membership_change"), adam.pk).context["adminform"].form
    assert "owner" not in dict(form.fields["role"].choices)
    raised = fields_of(adam, role="owner")
    answer = client.post_w(at("workspaces_membership_change"), adam.pk, data=raised)
    assert "role" in answer.context["adminform"].form.errors
    with workspace_scope(acme.pk):
        assert Membership.objects.get(pk=adam.pk).role == "admin"


def test_the_last_owner_stays_one_here_too(acme, alice, client_of):
    answer = client_of(alice).post_w(at("workspaces_membership_change"), alice.pk, data=fields_of(alice, role="admin"))
    assert answer.status_code == 409
    with workspace_scope(acme.pk):
        assert Membership.objects.get(pk=alice.pk).role == "owner"


def test_members_are_not_deleted(acme, alice, client_of):
    other = MembershipFactory(workspace=acme)
    client = client_of(alice)
    assert client.post_w(at("workspaces_membership_delete"), other.pk, data={"post": "yes"}).status_code == 403
    client.post_w(
        at("workspaces_membership_changelist"),
        data={"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"},
    )
    with workspace_scope(acme.pk):
        assert Membership.objects.filter(pk=other.pk).exists()


def test_being_superuser_of_the_platform_gives_nothing_here(acme, bob, client_of):
    User.objects.filter(pk=bob.user_id).update(is_superuser=True, is_staff=True)
    assert client_of(bob).get_w(at("index")).status_code == 403
    assert client_of(bob).get_w("workspaces:invite").status_code == 403


def test_there_is_no_log_page_where_nothing_is_logged(acme, alice, client_of):
    tag = TagFactory(workspace=acme)
    assert client_of(alice).get_w(at("records_tag_history"), tag.pk).status_code == 404
    assert "history/" not in client_of(alice).get_w(at("records_tag_change"), tag.pk).content.decode()
    assert "Recent actions" not in client_of(alice).get_w(at("index")).content.decode()


# --- the site of the platform -----------------------------------------------------------------------------------------
@pytest.fixture
def staff(db) -> Client:
    client = Client()
    client.force_login(UserFactory(email="root@platform.example", is_staff=True, is_superuser=True))
    return client


def test_the_platform_shows_users_and_the_list_of_workspaces(staff, acme, elsewhere):
    page = staff.get("/admin/workspaces/workspace/").content.decode()
    assert "Acme" in page
    assert "Elsewhere" in page
    assert "alice@acme.example" in staff.get("/admin/workspaces/user/").content.decode()


def test_it_changes_no_workspace(staff, acme):
    assert staff.get("/admin/workspaces/workspace/add/").status_code == 403
    assert staff.post(f"/admin/workspaces/workspace/{acme.pk}/change/", {"name": "Mine"}).status_code == 403
    assert staff.post(f"/admin/workspaces/workspace/{acme.pk}/delete/", {"post": "yes"}).status_code == 403


def test_it_knows_no_table_of_a_workspace():
    tenants = {model for model in admin.site._registry if any(f.name == "workspace" for f in model._meta.fields)}
    assert not tenants


def test_outside_its_pages_the_list_is_closed_again(staff, acme):
    from workspaces.models import Workspace

    staff.get("/admin/workspaces/workspace/")
    assert not Workspace.objects.exists()


def person(user: User, **changes: object) -> dict[str, object]:
    return {"name": user.name, "language": "", "time_zone": "", "is_active": "on"} | changes


def test_nobody_is_deleted_so_that_no_workspace_loses_its_owner(staff, acme, alice):
    assert staff.post(f"/admin/workspaces/user/{alice.user_id}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [alice.user_id], "post": "yes"}
    staff.post("/admin/workspaces/user/", chosen)
    with workspace_scope(acme.pk):
        assert Membership.objects.get(pk=alice.pk).user_id == alice.user_id


def test_locking_out_the_last_owner_says_which_workspace_is_left_without_one(staff, acme, alice, bob):
    def lock_out(member: Membership) -> str:
        path = f"/admin/workspaces/user/{member.user_id}/change/"
        answer = staff.post(path, person(member.user, is_active=""), follow=True)
        member.user.refresh_from_db()
        assert not member.user.is_active
        return answer.content.decode()

    assert "no other owner" not in lock_out(bob)
    assert "no other owner who can sign in: Acme." in lock_out(alice)


def test_an_owner_beside_another_is_locked_out_without_a_word(staff, acme, alice):
    member(acme, "Olga Nowak", "owner")
    answer = staff.post(
        f"/admin/workspaces/user/{alice.user_id}/change/", person(alice.user, is_active=""), follow=True
    )
    assert "no other owner" not in answer.content.decode()


def test_a_person_is_given_no_language_or_time_zone_that_would_break_every_page(staff, bob):
    path = f"/admin/workspaces/user/{bob.user_id}/change/"
    answer = staff.post(path, person(bob.user, language="tlh", time_zone="Mars/Base"))
    assert set(answer.context["adminform"].form.errors) == {"language", "time_zone"}
    assert staff.post(path, person(bob.user, language="cs", time_zone="Europe/Prague")).status_code == 302
    bob.user.refresh_from_db()
    assert (bob.user.language, bob.user.time_zone) == ("cs", "Europe/Prague")


def test_sign_in_to_the_platform_is_the_products_own(db):
    answer = Client().get("/admin/")
    assert answer.headers["Location"] == "/accounts/login/?next=/admin/"
    assert Client().get("/admin/login/").headers["Location"].startswith("/accounts/login/"), "no second way in"
