import datetime as dt

import pytest
from django.http import QueryDict

from contacts.models import Contact, PastPosition, Position, Role
from core.tenancy import workspace_scope
from records.models import ChangeSet, Refusal, change_set
from records.undo import undo
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
    listed = f"{client.url('contacts:list')}?organization={northwind.pk}"
    assert f'href="{listed}"' in page
    whole = page_text(client.get(listed))
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


# --- the past ---------------------------------------------------------------------------------------------------------
def past(contact) -> list[tuple[str, str, str, dt.date | None]]:
    rows = PastPosition.objects.filter(contact=contact).newest_first()
    return list(rows.values_list("organization__name", "job_title", "roles", "started_on"))


def test_who_leaves_was_there(in_acme, bob, northwind, priya):
    began = dt.date(2020, 3, 1)
    roles = Role.objects.all()[:2]
    position = Position.start(priya, northwind, by=bob.actor, job_title="Buyer", roles=roles, started_on=began)
    with pytest.raises(Refusal, match="before the day of arrival"):
        position.end(by=bob.actor, on=dt.date(2019, 1, 1))
    with change_set("", by=bob.actor, source="web"):
        position.end(by=bob.actor)
        ended = ChangeSet.current()
    assert past(priya) == [("Northwind Freight", "Buyer", "Decision maker, Technical", began)]
    assert not Position.objects.exists()
    undo(ended, by=bob.actor)
    assert past(priya) == []
    assert Position.objects.get().roles.count() == 2


def test_a_person_goes_to_another_organization_and_comes_back(in_acme, acme, bob, northwind, priya):
    zenco = OrganizationFactory(workspace=acme, name="Zenco")
    with change_set("", by=bob.actor, source="web"):
        old = Position.start(priya, northwind, by=bob.actor, job_title="Buyer", is_primary=True)
        there = old.move_to(zenco, by=bob.actor, job_title="Head of buying", is_primary=True)
    assert [(p.organization, p.is_primary) for p in Position.objects.all()] == [(zenco, True)]
    assert past(priya) == [("Northwind Freight", "Buyer", "", None)]
    there.move_to(northwind, by=bob.actor)
    assert [name for name, *_rest in past(priya)] == ["Zenco", "Northwind Freight"]
    assert priya.positions.get().organization == northwind


def test_a_move_to_where_somebody_is_already_changes_nothing(in_acme, acme, bob, northwind, priya):
    zenco = OrganizationFactory(workspace=acme, name="Zenco")
    Position.start(priya, zenco, by=bob.actor)
    position = Position.start(priya, northwind, by=bob.actor)
    for target in (zenco, northwind):
        with pytest.raises(Refusal, match="has a position there already"):
            position.move_to(target, by=bob.actor)
    assert Position.objects.count() == 2
    assert past(priya) == []


def test_the_primary_contact_hands_on_to_who_decides(in_acme, acme, bob, northwind, priya):
    colm, dana = (ContactFactory(workspace=acme, first_name=name) for name in ("Colm", "Dana"))
    decides = Role.objects.get(decides=True)
    decides.name = "Boss"
    decides.save()
    first = Position.start(priya, northwind, by=bob.actor, is_primary=True)
    Position.start(colm, northwind, by=bob.actor)
    Position.start(dana, northwind, by=bob.actor, roles=[decides])
    first.end(by=bob.actor)
    assert Position.objects.get(is_primary=True).contact == dana
    Position.objects.get(contact=dana).end(by=bob.actor)
    assert Position.objects.get(is_primary=True).contact == colm


def test_a_merge_carries_the_past_along(in_acme, acme, bob, alice, northwind, priya):
    double = ContactFactory(workspace=acme, first_name="Pria", last_name="Raman", owner=bob)
    Position.start(double, northwind, by=bob.actor).end(by=bob.actor)
    Position.start(priya, northwind, by=bob.actor, job_title="Buyer")
    with change_set("", by=alice.actor, source="web"):
        priya.merge([double], by=alice.actor)
    assert priya.positions.get().job_title == "Buyer"
    assert len(past(priya)) == 1


def test_a_move_in_the_dialog_and_without_javascript(client_of, bob, acme, northwind, priya):
    OrganizationFactory(workspace=acme, name="Zenco")
    with workspace_scope(acme.pk):
        position = Position.start(priya, northwind, by=bob.actor, job_title="Buyer")
    client = client_of(bob)
    path = f"{client.url('contacts:position_move', position.pk)}?organization={northwind.pk}"
    data = filled_form(page_text(client.get(path)))
    assert data["job_title"] == "Buyer"
    refused = client.post(path, data | {"organization_text": "Nowhere", "job_title": "Chief"})
    assert refused.status_code == 422
    assert 'value="Chief"' in page_text(refused)
    answer = client.post(path, data | {"organization_text": "Zenco", "job_title": "Chief"})
    assert (answer.status_code, answer.url) == (303, client.url("organizations:detail", northwind.pk))
    page = page_text(client.get(answer.url))
    assert "Priya Raman is at Zenco now." in page
    former = page_text(client.get(client.url("organizations:panel", northwind.pk, "people") + "?past=1"))
    assert "Priya Raman" in former
    assert positions(acme) == [("Priya Raman", "Chief", False, [])]
    own = page_text(client.get_w("contacts:detail", priya.pk))
    assert "Past positions" in own
    assert "Northwind Freight" in own
    client.post(undo_path(page))
    assert positions(acme) == [("Priya Raman", "Buyer", False, [])]
    with workspace_scope(acme.pk):
        Position.objects.get().end(by=bob.actor)
        ended = PastPosition.objects.get()
    gone = client.post_w("contacts:past_position_removal", ended.pk)
    assert "Past position removed." in page_text(client.get(gone.url))
    with workspace_scope(acme.pk):
        assert not PastPosition.objects.exists()


