"""The change log, what a change changed, undo with its preview, and the history of one record."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Deal
from records.history.log import Counted, entries, roots
from records.history.telling import shown_fields, telling
from records.models import ChangeSet
from tests import fields
from tests.battery_pages import page_text, statements
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, PipelineFactory, StageFactory, TagFactory
from tests.history import change_of, plain
from tests.reading import undo_path
from workspaces.tracking import TRACKED

pytestmark = pytest.mark.django_db


# --- words ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_every_tracked_table_and_column_is_told_of_in_words(model):
    """A name that Django made of the column's is no word: a room says how the table is told of, in `telling.py`."""
    told = telling(model)
    assert told.label, "name the rows"
    assert "verbose_name" in model._meta.original_attrs or told.label != model._meta.verbose_name or told.aside
    if told.aside or told.story:  # words of their own
        return
    unnamed = {f.name for f in shown_fields(model).values() if f._verbose_name is None} - told.labels.keys()
    assert not unnamed, "name these fields, or hide them"


def test_a_deal_is_told_of_as_its_page_shows_it(client_of, acme, bob):
    with workspace_scope(acme.pk):
        pipeline = PipelineFactory(currency="EUR")
        one, two = StageFactory(pipeline=pipeline, name="Demo booked"), StageFactory(pipeline=pipeline, name="Proposal")
        deal = DealFactory(stage=one, value=10_000_00, currency="EUR", owner=bob)
        Deal.objects.update(stage_since=timezone.now() - dt.timedelta(days=3, hours=2))
        contact, tag = ContactFactory(first_name="Priya", last_name="Raman"), TagFactory(name="VIP")

    def change():
        deal.edit(value=12_000_00, expected_close=dt.date(2031, 5, 4), by=bob.actor)
        deal.move_to(two, by=bob.actor)
        deal.rows().tag(tag, by=bob.actor)
        deal.set_people([person(contact)])

    change_of(bob, change)
    page = plain(client_of(bob).get_w("deals:history", deal.pk))
    assert "Stage from Demo booked to Proposal , 3 days in stage" in page
    assert "Value from €10,000 to €12,000" in page
    assert "Expected close from – to 4 May 2031" in page
    assert "Tag added: VIP" in page
    assert "Person added: Priya Raman" in page


def person(contact):
    from deals.models import Person

    return Person(contact, is_primary=True)


# --- the log ----------------------------------------------------------------------------------------------------------
def test_the_log_says_who_changed_what_and_how_much(client_of, alice, promoted):
    page = plain(client_of(alice).get_w("records:log"))
    assert "Priya Raman changed" in page
    assert "Priya Raman changed Priya Raman Bob Lindqvist" in page
    assert "Bob Lindqvist" in page


@pytest.mark.parametrize("model", roots().values(), ids=lambda model: model.__name__)
def test_every_kind_that_the_log_counts_has_words_for_one_and_for_many(model):
    one, many = str(Counted(model, 1)), str(Counted(model, 1_234, is_capped=True))
    assert (one, many) == (f"1 {model._meta.verbose_name}", f"1,234+ {model._meta.verbose_name_plural}")


def test_the_log_counts_as_the_language_does(acme, alice):
    with workspace_scope(acme.pk):
        Contact.objects.bulk_create(Contact(last_name=f"Person {n}") for n in range(5))
        some = [
            change_of(alice, lambda n=n: Contact.objects.filter(pk__in=people(n)).update(job_title=f"x{n}"))
            for n in (1, 2, 5)
        ]
        with translation.override("pl"):
            assert [str(*entry.counts) for entry in entries(some)] == ["1 osoba", "2 osoby", "5 osób"]


def people(many: int) -> list[int]:
    return list(Contact.objects.values_list("pk", flat=True)[:many])


def test_each_role_sees_the_changes_within_its_reach(client_of, acme, alice, bob, mara, victor, promoted):
    with workspace_scope(acme.pk):
        organization = OrganizationFactory()
    by_alice = change_of(alice, lambda: organization.edit(name="Northwind", by=alice.actor))
    seen = {
        member.role: [client_of(member).get_w("records:change", made.pk).status_code for made in (promoted, by_alice)]
        for member in (alice, bob, mara, victor)
    }
    assert seen == {"owner": [200, 200], "rep": [200, 404], "manager": [404, 404], "viewer": [403, 403]}
    assert client_of(bob).post_w("records:undo", by_alice.pk).status_code == 404


