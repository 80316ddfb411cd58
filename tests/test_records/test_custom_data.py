"""Custom fields where many records are: files, cards, merging, the past, bulk, the filter builder."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.forms import ContactForm
from contacts.listing import ContactListing
from contacts.models import Contact
from core.money import Money
from core.past import as_of
from core.tenancy import workspace_scope
from deals.models import Deal
from records.listing.terms import Terms
from records.models import ChangeSet, CustomValue, Event, Refusal, change_set
from records.models.custom_writing import rows_of
from records.undo import undo
from tests.factories import ContactFactory, DealFactory, OrganizationFactory
from tests.fields import SAMPLES, TYPES, field, filled
from tests.importing import Importer, csv_bytes, run_jobs
from tests.reading import filled_form
from transfers.models import Export
from workspaces.models import Membership
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

#: what a file writes for each kind, and a text that is refused
CELLS = {
    "text": ("Čáp", "x" * 300),
    "long_text": ("One\nTwo", "x" * 10_001),
    "number": ("1250.5", "many"),
    "money": ("12.50", "much"),
    "date": ("2027-01-31", "soon"),
    "yes_no": ("yes", "perhaps"),
    "choice": ("Gold", "Tin"),
    "choices": ("Gold, Silver", "Gold, Tin"),
    "link": ("https://one.example/a", "not a link"),
    "email": ("one@x.example", "one"),
    "phone": ("+12125550123", "12"),
    "member": ("Bob Lindqvist", "Nobody Known"),
    "record": ("Northwind", "Nowhere"),
}
NAMES = {"organization": "name", "contact": "last_name", "deal": "name"}


def text_of(answer) -> str:
    return answer.content.decode()


def exported(client, record: str, key: str) -> list[str]:
    """The cells of one column of the file with all records of a type."""
    answer = client.post_w("transfers:export", data={"record": record, "all": "1", "query": f"columns={key}"})
    assert answer.status_code == 303
    assert run_jobs() == 1
    with workspace_scope(client.workspace.pk):
        asked = Export.objects.latest("pk")
    file = client.get_w("transfers:export_file", asked.pk)
    content = b"".join(file.streaming_content).decode("utf-8-sig")
    return [row[1] for row in csv.reader(io.StringIO(content))]


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("record", TYPES)
def test_a_file_fills_a_field_and_a_file_holds_it(record, kind, client_of, alice, bob, mara, acme):
    """A bad cell refuses its row alone; the undo of the import takes the values back with the records."""
    made = field(acme, record, kind, name="From the file")
    filled("{key}", made, bob, mara)  # the organizations that the cells name
    client = client_of(alice)
    good, bad = CELLS[kind]
    stage = [["Stage"], ["Lead in"], ["Lead in"]] if record == "deal" else [[], [], []]
    rows = [["Name", "From the file"], ["One", good], ["Two", bad]]
    heading = "Last name" if record == "contact" else "Deal name" if record == "deal" else "Name"
    rows[0][0] = heading
    importer = Importer(client)
    done = importer.run(record, csv_bytes([row + more for row, more in zip(rows, stage, strict=True)][:3]))
    assert (done.created, done.refused) == (1, 1), importer.refusals()
    assert "From the file" in next(iter(importer.refusals().values()))
    cells = [cell for cell in exported(client, record, made.key) if cell]
    assert cells == ["From the file", SAMPLES[kind].exported]
    with workspace_scope(acme.pk):
        assert made.values().exists()
        undo(ChangeSet.objects.get(pk=done.change_set_id), by=alice.actor)
        assert not made.values().exists()


def test_an_import_changes_what_differs_and_leaves_what_is_empty(client_of, alice, acme):
    made = field(acme, "contact", "number", name="Score")
    other = field(acme, "contact", "text", name="Region")
    with workspace_scope(acme.pk):
        people = [ContactFactory(external_id=str(place)) for place in range(3)]
        people[0].edit(by=SYSTEM, **{made.key: 1, other.key: "North"})
        people[1].edit(by=SYSTEM, **{made.key: 5})
        versions = {one.pk: one.version for one in Contact.objects.all()}
    rows = [
        ["External id", "Last name", "Score", "Region"],
        *([str(n), people[n].last_name, "5", ""] for n in range(3)),
    ]
    done = Importer(client_of(alice)).run("contact", csv_bytes(rows), key="external_id", matched="update")
    assert (done.created, done.updated, done.skipped) == (0, 2, 1)
    with workspace_scope(acme.pk):
        assert [value.number for value in made.values().order_by("record")] == [50_000] * 3
        assert other.values().get().text == "North"
        grown = {one.pk for one in Contact.objects.all() if one.version > versions[one.pk]}
    assert grown == {people[0].pk, people[2].pk}


def test_new_rows_begin_with_the_default_of_a_field_that_the_file_has_no_column_for(client_of, alice, acme):
    """An empty cell says that there is nothing, and who was there before gets none."""
    level = field(acme, "contact", "choice", name="Level", default="Silver")
    kinds = field(acme, "contact", "choices", name="Kinds", default="Gold, Bronze")
    field(acme, "contact", "date", name="Since", default="today")
    region = field(acme, "contact", "text", name="Territory", default="North")
    with workspace_scope(acme.pk):
        old = ContactFactory(external_id="1")
    new_ones = ["2", "Okafor", ""], ["3", "Zelenka", "South"]
    rows = [["External id", "Last name", "Territory"], ["1", old.last_name, ""], *new_ones]
    done = Importer(client_of(alice)).run("contact", csv_bytes(rows), key="external_id", matched="update")
    assert (done.created, done.updated) == (2, 0)
    with workspace_scope(acme.pk):
        new, newer = Contact.objects.order_by("pk").exclude(pk=old.pk)
        assert {value.record_id: value.choice.name for value in level.values()} == {
            new.pk: "Silver",
            newer.pk: "Silver",
        }
        assert sorted(kinds.values().values_list("record", "choice__name")) == [
            (one.pk, name) for one in (new, newer) for name in ("Bronze", "Gold")
        ]
        assert {value.record_id: value.text for value in region.values()} == {newer.pk: "South"}
        assert not Contact.custom_value().objects.filter(day__isnull=False).exists()


def test_a_draft_of_an_import_lets_go_of_a_field_that_was_retired(client_of, alice, acme):
    made = field(acme, "contact", "text", name="Territory")
    importer = Importer(client_of(alice))
    importer.upload("contact", csv_bytes([["Last name", "Territory"], ["Raman", "North"]]))
    assert importer.newest.mapping == ["last_name", made.key]
    with workspace_scope(acme.pk):
        made.retire(by=SYSTEM)
    assert importer.mapping_page().status_code == 200
    with workspace_scope(acme.pk):
        importer.newest.start()
    run_jobs()
    assert importer.newest.created == 1
    with workspace_scope(acme.pk):
        assert not made.values().exists()


def test_cards_show_the_fields_that_are_marked_without_a_statement_more(client_of, bob, acme):
    with workspace_scope(acme.pk):
        deal = DealFactory(name="Fleet")
    client = client_of(bob)

    def board() -> tuple[str, int]:
        path = f"{client.url('deals:board')}?pipeline={deal.pipeline_id}"
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            page = text_of(client.get(path))
        return page, len(queries)

    _page, before = board()
    shown = field(acme, "deal", "choice", name="Level", on_card=True)
    hidden = field(acme, "deal", "text", name="Region")
    with workspace_scope(acme.pk):
        deal.edit(by=SYSTEM, **{shown.key: shown.choices.get(name="Gold").pk, hidden.key: "North"})
    page, after = board()
    assert '<p class="o">Level: Gold</p>' in page
    assert "Region" not in page
    assert after == before


def test_a_merge_keeps_the_masters_values_and_takes_what_it_lacks(acme, alice):
    level = field(acme, "contact", "choices", name="Level")
    region, score = field(acme, "contact", "text", name="Region"), field(acme, "contact", "number", name="Score")
    boss = field(acme, "organization", "record", name="Boss")
    with workspace_scope(acme.pk):
        boss.target = "contact"
        boss.save()
        gold, silver = level.choices.get(name="Gold").pk, level.choices.get(name="Silver").pk
        one, other = ContactFactory(), ContactFactory()
        company = OrganizationFactory()
        company.edit(by=SYSTEM, **{boss.key: other.pk})
        one.edit(by=SYSTEM, **{region.key: "North", level.key: [gold]})
        other.edit(by=SYSTEM, **{region.key: "South", score.key: 7, level.key: [gold, silver]})
        one = Contact.objects.get(pk=one.pk)
        with change_set("", by=SYSTEM, source="web"):
            one.merge([other], by=SYSTEM)
            merged = ChangeSet.current_id()
        assert region.values().get(record=one).text == "North"
        assert score.values().get(record=one).number == 70_000
        assert {value.choice_id for value in level.values().filter(record=one)} == {gold, silver}
        assert boss.values().get().linked == one.pk
        undo(ChangeSet.objects.get(pk=merged), by=alice.actor)
        assert region.values().get(record=other).text == "South"
        assert score.values().get().record_id == other.pk
        assert boss.values().get().linked == other.pk


def test_a_merge_offers_the_custom_values_that_differ(client_of, bob, acme):
    """What somebody takes is the master's, also nothing, and its undo gives each record its own again."""
    made = {kind: field(acme, "contact", kind, name=f"The {kind}") for kind in ("text", "choice", "money", "member")}
    field(acme, "contact", "choices", name="United, not chosen")
    with workspace_scope(acme.pk):
        gold, silver, _bronze = made["choice"].choices.all()
        one, other = ContactFactory(owner=bob), ContactFactory(owner=bob)
        values = {"text": "North", "choice": gold, "money": Money(1250, "USD"), "member": bob}
        one.edit(by=SYSTEM, **{made[kind].key: value for kind, value in values.items()})
        other.edit(by=SYSTEM, **{made["text"].key: "South", made["choice"].key: silver})
    client = client_of(bob)
    page = text_of(client.get(client.url("contacts:merge") + f"?ids={one.pk}&ids={other.pk}"))
    assert all(word in page for word in ("The text", "South", "Silver", "$12.50", "Bob Lindqvist"))
    assert "United" not in page
    data = filled_form(page, "merge")
    takes = {f"take-{made[kind].key}": other.pk for kind in ("text", "choice", "money")}
    answer = client.post_w("contacts:merge", data=data | {"ids": [one.pk, other.pk], "master": one.pk} | takes)
    assert answer.status_code == 303
    with workspace_scope(acme.pk):
        assert made["text"].values().get(record=one).text == "South"
        assert made["choice"].values().get(record=one).choice_id == silver.pk
        assert not made["money"].values().filter(record=one).exists()
        assert made["member"].values().get(record=one).member_id == bob.pk
        undo(ChangeSet.objects.latest("pk"), by=bob.actor)
        assert {value.record_id: value.text for value in made["text"].values()} == {one.pk: "North", other.pk: "South"}
        assert made["money"].values().get().record_id == one.pk


