"""Conditions of a list combined with "and", "or" and "not": what they find, what is wrong with some, who obeys them."""

import datetime as dt
import json
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from activities.models import Activity
from contacts.models import ContactPulse
from core.tenancy import workspace_scope
from deals.listing import UNTOUCHED
from deals.models import DealContact, DealPulse
from organizations.models import Organization, OrganizationPulse
from records.listing import LISTINGS
from records.listing.relations import Relation, relate
from records.listing.where import DEEPEST, LONGEST, MOST
from tests.battery_lists import MOST_STATEMENTS
from tests.battery_pages import page_text, statements
from tests.factories import (
    ContactFactory,
    DealFactory,
    OrganizationFactory,
    PipelineFactory,
    PositionFactory,
    StageFactory,
    TagFactory,
    TeamFactory,
)
from workspaces import rights

pytestmark = pytest.mark.django_db


def query(tree) -> str:
    return urlencode({"where": tree if isinstance(tree, str) else json.dumps(tree)})


def found(member, tree, record="organization") -> set[str]:
    """The names of the rows that pass."""
    with workspace_scope(member.workspace_id, user_id=member.user_id):
        return {str(row) for row in LISTINGS[record].matching(member, QueryDict(query(tree)))}


@pytest.fixture
def three(acme, alice, bob):
    """Large of alice's, Small of bob's, and Unknown, of which nothing is known."""
    with workspace_scope(acme.pk):
        red, blue = TagFactory(name="Red"), TagFactory(name="Blue")
        large = OrganizationFactory(
            name="Large", employees=300, sector="Agri", owner=alice, phone="+15550001", tax_id="CZ 25123891"
        )
        small = OrganizationFactory(name="Small", employees=3, sector="Agriculture", owner=bob, parent=large)
        OrganizationFactory(name="Unknown")
        large.rows().tag(red, by=alice.actor)
        large.rows().tag(blue, by=alice.actor)
        small.rows().tag(red, by=alice.actor)
    return {"red": str(red.pk), "blue": str(blue.pk), "large": str(large.pk), "bob": str(bob.pk)}


ALL = {"Large", "Small", "Unknown"}
OPERATORS = [
    ("name", "la", {"Large"}),
    ("name_exact", "LARGE\nsmall", {"Large", "Small"}),
    ("sector_exact", "agri", {"Large"}),
    ("sector", "agri", {"Large", "Small"}),
    ("sector_is", "none", {"Unknown"}),
    ("sector_is", "any", {"Large", "Small"}),
    ("phone_exact", "+15550001", {"Large"}),
    ("tax_id_exact", "cz25123891", {"Large"}),
    ("employees_min", "4", {"Large"}),
    ("employees_max", "3", {"Small"}),
    ("employees_eq", "3", {"Small"}),
    ("employees_is", "none", {"Unknown"}),
    ("tags", ["{red}"], {"Large", "Small"}),
    ("tags", ["{blue}", "none"], {"Large", "Unknown"}),
    ("tags_all", ["{red}", "{blue}"], {"Large"}),
    ("owner", ["me"], {"Large"}),
    ("owner", ["{bob}", "none"], {"Small", "Unknown"}),
    ("parent", "{large}", {"Small"}),
    ("parent_is", "any", {"Small"}),
    ("created_at", "today", ALL),
    ("created_at_within", "1", ALL),
    ("created_at_ago", "1", set()),
]


@pytest.mark.parametrize(("name", "value", "expected"), OPERATORS)
def test_each_operator_and_its_opposite(alice, three, name, value, expected):
    value = [one.format(**three) for one in value] if isinstance(value, list) else value.format(**three)
    leaf = {"p": name, "v": value}
    assert found(alice, leaf) == expected
    assert found(alice, leaf | {"not": True}) == ALL - expected, "rows without a value are not what was asked for"


def test_the_team_goes_by_who_reads(acme, bob, mara, three):
    with workspace_scope(acme.pk):
        bob.team = TeamFactory(manager=mara)
        bob.save()
    assert found(mara, {"p": "owner", "v": ["team"]}) == {"Small"}


def test_days_counted_from_today(acme, alice, three):
    noon = timezone.localtime().replace(hour=12)
    with workspace_scope(acme.pk):
        for name, last, due in (("Large", 10, 3), ("Small", 70, -2)):
            moments = {
                "last_activity_at": noon - dt.timedelta(days=last),
                "next_activity_at": noon + dt.timedelta(days=due),
            }
            OrganizationPulse.objects.filter(record__name=name).update(**moments)
    for name, value, expected in [
        ("last_activity_within", "11", {"Large"}),
        ("last_activity_within", "10", set()),
        ("last_activity_ago", "60", {"Small"}),
        ("last_activity_ago", "70", set()),
        ("last_activity_quiet", "60", {"Small", "Unknown"}),
        ("next_step_ahead", "4", {"Large"}),
        ("next_step_ahead", "3", set()),
        ("next_step_late", "yes", {"Small"}),
        ("next_step_is", "none", {"Unknown"}),
    ]:
        assert found(alice, {"p": name, "v": value}) == expected, (name, value)