def test_another_workspace_finds_no_change(client_of, charlie, promoted):
    client = client_of(charlie)
    for name in ("records:change", "records:undo"):
        assert client.get_w(name, promoted.pk).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=RAMAN+ch", True),
        ("?q=nothing", False),
        ("?source=web", True),
        ("?source=import", False),
        ("?kind=contacts.contact", True),
        ("?kind=deals.deal", False),
        ("?since=2020-01-01", True),
        ("?since=2100-01-01", False),
        ("?until=2020-01-01", False),
        ("?since=tomorrow", True),
    ],
)
def test_the_log_is_narrowed_down(client_of, alice, bob, contact, query, found):
    made = change_of(bob, lambda: contact.edit(job_title="Head", by=bob.actor))
    client = client_of(alice)
    page = page_text(client.get(client.url("records:log") + query))
    assert (f'href="{client.url("records:change", made.pk)}"' in page) is found


def test_the_log_goes_on_from_page_to_page(client_of, acme, alice, monkeypatch):
    monkeypatch.setattr("records.history.log.PAGE", 2)
    with workspace_scope(acme.pk):
        organization = OrganizationFactory()
    made = [
        change_of(alice, lambda n=n: organization.rows().update(name=f"No {n}"), label=f"Step {n}") for n in range(3)
    ]
    client = client_of(alice)
    first = plain(client.get_w("records:log"))
    second = plain(client.get(client.url("records:log") + f"?before={made[1].pk}"))
    assert ("Step 2" in first, "Step 1" in first, "Step 0" in first) == (True, True, False)
    assert ("Step 1" in second, "Step 0" in second) == (False, True)


def test_only_admins_see_from_where(client_of, acme, alice, bob, contact):
    client = client_of(bob)
    with workspace_scope(acme.pk):
        organization = OrganizationFactory()
    client.post_w("organizations:tags", organization.pk, data={"name": "x"})  # refused, changes nothing
    with workspace_scope(acme.pk):
        TagFactory(name="VIP")
    client.post_w("organizations:tags", organization.pk, data={"name": "VIP"})
    with workspace_scope(acme.pk):
        made = ChangeSet.objects.latest("pk")
    assert made.address == "127.0.0.1"
    assert "127.0.0.1" in plain(client_of(alice).get_w("records:change", made.pk))
    assert "127.0.0.1" not in plain(client.get_w("records:change", made.pk))


def test_a_change_of_many_rows_is_shown_page_by_page(client_of, acme, alice):
    with workspace_scope(acme.pk):
        Contact.objects.bulk_create(Contact(last_name=f"Person {n:03}") for n in range(75))
    made = change_of(alice, lambda: Contact.objects.update(job_title="Buyer"))
    client = client_of(alice)
    first = plain(client.get_w("records:change", made.pk))
    assert ("Person 019" in first, "Person 020" in first, "75" in first) == (True, False, True)
    path, after = client.url("records:change", made.pk), 0
    shown = []
    while after is not None:
        page = client.get(f"{path}?kind=contacts.contact&after={after}")
        shown += [story.whole for story in page.context["sections"][0].stories]
        after = page.context["sections"][0].after or None
    assert shown == [f"Person {n:03}" for n in range(75)]


# --- the history of a record ------------------------------------------------------------------------------------------
def test_the_panel_and_the_page_tell_what_changed_by_whom(client_of, bob, contact, promoted):
    client = client_of(bob)
    for path in (client.url("contacts:panel", contact.pk, "history"), client.url("contacts:history", contact.pk)):
        page = plain(client.get(path, headers={"HX-Request": "true"} if "panels" in path else {}))
        assert "Job title from Buyer to Head of purchasing" in page
        assert "Bob Lindqvist" in page


def test_a_single_value_comes_back_as_a_change_that_can_be_undone(client_of, bob, contact, promoted):
    client = client_of(bob)
    page = client.get_w("contacts:history", contact.pk)
    version = next(chapter for chapter in page.context["chapters"]).stories[0].change.before_id
    answer = client.post_w("contacts:restore_value", contact.pk, data={"field": "job_title", "version": version})
    assert answer.status_code == 303
    with workspace_scope(bob.workspace_id):
        assert Contact.objects.get(pk=contact.pk).job_title == "Buyer"
        assert str(ChangeSet.objects.latest("pk")) == "Job title restored"
    client.post(undo_path(page_text(client.get(answer.url))))
    with workspace_scope(bob.workspace_id):
        assert Contact.objects.get(pk=contact.pk).job_title == "Head of purchasing"


def test_a_restore_says_what_comes_back_and_is_offered_only_where_that_is_not_there(client_of, bob, contact, promoted):
    client = client_of(bob)
    assert "Restore “Buyer” : Job title" in plain(client.get_w("contacts:history", contact.pk))
    change_of(bob, lambda: contact.edit(job_title="Buyer", by=bob.actor))
    page = plain(client.get_w("contacts:history", contact.pk))
    assert "Restore “Head of purchasing”" in page
    assert "Restore “Buyer”" not in page


