"""A deal with lines is worth their sum, whoever writes what; undo and merge keep that."""

from decimal import Decimal
from typing import Any

import pytest

from core.money import LARGEST
from core.tenancy import workspace_scope
from deals.models import Deal
from records.models import ChangeSet, Refusal, change_set
from records.undo import undo
from tests.factories import DealFactory, PipelineFactory, StageFactory
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


def line(name: str, price: int, quantity: str = "1", discount: str = "0", position: int = 0) -> dict[str, Any]:
    values = {"quantity": Decimal(quantity), "discount": Decimal(discount)}
    return {"name": name, "price": price, "position": position, **values}


def kept(deal: Deal) -> list[dict[str, Any]]:
    """The lines as a form sends them back."""
    return [{"id": one.pk} | {name: getattr(one, name) for name in one.CONTENT} for one in deal.lines.all()]


def together(label: str = "test"):
    return change_set(label, by=SYSTEM, source="web")


def with_lines(deal: Deal, *lines: dict[str, Any]) -> ChangeSet:
    with together():
        deal.edit(by=SYSTEM, lines=lines)
        return ChangeSet.current()


def worth(deal: Deal) -> tuple[int | None, bool]:
    deal.refresh_from_db()
    return deal.value, deal.adds_up


def back(of: ChangeSet) -> None:
    with together("undo"):
        undo(of, by=SYSTEM)


@pytest.fixture
def deal(in_acme, bob) -> Deal:
    stage = StageFactory(pipeline=PipelineFactory(currency="USD"))
    return DealFactory(owner=bob, name="Fleet renewal", value=500_00, stage=stage)


def test_the_value_follows_the_lines_each_rounded_by_itself(deal):
    with_lines(deal, line("Seats", 10_05, "2.5", "10"), line("Set-up", 200_00))
    assert worth(deal) == (2261 + 200_00, True)
    assert [one.minor for one in deal.lines.all()] == [2261, 200_00]
    with_lines(deal, *kept(deal)[1:])
    assert worth(deal) == (200_00, True)
    with_lines(deal)
    assert worth(deal) == (200_00, False)  # by hand from here on


def test_the_event_tells_of_both(deal):
    with_lines(deal, line("Seats", 800_00))
    data = deal.event_links.latest("pk").event.data
    assert data["fields"] == ["lines", "value"]
    assert data["values"] == {"value": [{"money": [500_00, "USD"]}, {"money": [800_00, "USD"]}]}


@pytest.mark.parametrize(("name", "value"), [("value", 1), ("currency", "EUR")])
def test_what_the_lines_say_is_not_written_by_hand(deal, name, value):
    with_lines(deal, line("Seats", 800_00))
    deal.refresh_from_db()
    with pytest.raises(Refusal, match="lines"):
        deal.edit(by=SYSTEM, **{name: value})
    other = DealFactory(stage=deal.stage)
    if name == "value":
        outcome = Deal.objects.all().edit_all({"value": value}, by=SYSTEM)
        assert (outcome.done, list(outcome.refused)) == (1, [deal.pk])
        other.refresh_from_db()
        assert other.value == 1
    assert worth(deal) == (800_00, True)


def test_a_statement_beside_the_verbs_does_not_part_them(deal):
    with_lines(deal, line("Seats", 800_00))
    Deal.objects.update(value=7)
    assert worth(deal) == (800_00, True)


@pytest.mark.parametrize(
    "wrong", [line("x", -1), line("x", 1, "0"), line("x", 1, discount="101"), line("x", 2**62, "9")]
)
def test_lines_that_no_deal_has_are_refused(deal, wrong):
    with pytest.raises(Refusal):
        deal.edit(by=SYSTEM, lines=[wrong])
    assert worth(deal) == (500_00, False)


def test_undo_takes_lines_and_value_back(deal):
    first = with_lines(deal, line("Seats", 800_00))
    back(first)
    assert (worth(deal), deal.lines.count()) == ((500_00, False), 0)


def test_a_line_whose_sum_was_changed_since_stays_with_it(deal):
    first = with_lines(deal, line("Seats", 800_00))
    with_lines(deal, *kept(deal), line("Set-up", 200_00, position=1))
    back(first)
    assert (worth(deal), deal.lines.count()) == ((1000_00, True), 2)


def test_undo_brings_lines_back_though_the_value_was_changed_since(deal):
    with_lines(deal, line("Seats", 800_00))
    gone = with_lines(deal)
    with together():
        deal.edit(by=SYSTEM, value=1)
    back(gone)
    assert worth(deal) == (800_00, True)


def test_lines_that_are_too_much_beside_those_that_came_since_do_not_come_back(deal):
    with_lines(deal, line("Seats", LARGEST))
    gone = with_lines(deal)
    with_lines(deal, line("Other seats", LARGEST))
    with pytest.raises(Refusal, match="does not fit what was changed since"):
        back(gone)
    assert (worth(deal), deal.lines.get().name) == ((LARGEST, True), "Other seats")


def test_undo_of_a_value_does_not_part_it_from_lines_that_came_since(deal):
    first = with_lines(deal, line("Seats", 800_00))
    with_lines(deal)
    with_lines(deal, line("Other seats", 800_00))
    back(first)
    assert worth(deal) == (800_00, True)


def test_lines_follow_a_merge_and_its_undo(deal, bob):
    other = DealFactory(stage=deal.stage, owner=bob, value=None)
    with_lines(other, line("Seats", 800_00))
    with together():
        deal.merge([other], by=SYSTEM)
        merge = ChangeSet.current()
    assert worth(deal) == (800_00, True)
    back(merge)
    assert (worth(deal), worth(other)) == ((500_00, False), (800_00, True))


def test_lines_in_two_currencies_do_not_merge_into_one(deal, bob):
    other = DealFactory(owner=bob, stage=StageFactory(pipeline=PipelineFactory(currency="EUR")))
    with_lines(deal, line("Seats", 800_00))
    with_lines(other, line("Seats", 800_00))
    deal.refresh_from_db()
    other.refresh_from_db()
    with pytest.raises(Refusal, match="another currency"):
        deal.merge([other], by=SYSTEM)


def test_lines_that_no_deal_could_have_together_do_not_merge(deal, bob):
    other = DealFactory(stage=deal.stage, owner=bob)
    for one in (deal, other):
        with_lines(one, line("Seats", LARGEST))
        one.refresh_from_db()
    with pytest.raises(Refusal, match="add up to more"):
        deal.merge([other], by=SYSTEM)


def test_a_new_deal_with_lines_is_worth_them(deal, acme):
    with workspace_scope(acme.pk):
        made = Deal.create(by=SYSTEM, stage=deal.stage, name="New", lines=[line("Seats", 3_00, "4")])
        assert worth(made) == (12_00, True)
