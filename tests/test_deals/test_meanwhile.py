"""What one types while somebody else writes the same deal: it stays, and says who did what."""

import re

import pytest

from core.tenancy import workspace_scope
from deals.models import Deal, Pipeline
from records.models import change_set
from tests.battery_pages import HTMX, page_text
from tests.factories import DealFactory
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def stages(acme, bob):
    with workspace_scope(acme.pk):
        pipeline = Pipeline.objects.get()
        stages = list(pipeline.stages.all())
    DealFactory(workspace=acme, owner=bob, name="Other", stage=stages[1])
    return stages


@pytest.fixture
def deal(acme, bob, stages):
    return DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])


def merge(deal, by):
    Deal.objects.get(name="Other").merge([deal], by=by)


#: what alice does meanwhile -> what bob is told
DEEDS = {
    "won": (lambda deal, by, stages: deal.win(by=by), "Alice Ostrowska won this deal at"),
    "lost": (lambda deal, by, stages: deal.lose("Price", by=by), "Alice Ostrowska closed this deal as lost at"),
    "moved": (
        lambda deal, by, stages: deal.move_to(stages[2], by=by),
        "Alice Ostrowska moved this deal to Demo booked at",
    ),
    "changed": (lambda deal, by, stages: deal.edit(by=by, name="100%"), "Alice Ostrowska changed this record at"),
    "deleted": (lambda deal, by, stages: deal.trash(by=by), "Alice Ostrowska deleted “Fleet” at"),
    "merged": (lambda deal, by, stages: merge(deal, by), "Alice Ostrowska merged “Fleet” into “Other” at"),
}


@pytest.fixture
def meanwhile(acme, deal, alice, stages):
    """Have alice do a deed; what bob is to be told of it."""

    def happen(name: str) -> str:
        deed, sentence = DEEDS[name]
        with workspace_scope(acme.pk), change_set(by=alice.actor, source="web"):
            deed(deal, alice.actor, stages)
        return sentence

    return happen


@pytest.mark.parametrize("deed", DEEDS)
def test_the_form_says_so_and_keeps_what_was_typed(client_of, acme, bob, deal, meanwhile, deed):
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("deals:edit", deal.pk))) | {"name": "Mine", "value": "77"}
    sentence = meanwhile(deed)
    page = page_text(client.post_w("deals:edit", deal.pk, data=form))
    assert re.search(rf"Not saved\. Alice Ostrowska [^<]*{re.escape(sentence.removeprefix('Alice Ostrowska '))}", page)
    assert "What you typed is still here." in page
    assert ('value="Mine"' in page, 'value="77"' in page) == (True, True)
    again = client.post_w("deals:edit", deal.pk, data=filled_form(page))
    with workspace_scope(acme.pk):
        kept = Deal.objects.get(pk=deal.pk)
    assert (again.status_code, kept.name) == ((422, "Fleet") if kept.deleted_at else (303, "Mine"))


@pytest.mark.parametrize("where", ["", "?cell&list="], ids=["page", "cell"])
@pytest.mark.parametrize("deed", DEEDS.keys() - {"changed"})
def test_a_fact_that_can_be_edited_no_more_says_who_did_that(client_of, bob, deal, stages, meanwhile, deed, where):
    client = client_of(bob)
    path = client.url("deals:fact", deal.pk, "stage") + where
    form = filled_form(page_text(client.get(path, headers=HTMX)), "in-place") | {"stage": stages[3].pk}
    sentence = meanwhile(deed)
    answer = client.post(path, form, headers=HTMX)
    text = page_text(answer)
    assert ("Alice Ostrowska changed this to “Demo booked”" if deed == "moved" else sentence) in text
    assert answer.get("HX-Reswap") == "none" or "selected>Proposal" in text, "what was chosen stays"


@pytest.mark.parametrize("view", ["deals:closing", "deals:stage"])
@pytest.mark.parametrize("deed", DEEDS.keys() - {"changed", "moved"})
def test_who_closed_or_deleted_it_is_named_though_the_page_knew_no_version(
    client_of, bob, deal, stages, meanwhile, deed, view
):
    sentence = meanwhile(deed)
    answer = client_of(bob).post_w(view, deal.pk, data={"status": "lost", "stage": stages[3].pk})
    assert answer.status_code == 409
    assert sentence in page_text(answer)


def test_of_several_who_wrote_it_all_are_named(client_of, acme, bob, mara, alice, deal, stages):
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("deals:edit", deal.pk)))
    for by, deed in ((mara, lambda: deal.move_to(stages[2], by=mara.actor)), (alice, lambda: deal.win(by=alice.actor))):
        with workspace_scope(acme.pk), change_set(by=by.actor, source="web"):
            deed()
    page = page_text(client.post_w("deals:edit", deal.pk, data=form))
    assert re.search(r"Mara Lind moved this deal to .+ Alice Ostrowska won this deal at", page)


def test_who_may_not_see_the_deal_that_it_became_is_not_told_its_name(client_of, acme, bob, alice, deal):
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("deals:edit", deal.pk)))
    with workspace_scope(acme.pk), change_set(by=alice.actor, source="web"):
        merge(deal, alice.actor)
        other = Deal.objects.get(name="Other")
        other.edit(by=alice.actor, owner=alice)
        other.guard(by=alice.actor, is_private=True, members=[])
    page = page_text(client.post_w("deals:edit", deal.pk, data=form))
    assert "merged “Fleet” into another record at" in page
    assert "“Other”" not in page
