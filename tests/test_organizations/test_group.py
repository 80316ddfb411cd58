"""A group of organizations: its tree, its deals together, its timeline; and who decides."""

import json

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from activities.models import Activity
from activities.timeline import Timeline
from contacts.models import Position, Role
from core.tenancy import workspace_scope
from deals.listing import UNDECIDED
from deals.models import Deal, Stage
from organizations.listing import OrganizationListing
from organizations.models import Organization
from organizations.panels import FIRST_BRANCHES
from organizations.tree import below, tree_of
from tests.battery_pages import page_text, statements
from tests.factories import ContactFactory, DealFactory, OrganizationFactory
from workspaces.rights import RIGHTS

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def group(acme):
    """Holding > (Freight > Leeds, Zenco)."""
    holding = OrganizationFactory(workspace=acme, name="Holding")
    freight = OrganizationFactory(workspace=acme, name="Freight", parent=holding)
    OrganizationFactory(workspace=acme, name="Zenco", parent=holding)
    OrganizationFactory(workspace=acme, name="Leeds", parent=freight)
    return {"Holding": holding, "Freight": freight}


def named(name: str) -> Organization:
    return Organization.objects.get(name=name)


def shown(organization: Organization, member) -> list[tuple[str, int]]:
    return [(branch.organization.name, branch.depth) for branch in tree_of(organization, member)]


# --- the tree ---------------------------------------------------------------------------------------------------------
def test_the_tree_is_the_same_from_wherever_one_looks(in_acme, bob, group):
    whole = [("Holding", 0), ("Freight", 1), ("Leeds", 2), ("Zenco", 1)]
    for name in ("Holding", "Freight", "Leeds", "Zenco"):
        assert shown(named(name), bob) == whole


def test_what_lies_in_the_trash_is_left_out_with_what_is_behind_it(in_acme, alice, bob, group):
    group["Freight"].rows().trash(by=alice.actor)
    assert shown(group["Holding"], bob) == [("Holding", 0), ("Zenco", 1)]
    assert shown(named("Leeds"), bob) == [("Leeds", 0)]


def test_a_loop_that_two_edits_made_at_once_ends(in_acme, bob, group):
    Organization.objects.filter(name="Holding").update(parent=named("Leeds"))
    assert {name for name, _depth in shown(group["Freight"], bob)} == {"Holding", "Freight", "Leeds", "Zenco"}
    assert Organization.objects.filter(pk__in=below(group["Freight"])).count() == 4


def test_the_page_marks_where_one_is(client_of, bob, group):
    page = page_text(client_of(bob).get_w("organizations:detail", group["Freight"].pk))
    assert '<b aria-current="page">Freight</b>' in page
    for name in ("Holding", "Leeds", "Zenco"):
        assert f">{name}</a>" in page


def test_of_a_large_tree_the_page_shows_what_is_near(client_of, bob, acme, group):
    others = OrganizationFactory.create_batch(FIRST_BRANCHES, workspace=acme, parent=group["Holding"])
    client = client_of(bob)
    page = page_text(client.get_w("organizations:detail", group["Freight"].pk))
    assert ">Holding</a>" in page
    assert ">Leeds</a>" in page
    assert not any(f">{other.name}</a>" in page for other in others)
    assert f"Show all {FIRST_BRANCHES + 4}" in page
    whole = page_text(client.get(client.url("organizations:panel", group["Freight"].pk, "children") + "?all=1"))
    assert all(f">{other.name}</a>" in whole for other in others)


# --- deals ------------------------------------------------------------------------------------------------------------
def sums(client, organization: Organization) -> str:
    return page_text(client.get(client.url("organizations:panel", organization.pk, "group-deals"), headers=HTMX))


