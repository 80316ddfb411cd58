"""Ties: what one record is to another, told from both, as far as one may see both."""

import pytest
from django.db import IntegrityError, transaction

from contacts.models import Contact
from core.tenancy import workspace_scope
from organizations.models import Organization
from records.models import ChangeSet, change_set
from records.undo import undo
from tests.battery_pages import page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory
from tests.reading import filled_form, undo_path
from ties.models import Tie, TieType, ends
from ties.panels import shown_ties
from workspaces.refusals import NotAllowed, Refusal
from workspaces.rights import RIGHTS, SYSTEM

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def northwind(acme):
    return OrganizationFactory(workspace=acme, name="Northwind Freight")


@pytest.fixture
def zenco(acme):
    return OrganizationFactory(workspace=acme, name="Zenco")


@pytest.fixture
def priya(acme, bob):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)


def called(name: str) -> TieType:
    return TieType.objects.get(name=name)


def tied(name: str, one, other, **values) -> Tie:
    with change_set("test", by=SYSTEM, source="web"):
        return Tie.add(called(name), one, other, by=values.pop("by", SYSTEM), **values)


def said(record, member) -> list[tuple[str, str]]:
    return [(tie.name, tie.other.title) for tie in shown_ties(record, member)]


# --- what a tie is ----------------------------------------------------------------------------------------------------
def test_a_new_workspace_has_kinds_of_ties_in_its_language(in_acme):
    assert {"partner of", "customer of", "former employee of", "referred by"} <= set(
        TieType.objects.values_list("name", flat=True)
    )


def test_it_reads_rightly_from_both_ends(in_acme, bob, northwind, zenco, priya):
    tied("former employee of", priya, northwind)
    tied("partner of", northwind, zenco)
    assert said(priya, bob) == [("former employee of", "Northwind Freight")]
    assert said(northwind, bob) == [("partner of", "Zenco"), ("former employer of", "Priya Raman")]
    assert said(zenco, bob) == [("partner of", "Northwind Freight")]


def test_any_pair_of_kinds_is_joined(in_acme, bob, acme, northwind, priya):
    deal = DealFactory(workspace=acme, name="Fleet renewal")
    tied("referred by", deal, priya)
    tied("related to", deal, northwind)
    assert said(deal, bob) == [("referred by", "Priya Raman"), ("related to", "Northwind Freight")]
    assert said(priya, bob) == [("source of", "Fleet renewal")]


def test_what_can_not_be_tied_is_refused(in_acme, bob, northwind, zenco, priya):
    with pytest.raises(Refusal, match="tied to itself"):
        tied("partner of", northwind, northwind)
    with pytest.raises(Refusal, match="can't join"):
        tied("partner of", northwind, priya)
    tied("partner of", northwind, zenco)
    for one, other in ((northwind, zenco), (zenco, northwind)):
        with pytest.raises(Refusal, match="there already"):
            tied("partner of", one, other)
    tied("customer of", northwind, zenco)
    tied("customer of", zenco, northwind)  # each buys of the other: two things
    priya.rows().trash(by=SYSTEM)
    with pytest.raises(Refusal, match="in the trash"):
        tied("former employee of", priya, northwind)


