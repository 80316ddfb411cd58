import pytest
from django.http import QueryDict

from contacts.models import Position, Role
from core.tenancy import workspace_scope
from records.models import Refusal
from tests.battery_pages import page_text
from tests.factories import ContactFactory, OrganizationFactory
from tests.reading import filled_form, undo_path

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def northwind(acme):
    return OrganizationFactory(workspace=acme, name="Northwind Freight")


@pytest.fixture
def priya(acme, bob):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)


def positions(acme, **which) -> list[tuple[str, str, bool, list[str]]]:
    with workspace_scope(acme.pk):
        rows = Position.objects.filter(**which).with_roles().select_related("contact").order_by("pk")
        return [(p.contact.name, p.job_title, p.is_primary, p.role_names) for p in rows]


def test_a_new_workspace_knows_the_usual_roles(in_acme):
    names = list(Role.objects.values_list("name", flat=True))
    assert names == ["Decision maker", "Technical", "Billing", "Purchasing", "After-sales"]


def test_a_person_joins_from_the_page_of_the_organization(client_of, bob, acme, northwind, priya):
    with workspace_scope(acme.pk):
        billing, buying = Role.objects.get(name="Billing"), Role.objects.get(name="Purchasing")
    client = client_of(bob)
    path = f"{client.url('contacts:position_create')}?organization={northwind.pk}"
    data = filled_form(page_text(client.get(path)))
    assert data["organization_text"] == "Northwind Freight"
    data |= {"contact_text": "Priya Raman", "job_title": "Buyer", "is_primary": "on"}
    answer = client.post(path, data | {"roles": [buying.pk, billing.pk]})
    assert (answer.status_code, answer.url) == (303, client.url("organizations:detail", northwind.pk))
    assert positions(acme) == [("Priya Raman", "Buyer", True, ["Billing", "Purchasing"])]
    page = page_text(client.get(answer.url))
    assert "Priya Raman" in page
    client.post(undo_path(page))
    assert positions(acme) == []


def test_the_dialog_answers_with_the_panel_alone(client_of, bob, acme, northwind, priya):
    client = client_of(bob)
    path = f"{client.url('contacts:position_create')}?organization={northwind.pk}"
    dialog = page_text(client.get(path, headers={"HX-Request": "true"}))
    assert '<dialog class="dlg" data-autoshow' in dialog
    assert "<html" not in dialog
    refused = client.post(path, {"organization": northwind.pk}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert 'id="id_contact_error"' in page_text(refused)
    data = {"organization": northwind.pk, "contact": priya.pk, "job_title": "Buyer"}
    saved = client.post(path, data, headers={"HX-Request": "true"})
    text = page_text(saved)
    assert saved["HX-Reswap"] == "none"
    assert '<div id="dialog-slot" hx-swap-oob="innerHTML"></div>' in text
    assert '<section class="panel" id="panel-people" hx-swap-oob="true"' in text
    assert "Priya Raman" in text
    assert undo_path(text)


def test_nobody_holds_two_positions_at_one_organization(client_of, bob, acme, northwind, priya):
    client = client_of(bob)
    path = f"{client.url('contacts:position_create')}?contact={priya.pk}"
    data = filled_form(page_text(client.get(path))) | {"organization_text": "Northwind Freight"}
    assert client.post(path, data).status_code == 303
    refused = client.post(path, data)
    assert refused.status_code == 422
    assert "has a position there already" in page_text(refused)


def test_an_organization_has_one_primary_contact(acme, bob, northwind, priya):
    colm = ContactFactory(workspace=acme, first_name="Colm", last_name="Daly")
    with workspace_scope(acme.pk):
        Position.start(colm, northwind, by=bob.actor, is_primary=True)
        Position.start(priya, northwind, by=bob.actor, is_primary=True)
    assert positions(acme) == [("Colm Daly", "", False, []), ("Priya Raman", "", True, [])]


def test_a_position_is_changed_and_ended_and_the_end_is_undone(client_of, bob, acme, northwind, priya):
    with workspace_scope(acme.pk):
        role = Role.objects.get(name="Technical")
        position = Position.start(priya, northwind, by=bob.actor, roles=[role])
    client = client_of(bob)
    path = client.url("contacts:position", position.pk)
    data = filled_form(page_text(client.get(path)))
    assert data["roles"] == str(role.pk)
    del data["roles"]
    assert client.post(path, data | {"job_title": "Planner"}).status_code == 303
    assert positions(acme) == [("Priya Raman", "Planner", False, [])]
    answer = client.post_w("contacts:position_end", position.pk)
    page = page_text(client.get(answer.url))
    assert positions(acme) == []
    client.post(undo_path(page))
    assert positions(acme) == [("Priya Raman", "Planner", False, [])]


def test_the_page_of_an_organization_lists_its_people(client_of, bob, acme, northwind):
    people = ContactFactory.create_batch(12, workspace=acme)
    with workspace_scope(acme.pk):
        Position.objects.bulk_create(Position(contact=person, organization=northwind) for person in people)
    client = client_of(bob)
    page = page_text(client.get_w("organizations:detail", northwind.pk))
    assert sum(f">{person.name}</a>" in page for person in people) == 10
    assert "Show all 12" in page
    whole = page_text(client.get(client.url("organizations:panel", northwind.pk, "people") + "?all=1"))
    assert all(f">{person.name}</a>" in whole for person in people)


def test_others_can_not_touch_positions(client_of, bob, victor, charlie, acme, northwind, priya):
    with workspace_scope(acme.pk):
        position = Position.start(priya, northwind, by=bob.actor)
    for view in ("contacts:position", "contacts:position_end"):
        assert client_of(charlie, acme).post_w(view, position.pk).status_code == 404
        assert client_of(charlie).post_w(view, position.pk).status_code == 404
        assert client_of(victor).post_w(view, position.pk).status_code == 403
    assert client_of(victor).get_w("contacts:position_create").status_code == 403
    assert len(positions(acme)) == 1


def test_nobody_starts_twice_at_one_organization(in_acme, bob, northwind, priya):
    Position.start(priya, northwind, by=bob.actor)
    with pytest.raises(Refusal, match="has a position there already"):
        Position.start(priya, northwind, by=bob.actor)


def test_a_position_saved_as_it_was_is_not_told(client_of, bob, acme, northwind, priya):
    with workspace_scope(acme.pk):
        position = Position.start(priya, northwind, by=bob.actor, job_title="Buyer", roles=Role.objects.all()[:2])
    client = client_of(bob)

    def save(**changes: str) -> list[str]:
        data = QueryDict(mutable=True)
        with workspace_scope(acme.pk):
            data.setlist("roles", position.role_links.values_list("role_id", flat=True))
        data.update({"job_title": "Buyer"} | changes)
        path = client.url("contacts:position", position.pk)
        assert client.post(path, data.urlencode(), content_type=FORM).status_code == 303
        with workspace_scope(acme.pk):
            return list(priya.event_links.order_by("pk").values_list("event__kind", flat=True))

    assert save() == ["position_started"]
    assert save(job_title="Head of buying") == ["position_started", "position_changed"]