def test_the_deals_of_a_group_are_summed_by_currency(client_of, bob, acme, group):
    with workspace_scope(acme.pk):
        stage = Stage.objects.in_order()[0]
        for name, value, currency in (
            ("Holding", 100_00, "EUR"), ("Freight", 200_00, "EUR"), ("Leeds", 50_00, "USD"), ("Zenco", None, "EUR"),
        ):  # fmt: skip
            Deal.create(by=bob.actor, name=name, stage=stage, value=value, currency=currency, organization=named(name))
        won = Deal.create(
            by=bob.actor, name="Won", stage=stage, value=700_00, currency="EUR", organization=named("Leeds")
        )
        won.win(by=bob.actor)
        gone = Deal.create(
            by=bob.actor, name="Gone", stage=stage, value=900_00, currency="EUR", organization=named("Leeds")
        )
        gone.trash(by=bob.actor)
    client = client_of(bob)
    page = page_text(client.get_w("organizations:detail", group["Holding"].pk))
    assert client.url("organizations:panel", group["Holding"].pk, "group-deals") in page
    assert "€700" not in page  # it is loaded when the page stands
    whole = sums(client, group["Holding"])
    assert "€300" in whole
    assert "3 deals" in whole
    assert "€700" in whole
    assert "$50" in whole
    assert "€900" not in whole
    part = sums(client, group["Freight"])
    assert "€200" in part
    assert "€300" not in part


def test_an_organization_alone_has_no_deals_of_a_group(client_of, bob, acme, group):
    client = client_of(bob)
    with workspace_scope(acme.pk):
        zenco = named("Zenco")
    assert "group-deals" not in page_text(client.get_w("organizations:detail", zenco.pk))
    assert client.get_w("organizations:panel", zenco.pk, "group-deals").status_code == 404


def test_what_one_may_not_see_is_left_out_of_tree_and_sums(client_of, bob, alice, acme, group, monkeypatch):
    for kind in ("organization", "deal"):
        monkeypatch.setitem(RIGHTS["rep"], kind, RIGHTS["rep"][kind] | {"view": "own"})
    with workspace_scope(acme.pk):
        stage = Stage.objects.in_order()[0]
        Organization.objects.update(owner=bob)
        Organization.objects.filter(name="Leeds").update(owner=alice)
        for owner, at, value in ((bob, "Holding", 100_00), (alice, "Freight", 200_00), (alice, "Leeds", 400_00)):
            Deal.create(by=owner.actor, name=at, stage=stage, value=value, currency="EUR", organization=named(at))
        assert shown(group["Holding"], bob) == [("Holding", 0), ("Freight", 1), ("Zenco", 1)]
    assert "€100" in sums(client_of(bob), group["Holding"])
    assert "€700" in sums(client_of(alice), group["Holding"])


# --- timeline ---------------------------------------------------------------------------------------------------------
def test_the_timeline_of_a_group_holds_what_was_done_below(in_acme, acme, bob, group):
    person, stage = ContactFactory(workspace=acme, owner=bob), Stage.objects.in_order()[0]
    Position.start(person, named("Zenco"), by=bob.actor)
    deal = Deal.create(by=bob.actor, name="Vans", stage=stage, organization=named("Leeds"))
    elsewhere = OrganizationFactory(workspace=acme, name="Elsewhere")
    for subject, about in (("Own", group["Holding"]), ("Freight's", group["Freight"]), ("Person's", person),
                           ("Deal's", deal), ("Other's", elsewhere)):  # fmt: skip
        Activity.log("call", by=bob.actor, subject=subject, about=[about])

    def found(**options) -> dict[str, str]:
        entries, _older = Timeline(group["Holding"], bob, "call", **options).page()
        return {entry.activity.subject: getattr(entry.through, "name", "") for entry in entries}

    assert found() == {"Own": ""}
    assert found(group=True) == {
        "Own": "", "Freight's": "Freight", "Person's": person.name, "Deal's": "Vans",
    }  # fmt: skip
    assert set(found(group=True, find="deal")) == {"Deal's"}
    events, _older = Timeline(group["Holding"], bob, "change", group=True).page()
    assert {getattr(entry.through, "name", "") for entry in events} >= {"Vans", "Zenco"}