def test_a_move_on_the_open_page_of_a_person_swaps_where_it_is(client_of, bob, acme, northwind, priya):
    OrganizationFactory(workspace=acme, name="Zenco")
    with workspace_scope(acme.pk):
        position = Position.start(priya, northwind, by=bob.actor)
    client = client_of(bob)
    path = f"{client.url('contacts:position_move', position.pk)}?contact={priya.pk}"
    data = filled_form(page_text(client.get(path)))
    answer = page_text(client.post(path, data | {"organization_text": "Zenco"}, headers={"HX-Request": "true"}))
    crumbs = answer.partition('id="crumbs" hx-swap-oob="true"')[2].partition("</nav>")[0]
    assert "Zenco" in crumbs
    assert "Northwind" not in crumbs


def test_roles_are_changed_where_they_stand(client_of, bob, acme, northwind, priya):
    with workspace_scope(acme.pk):
        began = dt.date(2020, 3, 1)
        position = Position.start(priya, northwind, by=bob.actor, job_title="Buyer", started_on=began)
        role = Role.objects.get(name="Billing")
    client = client_of(bob)
    path = f"{client.url('contacts:position_roles', position.pk)}?organization={northwind.pk}"
    assert "<html" not in page_text(client.get(path, headers={"HX-Request": "true"}))
    assert filled_form(page_text(client.get(path)))
    saved = client.post(path, {"roles": [role.pk]}, headers={"HX-Request": "true"})
    assert 'id="panel-people"' in page_text(saved)
    assert positions(acme) == [("Priya Raman", "Buyer", False, ["Billing"])]
    with workspace_scope(acme.pk):
        assert Position.objects.get().started_on == began
    assert client.post(path, {"roles": ["0"]}).status_code == 422


# --- a new person -----------------------------------------------------------------------------------------------------
NEW = {"first_name": "Priya", "last_name": "Raman", "email": "priya@northwind.example", "phone": "(212) 555-0143"}


def test_a_person_is_added_on_the_page_of_the_organization(client_of, bob, acme, northwind):
    with workspace_scope(acme.pk):
        role = Role.objects.get(name="Billing")
    client = client_of(bob)
    path = client.url("contacts:colleague_create", northwind.pk)
    assert f'href="{path}"' in page_text(client.get_w("organizations:detail", northwind.pk))
    answer = client.post(path, NEW | {"job_title": "Buyer", "roles": [role.pk], "is_primary": "on"})
    assert (answer.status_code, answer.url) == (303, client.url("organizations:detail", northwind.pk))
    page = page_text(client.get(answer.url))
    assert "Priya Raman joined Northwind Freight." in page
    assert positions(acme) == [("Priya Raman", "Buyer", True, ["Billing"])]
    with workspace_scope(acme.pk):
        made = Contact.objects.get()
        assert (made.email, made.phone, made.owner) == ("priya@northwind.example", "+12125550143", bob)
    client.post(undo_path(page))
    assert positions(acme) == []
    with workspace_scope(acme.pk):
        assert not Contact.objects.present().exists()


def test_who_is_in_the_list_already_is_offered_and_taken(client_of, bob, acme, northwind):
    with workspace_scope(acme.pk):
        there = Contact.create(
            by=bob.actor,
            last_name="Ramanova",
            emails=[{"kind": "work", "address": "PRIYA@northwind.example", "is_primary": True}],
        )
    client = client_of(bob)
    path = client.url("contacts:colleague_create", northwind.pk)
    asked = client.post(path, NEW, headers={"HX-Request": "true"})
    assert asked.status_code == 422
    text = page_text(asked)
    assert f'name="take" value="{there.pk}"' in text
    assert "Same e-mail" in text
    assert 'value="Priya"' in text
    taken = client.post(path, NEW | {"take": str(there.pk)}, headers={"HX-Request": "true"})
    assert 'id="panel-people"' in page_text(taken)
    assert positions(acme) == [("Ramanova", "", False, [])]
    assert client.post(path, NEW | {"take": str(there.pk)}).status_code == 422
    assert client.post(path, NEW | {"take": "0"}).status_code == 422
    assert client.post(path, NEW | {"anyway": "1"}).status_code == 303
    assert len(positions(acme)) == 2


def test_a_person_that_can_not_be_saved_keeps_what_was_typed(client_of, bob, northwind):
    client = client_of(bob)
    path = client.url("contacts:colleague_create", northwind.pk)
    refused = client.post(path, NEW | {"last_name": "", "phone": "12"})
    assert refused.status_code == 422
    text = page_text(refused)
    assert 'id="id_last_name_error"' in text
    assert 'id="id_phone_error"' in text
    assert 'value="priya@northwind.example"' in text


@pytest.mark.parametrize("name", ["position_move", "position_roles", "past_position_removal", "colleague_create"])
def test_the_doors_of_positions(client_of, victor, charlie, acme, bob, northwind, priya, name):
    with workspace_scope(acme.pk):
        Position.start(priya, northwind, by=bob.actor).end(by=bob.actor)
        held = Position.start(priya, northwind, by=bob.actor)
        pks = {"past_position_removal": PastPosition.objects.get().pk, "colleague_create": northwind.pk}
    pk = pks.get(name, held.pk)
    assert client_of(charlie).post_w(f"contacts:{name}", pk).status_code == 404
    assert client_of(victor).post_w(f"contacts:{name}", pk).status_code == 403