def test_the_database_holds_the_rules_itself(in_acme, northwind, zenco, priya):
    tied("partner of", northwind, zenco)
    partner = called("partner of")
    for wrong in (
        ends(northwind, zenco),
        ends(northwind, northwind),
        ends(northwind, zenco) | {"one_contact_id": priya.pk},
        ends(northwind, zenco) | {"other_organization_id": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tie.objects.create(type=partner, **wrong)


def test_no_tie_leaves_the_workspace(acme, elsewhere, northwind):
    foreign = OrganizationFactory(workspace=elsewhere)
    with workspace_scope(acme.pk):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tie.objects.create(type=called("partner of"), **ends(northwind, foreign))
        tied("partner of", northwind, OrganizationFactory(workspace=acme))
    with workspace_scope(elsewhere.pk):
        assert not Tie.objects.exists()
        assert TieType.objects.exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [("alice", True), ("mara", True), ("bob", True), ("victor", False)],
)
def test_who_may_change_one_of_the_two_ties_them(in_acme, request, northwind, zenco, who, may):
    by = request.getfixturevalue(who).actor
    if not may:
        with pytest.raises(NotAllowed):
            tied("partner of", northwind, zenco, by=by)
        tie = tied("partner of", northwind, zenco)
        with pytest.raises(NotAllowed):
            tie.remove(by=by)
        return
    tied("partner of", northwind, zenco, by=by).remove(by=by)
    assert not Tie.objects.exists()


def test_a_kind_of_tie_in_use_stays(in_acme, alice, northwind, zenco):
    tied("partner of", northwind, zenco)
    with pytest.raises(Refusal, match="names 1 tie"):
        called("partner of").remove(by=alice.actor)
    called("competitor of").remove(by=alice.actor)


# --- what becomes of it -----------------------------------------------------------------------------------------------
def test_the_other_end_in_the_trash_hides_it(in_acme, bob, northwind, zenco):
    tied("partner of", northwind, zenco)
    zenco.rows().trash(by=SYSTEM)
    assert said(northwind, bob) == []
    zenco.rows().restore(by=SYSTEM)
    assert said(northwind, bob) == [("partner of", "Zenco")]


def test_the_other_end_deleted_for_good_takes_it_along(in_acme, northwind, zenco):
    tied("partner of", northwind, zenco)
    Organization.objects.filter(pk=zenco.pk).delete()
    assert not Tie.objects.exists()


def test_adding_and_removing_are_undone(in_acme, alice, northwind, zenco):
    with change_set("", by=alice.actor, source="web"):
        tie = Tie.add(called("partner of"), northwind, zenco, note="Since the fair", by=alice.actor)
        added = ChangeSet.current()
    with change_set("", by=alice.actor, source="web"):
        tie.remove(by=alice.actor)
        removed = ChangeSet.current()
    undo(removed, by=alice.actor)
    assert Tie.objects.get().note == "Since the fair"
    undo(added, by=alice.actor)
    assert not Tie.objects.exists()


def test_an_undo_brings_back_no_second_one(in_acme, alice, northwind, zenco):
    tie = tied("partner of", northwind, zenco)
    with change_set("", by=alice.actor, source="web"):
        tie.remove(by=alice.actor)
        removed = ChangeSet.current()
    tied("partner of", northwind, zenco)
    assert undo(removed, by=alice.actor).skipped
    assert Tie.objects.count() == 1


def test_history_tells_of_it_on_both(client_of, alice, acme, northwind, zenco):
    with workspace_scope(acme.pk):
        tied("partner of", northwind, zenco, by=alice.actor)
    for record in (northwind, zenco):
        page = page_text(client_of(alice).get_w("organizations:history", record.pk))
        assert "Tie added: Northwind Freight partner of Zenco" in page


def test_a_merge_carries_ties_and_leaves_none_to_itself(in_acme, alice, bob, northwind, zenco, acme):
    double, hub = (OrganizationFactory(workspace=acme, name=name) for name in ("North Wind", "Hub"))
    tied("customer of", double, hub, note="Since 2020")
    tied("customer of", northwind, hub)
    tied("customer of", zenco, double)
    tied("partner of", northwind, double)
    tied("partner of", hub, double)
    tied("partner of", northwind, hub)
    with change_set("", by=alice.actor, source="web"):
        northwind.merge([double], by=alice.actor)
        merging = ChangeSet.current()
    assert sorted(said(northwind, bob)) == [("customer of", "Hub"), ("partner of", "Hub"), ("supplier of", "Zenco")]
    assert Tie.of(northwind).get(type=called("customer of"), one_organization=northwind).note == "Since 2020"
    with change_set("", by=alice.actor, source="web"):
        Tie.of(northwind).filter(type=called("partner of")).first().remove(by=alice.actor)
        twice = ChangeSet.current()
    assert ("partner of", "Hub") not in said(northwind, bob)
    undo(twice, by=alice.actor)
    undo(merging, by=alice.actor)
    assert Tie.objects.count() == 6


# --- pages ------------------------------------------------------------------------------------------------------------
def test_a_tie_is_added_and_removed_without_javascript(client_of, bob, acme, northwind, priya):
    client = client_of(bob)
    path = client.url("ties:create", "organization", northwind.pk)
    assert f'href="{path}"' in page_text(client.get_w("organizations:detail", northwind.pk))
    page = page_text(client.get(path))
    with workspace_scope(acme.pk):
        employer = called("former employee of")
    data = filled_form(page) | {"relation": f"{employer.pk}:other", "record_text": "priya raman", "note": "Until 2021"}
    answer = client.post(path, data)
    assert (answer.status_code, answer.url) == (303, client.url("organizations:detail", northwind.pk) + "?pane=related")
    shown = page_text(client.get(answer.url))
    assert "Former employer of" in shown
    assert "Until 2021" in shown
    other = page_text(client.get_w("contacts:detail", priya.pk))
    assert "Former employee of" in other
    assert "Northwind Freight" in other
    with workspace_scope(acme.pk):
        tie = Tie.objects.get()
    gone = client.post_w("ties:removal", "contact", priya.pk, tie.pk)
    after = page_text(client.get(gone.url))
    assert "Tie to Northwind Freight removed." in after
    client.post(undo_path(after))
    assert "Former employee of" in page_text(client.get_w("contacts:detail", priya.pk))


def test_what_was_typed_is_kept_where_it_can_not_be_saved(client_of, bob, acme, northwind, priya):
    client = client_of(bob)
    path = client.url("ties:create", "organization", northwind.pk)
    with workspace_scope(acme.pk):
        partner = called("partner of")
    data = {"relation": f"{partner.pk}:one", "record_text": "Nobody", "note": "Since the fair"}
    missing = client.post(path, data)
    assert missing.status_code == 422
    assert "Nothing is called “Nobody”." in page_text(missing)
    assert 'value="Since the fair"' in page_text(missing)
    wrong = client.post(path, data | {"record_text": "Priya Raman"})
    assert "does not lead to a record of this kind: Priya Raman" in page_text(wrong)
    asked = client.post(path, data | {"record_text": "priya"})
    assert f'name="record_choice" value="contact:{priya.pk}"' in page_text(asked)
    for nonsense in ("contact:0", "workspace:1", "7", "contact:x"):
        assert client.post(path, data | {"record": nonsense, "record_text": "", "record_shown": ""}).status_code == 422


def test_the_dialog_answers_with_the_panel_alone(client_of, bob, acme, northwind, zenco):
    client = client_of(bob)
    path = client.url("ties:create", "organization", northwind.pk)
    dialog = page_text(client.get(path, headers=HTMX))
    assert '<dialog class="dlg" data-autoshow' in dialog
    assert "<html" not in dialog
    with workspace_scope(acme.pk):
        partner = called("partner of")
    data = {"relation": f"{partner.pk}:one", "record": f"organization:{zenco.pk}", "record_text": "Zenco",
            "record_shown": "Zenco"}  # fmt: skip
    saved = client.post(path, data, headers=HTMX)
    text = page_text(saved)
    assert saved["HX-Reswap"] == "none"
    assert '<section class="panel" id="panel-ties" hx-swap-oob="true"' in text
    assert "Zenco" in text
    assert client.post(path, data, headers=HTMX).status_code == 422


def test_records_of_all_kinds_are_suggested(client_of, bob, northwind, acme):
    person = ContactFactory(workspace=acme, first_name="Nora", last_name="North")
    deal = DealFactory(workspace=acme, name="North deal")
    text = page_text(client_of(bob).get_w("ties:pick", data={"q": "nor"}))
    for key in (f"organization:{northwind.pk}", f"contact:{person.pk}", f"deal:{deal.pk}"):
        assert f'data-value="{key}"' in text


def test_what_one_may_not_see_is_not_found(client_of, bob, victor, charlie, acme, elsewhere, northwind, zenco):
    with workspace_scope(acme.pk):
        tie = tied("partner of", northwind, zenco)
    names = [("ties:create", ()), ("ties:removal", (tie.pk,))]
    for name, more in names:
        assert client_of(charlie).post_w(name, "organization", northwind.pk, *more).status_code == 404
        assert client_of(victor).post_w(name, "organization", northwind.pk, *more).status_code == 403
        assert client_of(bob).post_w(name, "activity", northwind.pk, *more).status_code == 404
    assert client_of(bob).post_w("ties:removal", "contact", northwind.pk, tie.pk).status_code == 404
    page = page_text(client_of(victor).get_w("organizations:detail", northwind.pk))
    assert "Zenco" in page
    assert "Remove the tie" not in page
    foreign = OrganizationFactory(workspace=elsewhere, name="Foreign")
    data = {"relation": f"{tie.type_id}:one", "record": f"organization:{foreign.pk}", "record_text": "Foreign",
            "record_shown": "Foreign"}  # fmt: skip
    client = client_of(bob)
    assert client.post(client.url("ties:create", "organization", northwind.pk), data).status_code == 422


def test_a_hidden_other_end_is_neither_shown_nor_counted(client_of, bob, alice, acme, monkeypatch):
    monkeypatch.setitem(RIGHTS["rep"], "organization", RIGHTS["rep"]["organization"] | {"view": "own"})
    mine = OrganizationFactory(workspace=acme, name="Mine", owner=bob)
    hidden = OrganizationFactory(workspace=acme, name="Hidden", owner=alice)
    with workspace_scope(acme.pk):
        tie = tied("partner of", mine, hidden)
        assert said(mine, bob) == []
        assert said(mine, alice) == [("partner of", "Hidden")]
        with pytest.raises(NotAllowed):
            tied("customer of", mine, hidden, by=bob.actor)
        with pytest.raises(NotAllowed):
            tie.remove(by=bob.actor)
    client = client_of(bob)
    page = page_text(client.get_w("organizations:detail", mine.pk))
    assert "Hidden" not in page
    assert "No ties yet." in page
    assert client.post_w("ties:removal", "organization", mine.pk, tie.pk).status_code == 404
    data = {
        "relation": f"{tie.type_id}:one",
        "record": f"organization:{hidden.pk}",
        "record_text": "x",
        "record_shown": "x",
    }
    assert client.post(client.url("ties:create", "organization", mine.pk), data).status_code == 422
    history = page_text(client.get_w("organizations:history", mine.pk))
    assert "Mine partner of a record that you may not see" in history
    assert "Hidden" not in history


def test_more_ties_are_a_click_away(client_of, bob, acme, northwind):
    others = OrganizationFactory.create_batch(10, workspace=acme)
    with workspace_scope(acme.pk):
        for other in others:
            tied("partner of", northwind, other)
    client = client_of(bob)
    page = page_text(client.get_w("organizations:detail", northwind.pk))
    assert "Show all 10" in page
    whole = page_text(client.get(client.url("organizations:panel", northwind.pk, "ties") + "?all=1"))
    assert all(f">{other.name}</a>" in whole for other in others)


def test_somebody_who_is_erased_takes_the_ties_along(in_acme, alice, priya, northwind):
    from records.erasing import erase
    from workspaces.tracking import history_of

    tied("former employee of", priya, northwind, note="Priya Raman told us")
    with change_set("", by=alice.actor, source="web"):
        erase("contact", priya.pk, by=alice.actor)
    assert not Tie.objects.exists()
    assert not history_of(Tie)._default_manager.exists()
    assert not Contact.objects.filter(pk=priya.pk).exists()
