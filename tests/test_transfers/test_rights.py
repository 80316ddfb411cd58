"""Who may bring files in and take them out, and whose files one sees."""

import pytest

from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Pipeline
from organizations.models import Organization
from tests.conftest import member
from tests.factories import ContactEmailFactory, ContactFactory, OrganizationFactory
from tests.importing import Importer, csv_bytes, run_jobs
from tests.sight import everywhere
from transfers.models import Export, Import
from workspaces.models import Membership, Workspace

FILE = csv_bytes([["Name"], ["Globex"]])
PAGES = ("mapping", "progress", "refused", "dialect", "discard", "resume", "again")
POSTED = {"dialect", "discard", "resume", "again"}


def knock(client, name: str, pk: int) -> int:
    return (client.post_w if name in POSTED else client.get_w)(f"transfers:{name}", pk).status_code


@pytest.mark.parametrize("role", ["bob", "victor"])
def test_reps_and_viewers_import_nothing(role, request, client_of):
    client = client_of(request.getfixturevalue(role))
    assert client.get_w("transfers:create").status_code == 403
    assert Importer(client).upload("organization", FILE).status_code == 403
    assert client.post_w("transfers:export", data={"record": "organization", "all": "1"}).status_code == 403


def test_a_file_names_no_record_that_its_reader_does_not_see(acme, alice, mara, client_of):
    with workspace_scope(acme.pk):
        OrganizationFactory(name="Hushed", owner=alice).guard(by=alice.actor, is_private=True, members=[])
    for who, parent in ((mara, None), (alice, "Hushed")):
        rows = csv_bytes([["Name", "Parent"], [f"Globex of {who.name}", "Hushed"]])
        Importer(client_of(who)).run("organization", rows)
        with workspace_scope(acme.pk):
            made = Organization.objects.get(name=f"Globex of {who.name}")
            assert (made.parent and made.parent.name) == parent


@pytest.mark.parametrize("ids", [[], [""], ["x"]])
def test_an_export_of_no_rows_is_none_of_all(mara, client_of, ids):
    answer = client_of(mara).post_w("transfers:export", data={"record": "organization", "ids": ids})
    assert answer.headers["Location"].endswith("/organizations/")
    with workspace_scope(mara.workspace_id):
        assert not Export.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_a_rep_does_not_see_what_others_bring_in(name, importer: Importer, bob, client_of):
    importer.upload("organization", FILE)
    assert knock(client_of(bob), name, importer.newest.pk) in (403, 404)
    assert "file.csv" not in client_of(bob).get_w("transfers:list").content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_another_workspace_finds_nothing(name, importer: Importer, charlie, client_of):
    importer.upload("organization", FILE)
    assert knock(client_of(charlie), name, importer.newest.pk) == 404


def test_managers_import_records_but_no_members_and_no_pipelines(mara, client_of):
    manager = Importer(client_of(mara))
    kinds = dict(manager.client.get_w("transfers:create").context["form"].fields["record"].choices)
    assert set(kinds) == {"organization", "contact", "deal", "activity"}
    assert manager.upload("member", FILE).status_code == 422
    manager.upload("deal", csv_bytes([["Name", "Stage"], ["A", "Somewhere"]]))
    assert manager.map(pipeline="new", pipeline_name="Mine", stages="Somewhere").status_code == 422
    with workspace_scope(mara.workspace_id):
        assert not Pipeline.objects.filter(name="Mine").exists()


def test_a_file_takes_no_record_from_outside_the_teams_of_a_manager(acme, alice, mara, client_of):
    with workspace_scope(acme.pk):
        OrganizationFactory(name="Globex", owner=alice)
        OrganizationFactory(name="Initech", owner=None)
        OrganizationFactory(name="Umbrella", owner=alice)
    manager = Importer(client_of(mara))
    rows = [["Globex", mara.name, "5"], ["Initech", mara.name, "6"], ["Umbrella", alice.name, "7"]]
    manager.upload("organization", csv_bytes([["Name", "Owner", "Employees"], *rows]))
    manager.map(match="name", existing="update")
    run_jobs()
    with workspace_scope(acme.pk):
        known = {row.name: (row.owner_id, row.employees) for row in Organization.objects.all()}
        assert known["Globex"] == (alice.pk, None)
        assert known["Initech"] == (mara.pk, 6)
        assert known["Umbrella"] == (alice.pk, 7)
        assert "records of your own" in manager.newest.refusals.get().reason