def test_no_contact_counts_what_was_done_with_people_and_deals_as_well(acme, alice, three):
    lately = timezone.now() - dt.timedelta(days=2)
    with workspace_scope(acme.pk):
        companies = {one.name: one for one in Organization.objects.all()}
        contact = PositionFactory(organization=companies["Large"]).contact
        deal = DealFactory(organization=companies["Small"])
        ContactPulse.objects.filter(record=contact).update(last_activity_at=lately)
        DealPulse.objects.filter(record=deal).update(last_activity_at=lately)
    assert found(alice, {"p": "last_activity_quiet", "v": "60"}) == {"Large", "Small", "Unknown"}
    assert found(alice, UNTOUCHED["organization"].node) == {"Unknown"}


@pytest.mark.parametrize(("zone", "expected"), [("UTC", set()), ("America/New_York", {"Large"})])
def test_a_day_is_the_readers_own(acme, alice, three, zone, expected, monkeypatch):
    """At three at night in London it is yesterday in New York, where something was done at six in the evening."""
    monkeypatch.setattr("core.past.now", lambda: dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC))
    with workspace_scope(acme.pk):
        done = dt.datetime(2026, 3, 1, 23, tzinfo=dt.UTC)
        OrganizationPulse.objects.filter(record__name="Large").update(last_activity_at=done)
    with timezone.override(zone):
        assert found(alice, {"p": "last_activity_within", "v": "1"}) == expected
        assert found(alice, {"p": "last_activity", "v": "today"}) == expected


def test_groups(alice, three):
    large, empty = {"p": "employees_min", "v": "100"}, {"p": "sector_is", "v": "none"}
    assert found(alice, {"any": [large, empty]}) == {"Large", "Unknown"}
    assert found(alice, {"all": [large, empty]}) == set()
    assert found(alice, {"any": [large, empty], "not": True}) == {"Small"}
    mine = {"all": [{"p": "owner", "v": ["me"]}, {"any": [large, {"all": [empty]}]}]}
    assert found(alice, mine) == {"Large"}


# --- related records --------------------------------------------------------------------------------------------------
@pytest.fixture
def sold(acme, three):
    """A large open deal with Large, a small one with Small, and a person on the large one who works at Small."""
    with workspace_scope(acme.pk):
        stage = StageFactory(pipeline=PipelineFactory(currency="USD"))
        large, small = (Organization.objects.get(name=name) for name in ("Large", "Small"))
        big = DealFactory(name="Big", stage=stage, value=900_00, organization=large)
        DealFactory(name="Big as well", stage=stage, value=900_00, organization=large)
        DealFactory(name="Over", stage=stage, value=900_00, organization=small, status="won")
        DealFactory(name="Little", stage=stage, value=5_00, organization=small)
        ada = ContactFactory(first_name="Ada", last_name="Buyer", job_title="Buyer")
        PositionFactory(contact=ada, organization=small)
        DealContact.objects.create(deal=big, contact=ada)


OVER = [{"p": "status", "v": ["open"]}, {"p": "value_min", "v": "100"}]


def test_one_related_record_has_all_that_is_asked(alice, sold):
    open_over = {"has": "deals", "all": OVER}
    assert found(alice, open_over) == {"Large"}, "once, though it has two; Small's are not both in one"
    assert found(alice, open_over | {"not": True}) == {"Small", "Unknown"}
    assert found(alice, {"has": "deals", "any": OVER}) == {"Large", "Small"}
    assert found(alice, {"has": "deals", "all": []}) == {"Large", "Small"}
    assert found(alice, {"has": "people", "all": [{"p": "job_title", "v": "buy"}]}) == {"Small"}
    assert found(alice, {"has": "parent", "all": [{"p": "name", "v": "large"}]}) == {"Small"}
    assert found(alice, {"has": "children", "all": []}) == {"Large"}


def test_relations_of_people_and_deals(alice, sold):
    assert found(alice, {"has": "deals", "all": OVER}, "contact") == {"Ada Buyer"}
    assert found(alice, {"has": "organization", "all": [{"p": "name", "v": "small"}]}, "contact") == {"Ada Buyer"}
    assert found(alice, {"has": "organization", "all": [{"p": "sector_exact", "v": "agri"}]}, "deal") == {
        "Big", "Big as well",
    }  # fmt: skip
    assert found(alice, {"has": "people", "all": []}, "deal") == {"Big"}