def test_the_past_shows_what_a_field_held_then(acme):
    made = field(acme, "deal", "date", name="Contract end")
    with workspace_scope(acme.pk):
        deal = DealFactory()
        deal.edit(by=SYSTEM, **{made.key: dt.date(2027, 1, 1)})
        then = timezone.now()
        deal.edit(by=SYSTEM, **{made.key: dt.date(2028, 1, 1)})
        with as_of(then):
            assert rows_of(Deal.objects.get(pk=deal.pk))[made.pk][0].day == dt.date(2027, 1, 1)


def test_what_goes_for_good_takes_its_values_along(acme):
    made = field(acme, "contact", "text")
    with workspace_scope(acme.pk):
        person = ContactFactory()
        person.edit(by=SYSTEM, **{made.key: "x"})
        person.trash(by=SYSTEM)
        assert made.values().count() == 1, "kept while it can be restored"
        Contact.objects.filter(pk=person.pk).delete()
        assert not made.values().exists()


def reader(member: Membership) -> Membership:
    """The member as a request finds it, with its workspace as it is now."""
    return Membership.objects.select_related("workspace").get(pk=member.pk)


def test_many_records_get_one_value_in_a_few_statements(acme, alice):
    made, level = field(acme, "contact", "number", name="Score"), field(acme, "contact", "choices", name="Level")
    with workspace_scope(acme.pk):
        people = [ContactFactory() for _n in range(30)]
        people[0].edit(by=SYSTEM, **{made.key: 7})
        rows = Contact.objects.filter(pk__in=[person.pk for person in people])
        with CaptureQueriesContext(connection) as queries:
            outcome = rows.edit_all({made.key: Decimal("7")}, by=alice.actor)
        assert outcome.done == 30
        assert len(queries) < 20
        assert sum(event.data["labels"] == {made.key: "Score"} for event in Event.objects.filter(kind="changed")) == 30
        assert {value.number for value in made.values()} == {70_000}
        gold = level.choices.get(name="Gold").pk
        assert rows.edit_all({level.key: [gold]}, by=alice.actor).done == 30
        rows.filter(custom_values__field=made).edit_all({made.key: None}, by=alice.actor)
        assert not made.values().exists()
        with pytest.raises(Refusal):
            rows.edit_all({level.key: [0]}, by=alice.actor)
        assert {made.key, level.key} <= set(ContactForm(membership=reader(alice)).settable())