@pytest.mark.parametrize("existing", ["update", "skip"])
def test_a_file_tells_nothing_of_the_records_that_its_reader_does_not_see(acme, alice, mara, client_of, existing):
    """A row that is about a hidden record comes in as if there were none; two of the name are not told apart."""
    with workspace_scope(acme.pk):
        secret = OrganizationFactory(name="Globex", owner=alice, is_private=True)
        hidden = ContactFactory(last_name="Hushed", owner=alice, is_private=True)
        ContactEmailFactory(contact=hidden, address="hushed@globex.example")
        own = OrganizationFactory(name="Initech", owner=mara)
        OrganizationFactory(name="Initech", owner=alice, is_private=True)
    importer = Importer(client_of(mara))
    for record, rows, key in (
        ("organization", [["Name", "Employees"], ["Globex", "5"], ["Umbrella", "6"]], "name"),
        ("contact", [["Last name", "E-mail"], ["H", "hushed@globex.example"], ["N", "n@globex.example"]], "email"),
    ):
        importer.upload(record, csv_bytes(rows))
        importer.map(action="preview", match=key, existing=existing)
        assert [row.fate for row in importer.mapping_page().context["rows"]] == ["new", "new"]
        importer.map(match=key, existing=existing)
        run_jobs()
        done = importer.newest
        assert (done.created, done.updated, done.skipped, done.refused) == (2, 0, 0, 0)
    with workspace_scope(acme.pk):
        assert [secret.rows().get().employees, hidden.rows().get().last_name] == [None, "Hushed"]
    importer.upload("contact", csv_bytes([["Last name", "Organization"], ["Raman", "Initech"]]))
    importer.map(missing="refuse")
    run_jobs()
    with workspace_scope(acme.pk):
        assert Contact.objects.get(last_name="Raman").positions.get().organization == own


def test_an_external_id_is_taken_whoever_has_it(acme, alice, mara, client_of):
    """No two records have the same: a file is told that it is taken, and by no other words whose it is."""
    with workspace_scope(acme.pk):
        OrganizationFactory(name="Globex", owner=alice, is_private=True, external_id="G1")
    importer = Importer(client_of(mara))
    importer.upload("organization", csv_bytes([["Name", "External id"], ["A", "G1"], ["B", "G2"]]))
    importer.map(match="external_id", existing="update")
    run_jobs()
    assert importer.newest.created == 1
    with workspace_scope(acme.pk):
        assert importer.newest.refusals.get().reason == "External id: Another record has it."


def test_an_organization_that_is_made_for_somebody_else_is_found_again(acme, alice, mara, client_of):
    with workspace_scope(acme.pk):
        Workspace.objects.filter(pk=acme.pk).update(visibility=everywhere("own"))
    importer = Importer(client_of(mara))
    importer.upload("contact", csv_bytes([["Last name", "Organization"], ["Raman", "Globex"]]))
    importer.map(missing="create", owner=alice.pk)
    run_jobs()
    with workspace_scope(acme.pk):
        assert Contact.objects.get(last_name="Raman").positions.get().organization.name == "Globex"


def test_a_role_that_was_lost_meanwhile_stops_the_import(importer_of_admin):
    importer, admin = importer_of_admin
    importer.upload("organization", FILE)
    importer.map()
    with workspace_scope(admin.workspace_id):
        Membership.objects.filter(pk=admin.pk).update(role="viewer")
    run_jobs()
    stopped = importer.newest
    assert (stopped.state, stopped.error) == ("failed", "Your role does not allow this.")
    with workspace_scope(admin.workspace_id):
        assert not Organization.objects.exists()


@pytest.fixture
def importer_of_admin(acme, client_of) -> tuple[Importer, Membership]:
    admin = member(acme, "Adam Kvapil", "admin")
    return Importer(client_of(admin)), admin