def test_the_switch_stands_where_there_are_subsidiaries(client_of, bob, acme, group):
    with workspace_scope(acme.pk):
        Activity.log("note", by=bob.actor, body="Said in Freight", about=[group["Freight"]])
        zenco = named("Zenco")
    client = client_of(bob)
    path = client.url("organizations:detail", group["Holding"].pk)
    plain, whole = page_text(client.get(path)), page_text(client.get(path + "?group=1"))
    assert f'href="{path}?group=1"' in plain
    assert "Said in Freight" not in plain
    assert "Said in Freight" in whole
    assert "only=note&amp;group=1" in whole
    assert "With subsidiaries" not in page_text(client.get_w("organizations:detail", zenco.pk))


# --- people -----------------------------------------------------------------------------------------------------------
def test_open_deals_without_a_decision_maker_are_marked(client_of, bob, acme, group):
    freight, words, client = group["Freight"], "no decision maker is known", client_of(bob)

    def marked() -> bool:
        return words in page_text(client.get_w("organizations:detail", freight.pk))

    assert not marked()
    with workspace_scope(acme.pk):
        deal = Deal.create(by=bob.actor, name="Vans", stage=Stage.objects.in_order()[0], organization=freight)
        role = Role.objects.get(decides=True)
        role.name = "Signs"
        role.save()
    assert marked()
    with workspace_scope(acme.pk):
        position = Position.start(ContactFactory(workspace=acme, owner=bob), freight, by=bob.actor, roles=[role])
    assert not marked()
    with workspace_scope(acme.pk):
        position.end(by=bob.actor)
    assert marked()
    with workspace_scope(acme.pk):
        deal.win(by=bob.actor)
    assert not marked()
    with workspace_scope(acme.pk):
        deal.reopen(by=bob.actor)
        Role.objects.update(decides=False)
    assert not marked()  # where no role decides, none is missing


def test_the_list_finds_open_deals_without_a_decision_maker(alice, acme, group):
    """Of each organization by itself: who decides at one does not decide at another where it works as well."""

    params = QueryDict(urlencode({"where": json.dumps(UNDECIDED.node)}))

    def listed() -> set[str]:
        return {str(one) for one in OrganizationListing.matching(alice, params)}

    with workspace_scope(acme.pk):
        freight, holding = group["Freight"], group["Holding"]
        deals = [DealFactory(workspace=acme, organization=one, owner=alice) for one in (freight, holding)]
        assert listed() == {str(freight), str(holding)}
        person, role = ContactFactory(workspace=acme, owner=alice), Role.objects.get(decides=True)
        Position.start(person, freight, by=alice.actor, roles=[role])
        Position.start(person, holding, by=alice.actor)
        assert listed() == {str(holding)}
        deals[1].win(by=alice.actor)
        assert listed() == set()
        person.rows().trash(by=alice.actor)
        assert listed() == {str(freight)}


def test_people_come_with_what_was_done_and_won_last(client_of, bob, acme, group):
    freight = group["Freight"]
    with workspace_scope(acme.pk):
        person = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)
        Position.start(person, freight, by=bob.actor)
        Activity.log("call", by=bob.actor, subject="Terms", about=[person])
        for name in ("First", "Second"):
            deal = DealFactory(workspace=acme, name=name, owner=bob)
            deal.contact_links.create(contact=person)
            Deal.objects.get(pk=deal.pk).win(by=bob.actor)
    page = page_text(client_of(bob).get_w("organizations:detail", freight.pk))
    panel = page[page.index('id="panel-people"') :]
    assert "Last activity: Today" in panel
    assert "Last won deal" in panel
    assert "Second ·" in panel
    assert "First ·" not in panel


def test_a_page_full_of_all_that_costs_no_more(client_of, bob, acme, group):
    with workspace_scope(acme.pk):
        for person in ContactFactory.create_batch(3, workspace=acme):
            Position.start(person, group["Holding"], by=bob.actor).end(by=bob.actor)
            Position.start(person, group["Holding"], by=bob.actor)
        Deal.create(by=bob.actor, name="Vans", stage=Stage.objects.in_order()[0], organization=group["Holding"])
    client = client_of(bob)
    assert len(statements(client, client.url("organizations:detail", group["Holding"].pk))) <= 14
