"""Columns that were changed again since are conflicts: they stay unless somebody picks them; the others go back."""

import pytest

from contacts.models import Contact, ContactEmail
from deals.models import Deal, StageChange
from organizations.models import Organization
from records.models import ChangeSet, Refusal, change_set
from records.undo import Picks, TookTooLong
from records.undo.preview import preview
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, StageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_bob(in_acme, bob):
    def run(change) -> ChangeSet:
        with change_set("test", by=bob.actor, source="web"):
            change()
            found = ChangeSet.current()
        assert found is not None
        return found

    return run


@pytest.fixture
def renamed(by_bob) -> tuple[Contact, ChangeSet]:
    """Bob changed title and name of Priya; the title was changed again since."""
    contact = ContactFactory(last_name="Raman", job_title="Buyer")
    rows = Contact.objects.filter(pk=contact.pk)
    changed = by_bob(lambda: rows.update(last_name="Rao", job_title="Head of purchasing"))
    rows.update(job_title="Director")
    return contact, changed


def test_other_columns_of_the_same_row_go_back(renamed, bob):
    contact, changed = renamed
    result = changed.undo(by=bob.actor)
    assert (result.total, dict(result.skipped)) == (1, {})
    assert result.kept == {("contacts_contact", "job_title"): 1}
    contact.refresh_from_db()
    assert (contact.last_name, contact.job_title) == ("Raman", "Director")


def test_what_is_picked_goes_back_too(renamed, bob):
    contact, changed = renamed
    picks = Picks.read([f"contacts_contact.job_title.{contact.pk}"])
    assert changed.undo(by=bob.actor, picks=picks).kept == {}
    contact.refresh_from_db()
    assert (contact.last_name, contact.job_title) == ("Raman", "Buyer")


def test_a_column_can_be_picked_of_every_row(by_bob, bob):
    for name in ("Raman", "Okafor"):
        ContactFactory(last_name=name, job_title="Buyer")
    changed = by_bob(lambda: Contact.objects.update(job_title="Head"))
    Contact.objects.update(job_title="Director")
    assert changed.undo(by=bob.actor, picks=Picks.read(["contacts_contact.job_title.all"])).total == 2
    assert set(Contact.objects.values_list("job_title", flat=True)) == {"Buyer"}


def test_words_that_name_no_column_of_ours_pick_nothing():
    made_up = ["contacts_contact.password.all", "pg_class.relname.1", "contacts_contact.job_title.1;drop", "x", ""]
    assert Picks.read(made_up) == Picks()


def test_an_amount_is_picked_with_its_currency(by_bob, bob):
    deal = DealFactory(value=100, currency="EUR")
    changed = by_bob(lambda: Deal.objects.update(value=200, name="Fleet"))
    Deal.objects.update(currency="CZK")
    assert changed.undo(by=bob.actor).kept == {("deals_deal", "value"): 1}
    deal.refresh_from_db()
    assert (deal.value, deal.currency) == (200, "CZK")
    again = ChangeSet.objects.get(pk=changed.pk).undo(by=bob.actor, picks=Picks.read(["deals_deal.value.all"]))
    assert again.total == 1
    deal.refresh_from_db()
    assert (deal.value, deal.currency) == (100, "EUR")


def test_the_log_of_a_move_stays_where_the_stage_stays(by_bob, bob):
    deal = DealFactory(name="Trucks")
    second, third = (StageFactory(pipeline=deal.pipeline) for _ in range(2))

    def change():
        deal.move_to(second, by=bob.actor)
        Deal.objects.update(name="Fleet")

    changed = by_bob(change)
    deal.move_to(third, by=bob.actor)
    assert changed.undo(by=bob.actor).total == 1
    deal.refresh_from_db()
    assert (deal.name, deal.stage) == ("Trucks", third)
    assert [change.to_stage for change in StageChange.objects.all()] == [second, third]


def test_the_copy_of_a_line_follows_the_line(by_bob, bob):
    """The line stays, since its kind was changed since; so must the copy of it on the person."""
    contact = ContactFactory(last_name="Raman")
    lines = [{"kind": "work", "address": "priya@example.com"}]
    changed = by_bob(lambda: contact.edit(emails=lines, last_name="Rao", by=bob.actor))
    ContactEmail.objects.update(kind="private")
    changed.undo(by=bob.actor)
    contact.refresh_from_db()
    assert (contact.last_name, contact.email) == ("Raman", "priya@example.com")


def test_what_was_made_and_changed_since_is_taken_away_where_it_is_picked(by_bob, bob):
    made = by_bob(lambda: OrganizationFactory(name="Northwind"))
    Organization.objects.update(location="Leeds")
    assert made.undo(by=bob.actor).total == 0
    assert made.undo(by=bob.actor, picks=Picks.read(["organizations_organization.row.all"])).total == 1
    assert not Organization.objects.exists()


def test_an_undo_with_conflicts_is_undone_like_any_other(renamed, bob):
    contact, changed = renamed
    result = changed.undo(by=bob.actor)
    ChangeSet.objects.get(pk=result.change_set_id).undo(by=bob.actor)
    contact.refresh_from_db()
    assert (contact.last_name, contact.job_title) == ("Rao", "Director")


# --- before -----------------------------------------------------------------------------------------------------------
def test_the_preview_tells_what_the_undo_does_and_does_nothing(renamed, bob):
    contact, changed = renamed
    before = ChangeSet.objects.count()
    found = preview(changed, by=bob.actor, picks=Picks())
    assert found.back == {(Contact, "update"): 1}
    (conflict,) = found.conflicts
    assert (conflict.model, conflict.pk, conflict.head) == (Contact, contact.pk, "job_title")
    contact.refresh_from_db()
    assert (contact.last_name, ChangeSet.objects.count()) == ("Rao", before)
    assert changed.undo(by=bob.actor).total == 1  # the plans of the preview are gone


def test_who_runs_out_of_time_is_told_and_nothing_is_changed(renamed, bob, monkeypatch):
    contact, changed = renamed
    monkeypatch.setattr("records.undo.settle", lambda plans: plans[0] and slowly())
    with pytest.raises(TookTooLong):
        changed.undo(by=bob.actor, patience=1)
    contact.refresh_from_db()
    assert contact.last_name == "Rao"


def slowly() -> None:
    from records.undo.schema import sql

    sql("SELECT pg_sleep(3)")


def test_what_is_final_is_not_undone(by_bob, bob):
    def change():
        OrganizationFactory()
        ChangeSet.mark_final()

    with pytest.raises(Refusal, match="for good"):
        by_bob(change).undo(by=bob.actor)