def test_a_stage_is_restored_by_a_move_and_an_amount_with_its_currency(client_of, acme, bob):
    with workspace_scope(acme.pk):
        pipeline = PipelineFactory(currency="EUR")
        one, two = StageFactory(pipeline=pipeline), StageFactory(pipeline=pipeline)
        deal = DealFactory(stage=one, value=100, currency="EUR", owner=bob)
    change_of(bob, lambda: deal.edit(value=200, currency="CZK", stage=two, by=bob.actor))
    client = client_of(bob)
    chapter = client.get_w("deals:history", deal.pk).context["chapters"][0]
    version = next(story for story in chapter.stories if story.is_own).change.before_id
    for field in ("value", "stage"):
        assert (
            client.post_w("deals:restore_value", deal.pk, data={"field": field, "version": version}).status_code == 303
        )
    with workspace_scope(acme.pk):
        deal.refresh_from_db()
        assert (deal.value, deal.currency, deal.stage) == (100, "EUR", one)
        assert deal.stage_changes.count() == 2


def test_no_value_comes_back_from_another_record_or_into_a_field_that_nobody_edits(client_of, acme, bob, contact):
    with workspace_scope(acme.pk):
        other = ContactFactory(job_title="Director", owner=bob)
        foreign, own = other.versions.first().pgh_id, contact.versions.first().pgh_id
    client = client_of(bob)
    for data in ({"field": "job_title", "version": foreign}, {"field": "deleted_at", "version": own}, {}):
        assert client.post_w("contacts:restore_value", contact.pk, data=data).status_code == 404


def test_a_viewer_reads_the_history_and_restores_nothing(client_of, victor, contact, promoted):
    client = client_of(victor)
    page = page_text(client.get_w("contacts:history", contact.pk))
    assert "Head of purchasing" in page
    assert client.url("contacts:restore_value", contact.pk) not in page
    assert client.url("records:change", promoted.pk) not in page
    assert client.post_w("contacts:restore_value", contact.pk).status_code == 403


def test_the_history_is_narrowed_down_to_a_field(client_of, bob, contact, promoted):
    change_of(bob, lambda: contact.edit(last_name="Rao", by=bob.actor))
    client = client_of(bob)
    page = plain(client.get(client.url("contacts:history", contact.pk) + "?field=last_name"))
    assert "Last name from Raman to Rao" in page
    assert "Head of purchasing" not in page


def test_two_moments_are_compared_field_by_field(client_of, acme, bob, contact, promoted):
    with workspace_scope(acme.pk):
        before = contact.versions.first().pgh_created_at
        tag = TagFactory(name="VIP")
    change_of(bob, lambda: contact.rows().tag(tag, by=bob.actor))
    client = client_of(bob)
    path = client.url("contacts:history", contact.pk)
    local = timezone.localtime(before + dt.timedelta(microseconds=1)).isoformat()[:26]
    page = plain(client.get(path, {"from": local}))
    assert "Job title from Buyer to Head of purchasing" in page
    assert "Tag added: VIP" in page
    assert "Nothing is different" in plain(client.get(path, {"from": local, "to": local}))
    assert client.get(path, {"from": "yesterday"}).status_code == 422


def test_what_the_reader_may_not_see_has_no_name(client_of, acme, alice, bob):
    with workspace_scope(acme.pk):
        secret = OrganizationFactory(name="Secret Mills", owner=alice)
        deal = DealFactory(owner=bob)
    change_of(bob, lambda: deal.edit(organization=secret, by=bob.actor))
    with workspace_scope(acme.pk):
        secret.guard(by=alice.actor, is_private=True, members=[])
    (chapter, *_others) = client_of(bob).get_w("deals:history", deal.pk).context["chapters"]
    assert [line.now for line in chapter.stories[0].lines] == ["a record that you may not see"]


def test_values_of_custom_fields_are_as_hidden_as_their_record(client_of, acme, alice, bob, contact):
    made = fields.field(acme, "contact", "text", name="Nickname")
    changed = change_of(bob, lambda: contact.edit(by=bob.actor, **{made.key: "Bear"}))
    client = client_of(bob)
    assert "Bear" in plain(client.get_w("records:change", changed.pk))
    with workspace_scope(acme.pk):
        contact.rows().update(owner=alice, is_private=True)
    page = plain(client.get_w("records:change", changed.pk))
    assert "a record that you may not see" in page
    assert "Bear" not in page


# --- cost -------------------------------------------------------------------------------------------------------------
def test_the_pages_cost_few_statements(client_of, alice, bob, contact, promoted):
    client = client_of(alice)
    for name, args, most in (
        ("records:log", (), 9),
        ("records:change", (promoted.pk,), 12),
        ("contacts:history", (contact.pk,), 14),
    ):
        client.get_w(name, *args)
        made = statements(client, client.url(name, *args))
        assert len(made) <= most, f"{name}: {len(made)}\n" + "\n".join(sql[:150] for sql in made)