def test_what_was_done_or_was_not(acme, alice, three):
    with workspace_scope(acme.pk):
        large = Organization.objects.get(name="Large")
        Activity.log("call", by=alice.actor, about=[large], occurred_at=timezone.now())
    recent = [{"p": "kind", "v": ["call"]}, {"p": "occurred_at_within", "v": "30"}]
    assert found(alice, {"has": "activities", "all": recent}) == {"Large"}
    assert found(alice, {"has": "activities", "all": recent, "not": True}) == {"Small", "Unknown"}
    assert found(alice, {"has": "activities", "all": [{"p": "kind", "v": ["meeting"]}]}) == set()


def test_a_relation_inside_a_relation(alice, sold):
    tree = {"has": "people", "all": [{"has": "deals", "all": [{"p": "name", "v": "big"}]}]}
    assert found(alice, tree) == {"Small"}


def test_only_related_records_that_the_reader_may_see_count(acme, alice, bob, sold, monkeypatch):
    monkeypatch.setitem(rights.RIGHTS["rep"], "deal", {"view": "own"})
    with workspace_scope(acme.pk):
        LISTINGS["deal"].model.objects.update(owner=alice)
    open_over = {"has": "deals", "all": OVER}
    assert found(bob, open_over) == set()
    with workspace_scope(acme.pk):
        LISTINGS["deal"].model.objects.filter(name="Big").update(owner=bob)
    assert found(bob, open_over) == {"Large"}
    monkeypatch.setitem(rights.RIGHTS["rep"], "deal", {})
    assert found(bob, {"any": [open_over, {"p": "name", "v": "s"}]}) == set(), "as if the list had no such relation"
    assert found(alice, open_over) == {"Large"}


def test_what_lies_in_the_trash_is_no_relation(acme, alice, sold):
    with workspace_scope(acme.pk):
        LISTINGS["deal"].model.objects.filter(name__startswith="Big").trash(by=alice.actor)
    assert found(alice, {"has": "deals", "all": OVER}) == set()


def test_a_name_is_taken_once():
    with pytest.raises(ValueError, match="deals"):
        relate("organization", Relation("deals", "deal", {"organization": "pk"}, "", ""))


# --- what is wrong ----------------------------------------------------------------------------------------------------
def nested(depth: int) -> dict:
    return {"all": [nested(depth - 1)]} if depth > 1 else {"all": [{"p": "name", "v": "l"}]}


WRONG = [
    "x",
    "[]",
    "{}",
    "null",
    '"name"',
    "[" * 3000,
    '{"p":"name","v":"\\ud800"}',
    '{"p":"name","v":"\\u0000"}',
    {"p": "name"},
    {"p": "name", "v": ""},
    {"p": "name", "v": 7},
    {"p": "name", "v": ["l"]},
    {"p": "name", "v": "l", "not": "yes"},
    {"p": "name", "v": "l", "x": 1},
    {"p": "nonsense", "v": "l"},
    {"p": "employees_min", "v": "many"},
    {"p": "parent", "v": "x"},
    {"p": "parent", "v": "9" * 40},
    {"p": "owner", "v": ["999999999"]},
    {"p": "created_at_within", "v": "0"},
    {"p": "created_at_within", "v": "99999999999"},
    {"p": "created_at_from", "v": "2026-02-30"},
    {"all": []},
    {"all": [{"any": []}]},
    {"none": [{"p": "name", "v": "l"}]},
    {"all": [{"p": "name", "v": "l"}], "any": []},
    {"has": "nonsense", "all": []},
    {"any": [{"p": "name", "v": "l"}, {"p": "employees_min", "v": "many"}]},
    nested(DEEPEST + 1),
    {"any": [{"p": "name", "v": "l"}] * (MOST + 1)},
    {"p": "name", "v": "l" * LONGEST},
]


@pytest.mark.parametrize("tree", WRONG, ids=lambda tree: str(tree)[:50])
def test_a_wrong_tree_shows_nothing_and_says_why(client_of, alice, three, tree):
    assert found(alice, tree) == set()
    client = client_of(alice)
    answer = client.get(f"{client.url('organizations:list')}?{query(tree)}")
    page = page_text(answer)
    assert answer.status_code == 200
    assert 'id="where"' in page, "the builder stands open"
    assert 'class="err"' in page
    assert "No organizations match." in page
    client.post_w("organizations:bulk", data={"action": "delete", "all": "1", "query": query(tree)})
    with workspace_scope(alice.workspace_id):
        assert not Organization.objects.exclude(deleted_at=None).exists()