def test_the_gate_keeps_managers_to_what_they_may_change(mara, client_of, monkeypatch, in_acme):
    from tests.factories import OrganizationFactory
    from workspaces import rights

    monkeypatch.setitem(rights.RIGHTS["manager"], "organization", {"create": "all", "change": "own", "view": "all"})
    OrganizationFactory(name="Globex", sector="old")
    OrganizationFactory(name="Initech", sector="old", owner=mara)
    manager = Importer(client_of(mara))
    content = csv_bytes([["Name", "Sector"], ["Globex", "new"], ["Initech", "new"]])
    done = manager.run("organization", content)
    assert (done.updated, done.refused) == (1, 1)
    assert manager.refusals() == {2: "You may do this only to records of your own."}
    assert Organization.objects.get(name="Globex").sector == "old"


def test_who_was_deactivated_keeps_its_records_and_gets_no_others(importer: Importer, alice, bob, in_acme):
    from tests.factories import OrganizationFactory

    bob.deactivate(by=alice.actor)
    OrganizationFactory(name="Globex", owner=bob)
    OrganizationFactory(name="Initech", owner=alice)
    rows = [[name, "new", bob.name] for name in ("Globex", "Initech", "Hooli")]
    done = importer.run("organization", csv_bytes([["Name", "Sector", "Owner"], *rows]))
    assert (done.created, done.updated, done.refused) == (0, 1, 2)
    assert set(importer.refusals().values()) == {"Owner: Bob Lindqvist was deactivated and can't become the owner."}


def test_who_is_deactivated_before_the_job_runs_does_not_become_the_owner_of_the_rest(
    importer: Importer, alice, bob, in_acme
):
    importer.upload("organization", csv_bytes([["Name", "Owner"], ["Globex", ""], ["Hooli", alice.name]]))
    importer.map(owner=str(bob.pk))
    bob.deactivate(by=alice.actor)
    run_jobs()
    assert (importer.newest.created, importer.newest.refused) == (1, 1)
    assert importer.refusals() == {2: "Owner: Bob Lindqvist was deactivated and can't become the owner."}


def test_exports_are_for_who_asked_and_for_admins(mara, alice, charlie, bob, acme, client_of, in_acme):
    asked = Export.ask("organization", by=mara, name="organizations.csv")
    run_jobs()
    other = member(acme, "Otto Prado", "manager")
    assert client_of(mara).get_w("transfers:export_file", asked.pk).status_code == 200
    assert client_of(alice).get_w("transfers:export_file", asked.pk).status_code == 200
    for stranger in (other, charlie):
        for name in ("export_file", "export_progress"):
            assert client_of(stranger).get_w(f"transfers:{name}", asked.pk).status_code == 404
    assert client_of(bob).get_w("transfers:export_file", asked.pk).status_code == 403


def test_files_lie_below_their_workspace_under_a_name_that_nobody_guesses(importer: Importer):
    importer.upload("organization", FILE)
    importing: Import = importer.newest
    folder, _slash, name = importing.file.name.rpartition("/")
    assert folder == f"{importing.workspace_id}/transfers"
    assert len(name) == len("0" * 32 + ".csv")
    assert importer.client.get(f"/media/{importing.file.name}").status_code == 404


def test_a_draft_runs_in_the_name_of_whoever_sent_the_file(importer_of_admin, mara, client_of):
    """A manager sees it, and may do it again in the own name; the admin's rights are not lent."""
    importer, _admin = importer_of_admin
    importer.upload("organization", FILE)
    draft, manager = importer.newest, client_of(mara)
    assert manager.get_w("transfers:mapping", draft.pk).status_code == 403
    assert manager.post_w("transfers:mapping", draft.pk, data={"action": "start"}).status_code == 403
    assert manager.post_w("transfers:discard", draft.pk).status_code == 403
    assert manager.post_w("transfers:resume", draft.pk).status_code == 403
    assert manager.post_w("transfers:again", draft.pk).status_code == 303
    with workspace_scope(mara.workspace_id):
        assert Import.objects.latest("pk").created_by_id == mara.pk