#: what the builder asks beside the filters of the panel: kind -> (what stands behind the key, value)
FURTHER = {"text": ("_exact", "cap"), "number": ("_eq", "1250.5"), "date": ("_ago", "1")}


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_builder_asks_for_a_custom_field_and_for_its_opposite(kind, acme, alice, bob, mara):
    made = field(acme, "contact", kind, name="Asked")
    with workspace_scope(acme.pk):
        one, other = ContactFactory(), ContactFactory()
        values = {"number": Decimal("1250.5"), "date": dt.date(2020, 1, 31), "yes_no": True, "member": bob.pk}
        values |= {"money": Money(1250, "USD"), "record": OrganizationFactory(name="Northwind").pk}
        if kind in ("choice", "choices"):
            gold = made.choices.get(name="Gold").pk
            values |= {"choice": gold, "choices": [gold]}
        one.edit(by=SYSTEM, **{made.key: values.get(kind, CELLS[kind][0])})
        member = reader(alice)
        listing = ContactListing.of(member.workspace)
        terms = Terms(listing, member)
        names = terms.names_of(listing.by_name[made.key])
        asked = {f"{made.key}_is": "any"} if f"{made.key}_is" in names else {}
        if kind in FURTHER:
            suffix, value = FURTHER[kind]
            asked[made.key + suffix] = value
        for name, value in asked.items():
            condition = terms.filter(name).condition(terms.filter(name).field.clean(value))
            assert list(Contact.objects.filter(condition)) == [one], name
            assert list(Contact.objects.filter(~condition)) == [other], name


def test_every_record_type_with_values_is_known():
    assert {model._meta.get_field("record").related_model.record_name for model in CustomValue.__subclasses__()} == set(
        TYPES
    )