def test_the_message_stands_by_its_line(client_of, alice, three):
    client = client_of(alice)
    tree = {"any": [{"p": "name", "v": "l"}, {"p": "employees_min", "v": "many"}]}
    page = page_text(client.get(f"{client.url('organizations:list')}?{query(tree)}"))
    assert 'value="many"' in page
    assert 'aria-describedby="id_w-1-value_error"' in page
    assert 'id="id_w-1-value_error"' in page
    assert 'id="id_w-0-value_error"' not in page


def test_what_is_elsewhere_is_not_found(alice, three, elsewhere):
    with workspace_scope(elsewhere.pk):
        tag, organization = TagFactory(), OrganizationFactory()
    for leaf in ({"p": "tags", "v": [str(tag.pk)]}, {"p": "parent", "v": str(organization.pk)}):
        assert found(alice, leaf) == set()
        assert found(alice, leaf | {"not": True}) == set()


# --- who obeys --------------------------------------------------------------------------------------------------------
TWO = {"any": [{"p": "employees_min", "v": "100"}, {"p": "sector_is", "v": "none"}]}


def test_a_bulk_action_changes_exactly_what_matches(client_of, alice, bob, three):
    data = {"action": "owner", "all": "1", "query": query(TWO), "confirmed": "1", "owner": bob.pk}
    client = client_of(alice)
    done = client.post_w("organizations:bulk", data=data)
    assert query(TWO) in done.url
    assert "2 records now belong to Bob Lindqvist." in page_text(client.get(done.url))
    with workspace_scope(alice.workspace_id):
        assert dict(Organization.objects.values_list("name", "owner")) == dict.fromkeys(ALL, bob.pk)
        assert Organization.objects.get(name="Small").version == 1, "it was bob's before"


def test_the_list_says_the_tree_in_words_and_how_to_get_rid_of_it(client_of, alice, three):
    client = client_of(alice)
    path = client.url("organizations:list")
    tree = {
        "all": [
            {"p": "sector_is", "v": "any"},
            {"any": [{"p": "owner", "v": ["me"]}, {"p": "employees_max", "v": "9"}]},
        ]
    }
    page = page_text(client.get(f"{path}?{query(tree)}&sort=-name"))
    assert "<b>Sector has a value</b>" in page
    assert "<b>Owner is Me or Employees is at most 9</b>" in page
    without = query(json.dumps({"all": tree["all"][1:]}, separators=(",", ":")))
    assert f'href="?sort=-name&amp;{without}"' in page
    assert "2 of 2" in page
    unknown = page_text(client.get(f"{path}?{query({'any': tree['all']})}"))
    assert "<b>Sector has a value or (Owner is Me or Employees is at most 9)</b>" in unknown


def test_beside_other_filters_and_a_text(client_of, alice, three):
    client = client_of(alice)
    path = f"{client.url('organizations:list')}?{query(TWO)}"
    assert "1 of 1" in page_text(client.get(f"{path}&owner=me"))
    assert "1 of 1" in page_text(client.get(f"{path}&q=unknown"))
    panel = page_text(client.get(f"{path}&panel=filters"))
    assert 'type="hidden" name="where"' in panel, "who applies another filter keeps the conditions"
    assert f'href="{client.url("organizations:list")}?"' in panel or 'href="?"' in panel, "Clear takes them off"


def test_the_board_obeys(client_of, alice, sold):
    client = client_of(alice)
    with workspace_scope(alice.workspace_id):
        pipeline = DealContact.objects.get().deal.pipeline_id
    path = f"{client.url('deals:board')}?pipeline={pipeline}"
    page = page_text(client.get(path))
    assert ("Little" in page, "Big as well" in page) == (True, True)
    page = page_text(client.get(f"{path}&{query({'has': 'organization', 'all': [{'p': 'name', 'v': 'small'}]})}"))
    assert ("Little" in page, "Big as well" in page) == (True, False)
    page = page_text(client.get(f"{path}&{query({'p': 'status', 'v': ['won']})}"))
    assert 'id="where"' not in page, "what the list can be asked the board can be asked as well"
    assert "Little" not in page


def test_what_a_condition_costs(client_of, alice, sold):
    client = client_of(alice)
    path = client.url("organizations:list")
    plain = statements(client, f"{path}?sort=name")
    tree = {"any": [{"has": "deals", "all": OVER}, {"p": "last_activity_quiet", "v": "60"}]}
    assert len(statements(client, f"{path}?{query(tree)}")) == len(plain) <= MOST_STATEMENTS
