"""Goals: who sets them, who sees them, what stands beside a field, and how they go back."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.tenancy import workspace_scope
from records.models import ChangeSet
from reports.models import Goal, Whose
from tests.battery_pages import statements
from tests.factories import GoalFactory, MembershipFactory, TeamFactory
from tests.reading import undo_path
from workspaces.refusals import NotAllowed, Refusal

pytestmark = pytest.mark.django_db

YEAR = 2027
MAY = dt.date(YEAR, 5, 1)


def typed(each: str = "", **months: str) -> dict[str, str]:
    """What the form sends: "month_5" and so on."""
    return {f"month_{month}": "" for month in range(1, 13)} | {"each": each} | months


def amounts(workspace, **of) -> dict[dt.date, int]:
    with workspace_scope(workspace.pk):
        return dict(Goal.objects.filter(**{"member": None, "team": None} | of).values_list("month", "amount"))


# --- setting them -----------------------------------------------------------------------------------------------------
def test_a_manager_sets_the_goals_of_a_member_month_by_month(client_of, mara, bob, acme):
    client = client_of(mara)
    answer = client.post_w("reports:goals_of_member", YEAR, bob.pk, data=typed("20,000", month_5="31,500.50"))
    assert answer.status_code == 303
    found = amounts(acme, member=bob)
    assert found[MAY] == 31_500_50
    assert len(found) == 12
    assert found[dt.date(YEAR, 6, 1)] == 20_000_00
    page = client.get(answer["Location"]).content.decode()
    assert "$31,500" in page or "$31,501" in page


def test_an_empty_month_has_no_goal_and_what_is_as_it_was_is_not_written(client_of, mara, acme):
    GoalFactory(workspace=acme, month=MAY, amount=500_00)
    june = GoalFactory(workspace=acme, month=dt.date(YEAR, 6, 1), amount=700_00)
    client_of(mara).post_w("reports:goals_of_all", YEAR, data=typed(month_6="700"))
    assert amounts(acme) == {june.month: 700_00}
    with workspace_scope(acme.pk):
        assert june.versions.count() == 1


def test_one_undo_takes_back_all_months(client_of, mara, acme):
    GoalFactory(workspace=acme, month=MAY, amount=500_00)
    client = client_of(mara)
    answer = client.post_w("reports:goals_of_all", YEAR, data=typed("900"))
    assert len(amounts(acme)) == 12
    client.post(undo_path(client.get(answer["Location"]).content.decode()))
    assert amounts(acme) == {MAY: 500_00}


def test_history_tells_of_them_in_words(client_of, alice, bob, acme):
    client = client_of(alice)
    client.post_w("reports:goals_of_member", YEAR, bob.pk, data=typed(month_5="900"))
    with workspace_scope(acme.pk):
        made = ChangeSet.objects.latest("pk")
    assert made.label == "Goals of Bob Lindqvist set"
    page = client.get_w("records:change", made.pk).content.decode()
    assert "Bob Lindqvist 1 May 2027" in page
    assert "$900" in page


def test_what_is_no_amount_stands_beside_its_field_and_the_others_keep_what_was_typed(client_of, mara, acme):
    answer = client_of(mara).post_w(
        "reports:goals_of_all", YEAR, data=typed(month_5="much", month_6="-1", month_7="12")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“much” is not a number." in page
    assert "A goal is an amount that is not negative." in page
    assert 'value="much"' in page
    assert 'value="12"' in page
    assert amounts(acme) == {}


def test_a_goal_in_a_currency_that_the_workspace_has_no_more_stays_until_another_is_set(client_of, mara, acme):
    GoalFactory(workspace=acme, month=MAY, amount=500_00, currency="EUR")
    client = client_of(mara)
    assert "€500.00 until now." in client.get_w("reports:goals_of_all", YEAR).content.decode()
    client.post_w("reports:goals_of_all", YEAR, data=typed(month_6="7"))
    assert amounts(acme)[MAY] == 500_00
    client.post_w("reports:goals_of_all", YEAR, data=typed(month_5="8"))
    assert amounts(acme) == {MAY: 8_00}


# --- who may ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["bob", "victor"])
def test_who_may_not_set_goals_is_refused_at_each_door(client_of, request, who, acme):
    member = request.getfixturevalue(who)
    assert client_of(member).post_w("reports:goals_of_all", YEAR, data=typed("9")).status_code == 403
    with workspace_scope(acme.pk), pytest.raises(NotAllowed):
        Goal.set_year(Whose(), {MAY: 9}, "USD", by=member.actor)
    assert amounts(acme) == {}


def test_a_rep_sees_the_own_goal_those_of_the_team_and_of_all_and_no_others(client_of, bob, mara, acme):
    team = TeamFactory(workspace=acme, name="North")
    other = TeamFactory(workspace=acme, name="South")
    with workspace_scope(acme.pk):
        type(bob).objects.filter(pk=bob.pk).update(team=team)
    for place, of in enumerate([{}, {"member": bob}, {"team": team}, {"member": mara}, {"team": other}], start=1):
        GoalFactory(workspace=acme, month=MAY, amount=place * 1111_00, **of)
    page = client_of(bob).get_w("reports:goals", query_params={"year": YEAR}).content.decode()
    assert f'<a href="?year={YEAR}" aria-current="page">{YEAR}</a>' in page
    assert [f"${place},{place}{place}{place}" in page for place in range(1, 6)] == [True, True, True, False, False]
    assert "/member/" not in page
    assert "/member/" in client_of(mara).get_w("reports:goals", query_params={"year": YEAR}).content.decode()


def test_members_and_teams_of_elsewhere_are_not_found(client_of, mara, charlie, elsewhere):
    team = TeamFactory(workspace=elsewhere)
    client = client_of(mara)
    for name, pk in (("member", charlie.pk), ("team", team.pk)):
        assert client.post_w(f"reports:goals_of_{name}", YEAR, pk, data=typed("9")).status_code == 404
    assert client.get_w("reports:goals_of_all", 1234).status_code == 404


# --- what holds whoever writes ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "values",
    [
        {"month": dt.date(YEAR, 5, 2)},
        {"amount": -1},
        {"amount": 5},
    ],
    ids=["not a first day", "negative", "a second one"],
)
def test_the_database_keeps_what_no_goal_can_be(in_acme, values):
    Goal.objects.create(month=MAY, amount=1, currency="USD")
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(**{"month": MAY, "amount": 1, "currency": "USD"} | values)


def test_of_two_who_set_the_same_the_second_is_told(acme, mara):
    with workspace_scope(acme.pk):
        with pytest.raises(Refusal, match="at the same time"):
            Goal._add([Goal(month=MAY, amount=1, currency="USD"), Goal(month=MAY, amount=2, currency="USD")])
        assert not Goal.objects.exists()


def test_the_table_costs_the_same_however_many_goals_there_are(client_of, mara, acme):
    client = client_of(mara)
    path = f"{client.url('reports:goals')}?year={YEAR}"
    before = statements(client, path)
    for month in range(1, 13):
        member = MembershipFactory(workspace=acme)
        GoalFactory(workspace=acme, month=dt.date(YEAR, month, 1), member=member)
    assert len(statements(client, path)) == len(before) <= 10
