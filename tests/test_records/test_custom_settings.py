"""Making and changing custom fields: the settings, the verbs, their rights, undo."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact
from core.tenancy import workspace_scope
from records.models import ChangeSet, CustomChoice, CustomField, CustomGroup, NotAllowed, Refusal
from records.models.custom_field import KINDS, LOSSLESS
from records.undo import undo
from tests.fields import TYPES, field
from tests.reading import filled_form, undo_path
from workspaces.models import Membership, Workspace
from workspaces.rights import ROLES, SYSTEM, scope_of

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode()


def afresh(member: Membership) -> Membership:
    """The member as the next request reads it, with the version of the fields."""
    return Membership.objects.select_related("workspace").get(pk=member.pk)


def make(client, record: str = "contact", **values: str) -> CustomField:
    page = text_of(client.get_w("fields:field_create", record))
    answer = client.post_w("fields:field_create", record, data=filled_form(page) | values)
    assert answer.status_code == 303, re.findall(r'class="err".*?</p>|role="alert".*?</p>', text_of(answer))
    with workspace_scope(client.workspace.pk):
        return CustomField.objects.select_related("group").latest("pk")


@pytest.mark.parametrize("record", TYPES)
def test_an_admin_makes_a_field_and_a_rep_has_it_at_the_next_request(client_of, alice, bob, record):
    bobs = client_of(bob)
    form = {"organization": "organizations", "contact": "contacts", "deal": "deals"}[record]
    assert "Contract end" not in text_of(bobs.get_w(f"{form}:create"))
    made = make(client_of(alice), record, name="Contract end", kind="date", new_group="Contract")
    assert (made.record, made.kind, made.group.name) == (record, "date", "Contract")
    page = text_of(bobs.get_w(f"{form}:create"))
    assert "Contract end" in page
    assert "<legend>Contract</legend>" in page


def test_a_choice_without_anything_to_choose_is_refused(client_of, alice):
    client = client_of(alice)
    page = text_of(client.get_w("fields:field_create", "contact"))
    answer = client.post_w(
        "fields:field_create", "contact", data=filled_form(page) | {"name": "Level", "kind": "choice"}
    )
    assert answer.status_code == 422
    assert "Give the field something to choose from." in text_of(answer)
    assert 'value="Level"' in text_of(answer)


def test_choices_are_renamed_retired_and_removed(client_of, alice, bob, acme):
    client = client_of(alice)
    names = {"choices-0-name": "Gold", "choices-1-name": "Silver", "choices-2-name": "Tin"}
    made = make(client, name="Level", kind="choice", **names)
    with workspace_scope(acme.pk):
        gold, silver, _tin = CustomChoice.objects.filter(field=made)
        person = TYPES["contact"][1]()
        person.edit(by=SYSTEM, **{made.key: gold.pk})
    page = text_of(client.get_w("fields:field", made.pk))
    renamed = filled_form(page) | {
        "choices-0-name": "Platinum",
        "choices-1-state": "retired",
        "choices-2-state": "removed",
    }
    assert client.post_w("fields:field", made.pk, data=renamed).status_code == 303
    with workspace_scope(acme.pk):
        assert [choice.name for choice in CustomChoice.objects.filter(field=made)] == ["Platinum", "Silver"]
        assert CustomChoice.objects.get(pk=silver.pk).retired_at
    shown = text_of(client.get_w("contacts:detail", person.pk))
    assert "Platinum" in shown
    form = text_of(client_of(bob).get_w("contacts:edit", person.pk))
    assert "Silver" not in form

    page = text_of(client.get_w("fields:field", made.pk))
    refused = client.post_w("fields:field", made.pk, data=filled_form(page) | {"choices-0-state": "removed"})
    assert refused.status_code == 422
    assert "“Platinum” is in use (1). Retire it in place of removing it." in text_of(refused)


def test_a_retired_field_keeps_its_values_and_comes_back_with_them(client_of, alice, acme):
    client = client_of(alice)
    made = field(acme, "contact", "text", name="Nickname")
    with workspace_scope(acme.pk):
        person = TYPES["contact"][1]()
        person.edit(by=SYSTEM, **{made.key: "Bear"})
    answer = client.post_w("fields:field_retirement", made.pk)
    page = text_of(client.get(answer.url))
    assert "Nobody sees these fields" in page
    assert (
        "Bear"
        not in text_of(client.get_w("contacts:detail", person.pk))
        .partition('class="facts"')[2]
        .partition("</section>")[0]
    )
    with workspace_scope(acme.pk), pytest.raises(Refusal, match="any more"):
        person.edit(by=SYSTEM, **{made.key: "Wolf"})
    client.post(undo_path(page))
    assert (
        "Bear"
        in text_of(client.get_w("contacts:detail", person.pk)).partition('class="facts"')[2].partition("</section>")[0]
    )


def test_fields_and_groups_move_and_groups_go_without_their_fields(client_of, alice, acme):
    client = client_of(alice)
    first, second = (field(acme, "deal", "text", name=name) for name in ("First", "Second"))
    assert client.post_w("fields:field_place", second.pk, data={"way": "up"}).status_code == 303
    with workspace_scope(acme.pk):
        assert list(CustomField.objects.values_list("name", flat=True)) == ["Second", "First"]
    made = make(client, "deal", name="Third", kind="text", new_group="Terms")
    answer = client.post_w("fields:group_removal", made.group_id)
    with workspace_scope(acme.pk):
        assert CustomField.objects.get(pk=made.pk).group is None
    client.post(undo_path(text_of(client.get(answer.url))))
    with workspace_scope(acme.pk):
        assert CustomField.objects.get(pk=made.pk).group.name == "Terms"
    assert first.pk


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_the_fields_and_the_role_decides_who_changes_them(role, client_of, acme, alice, bob):
    bob.role = role
    with workspace_scope(acme.pk):
        bob.save()
    made = field(acme, "contact", "text")
    client = client_of(bob)
    assert made.name in text_of(client.get_w("fields:fields", "contact"))
    may = role in ("owner", "admin")
    assert (scope_of(role, "custom_field", "change") == "all") is may
    for name, args in (("field_create", ["contact"]), ("field", [made.pk])):
        assert client.get_w(f"fields:{name}", *args).status_code == (200 if may else 403)
    for name in ("field_place", "field_retirement", "field_revival"):
        assert client.post_w(f"fields:{name}", made.pk, data={"way": "up"}).status_code == (303 if may else 403)
    with workspace_scope(acme.pk):
        if not may:
            with pytest.raises(NotAllowed):
                made.retire(by=bob.actor)


def test_another_workspaces_field_is_as_good_as_absent(client_of, alice, acme, elsewhere):
    theirs = field(elsewhere, "contact", "text", name="Secret")
    ours = field(acme, "contact", "text", name="Secret")
    client = client_of(alice)
    for name in ("field", "field_place", "field_retirement", "field_revival"):
        verb = client.get_w if name == "field" else client.post_w
        assert verb(f"fields:{name}", theirs.pk).status_code == 404
    with workspace_scope(acme.pk):
        person = TYPES["contact"][1]()
        with pytest.raises(Refusal, match="no field"):
            person.edit(by=SYSTEM, **{theirs.key: "x"})
        person.edit(by=SYSTEM, **{ours.key: "mine"})
    path = client.url("contacts:list")
    assert f"?sort={theirs.key}" not in text_of(client.get(path))
    assert "mine" in text_of(client.get(f"{path}?{theirs.key}=x&sort={theirs.key}"))
    assert client.get_w("contacts:fact", person.pk, theirs.key).status_code == 404


def test_the_kind_changes_only_where_nothing_is_lost(acme):
    with workspace_scope(acme.pk):
        made = field(acme, "contact", "email", name="Second e-mail")
        person = TYPES["contact"][1]()
        person.edit(by=SYSTEM, **{made.key: "a@x.example"})
        made.kind = "number"
        with pytest.raises(Refusal, match="without loss"):
            made.keep_with([], by=SYSTEM)
        made.kind = "text"
        made.keep_with([], by=SYSTEM)
        assert made.values().get().text == "a@x.example"

        level = field(acme, "contact", "choice", name="Level")
        gold = level.choices.get(name="Gold")
        silver = level.choices.get(name="Silver")
        person.edit(by=SYSTEM, **{level.key: gold.pk})
        level.kind = "choices"
        level.keep_with([], by=SYSTEM)
        person.edit(by=SYSTEM, **{level.key: [gold.pk, silver.pk]})
        assert level.values().count() == 2
        level.kind = "choice"
        with pytest.raises(Refusal, match="several choices"):
            level.keep_with([], by=SYSTEM)
        person.edit(by=SYSTEM, **{level.key: [silver.pk]})
        level.keep_with([], by=SYSTEM)
        person.edit(by=SYSTEM, **{level.key: gold.pk})
        assert [value.choice_id for value in level.values()] == [gold.pk]
    assert {kind for pair in LOSSLESS for kind in pair} <= KINDS.keys()


def test_limits_are_said_in_words(acme, monkeypatch):
    monkeypatch.setattr("records.models.custom_field.MOST_FIELDS", 1)
    made = field(acme, "contact", "text")
    with workspace_scope(acme.pk):
        with pytest.raises(Refusal, match="There are 1 fields already"):
            CustomField(record="contact", kind="text", name="One more").keep(by=SYSTEM)
        person = TYPES["contact"][1]()
        with pytest.raises(Refusal, match="at most 255 characters"):
            person.edit(by=SYSTEM, **{made.key: "x" * 256})
        monkeypatch.undo()
        twin = CustomField(record="contact", kind="date", name=made.name.upper())
        with pytest.raises(Refusal, match="A field of this name exists"):
            twin.keep(by=SYSTEM)


def test_an_undone_field_takes_its_column_with_it(client_of, alice, bob, acme):
    client = client_of(alice)
    made = make(client, name="Region", kind="text", in_list="on")
    assert "Region" in text_of(client.get_w("contacts:list"))
    with workspace_scope(acme.pk):
        change_set = ChangeSet.objects.filter(label__contains="Region").latest("pk")
        undo(change_set, by=alice.actor)
        assert not CustomField.objects.filter(pk=made.pk).exists()
    assert "Region" not in text_of(client.get_w("contacts:list"))
    assert CustomGroup


def test_the_help_of_a_field_is_text(client_of, bob, acme):
    field(acme, "contact", "text", help_text="<script>alert(1)</script>", name="<b>Bold</b>")
    page = text_of(client_of(bob).get_w("contacts:create"))
    assert "<script>alert" not in page
    assert "<b>Bold" not in page


def test_required_default_and_hidden_fields(client_of, bob, acme):
    must = field(acme, "contact", "text", name="Region", required=True)
    begun = field(acme, "contact", "choice", name="Level", default="Silver")
    hidden = field(acme, "contact", "number", name="Score", in_form=False, default="5")
    client = client_of(bob)
    page = text_of(client.get_w("contacts:create"))
    assert hidden.key not in page
    data = filled_form(page) | {"last_name": "Raman"}
    with workspace_scope(acme.pk):
        assert data[begun.key] == str(begun.choices.get(name="Silver").pk)
    refused = client.post_w("contacts:create", data=data)
    assert refused.status_code == 422
    assert f'id="id_{must.key}_error"' in text_of(refused)
    answer = client.post_w("contacts:create", data=data | {must.key: "North"})
    page = text_of(client.get(answer.url))
    facts = page.partition('class="facts"')[2].partition("</section>")[0]
    assert all(word in facts for word in ("North", "Silver", ">5<"))


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        ("date", "dnes", "today", "dnes"),
        ("date", "2027-01-31", "2027-01-31", "2027-01-31"),
        ("yes_no", "ano", "yes", "Ano"),
        ("link", "one.example/a", "https://one.example/a", "https://one.example/a"),
        ("phone", "212 555 0123", "+12125550123", "+12125550123"),
        ("number", "1250.50", "1250.50", "1250.50"),
    ],
)
def test_a_default_typed_in_one_language_begins_the_records_of_all(
    kind, typed, kept, shown, client_of, alice, bob, acme
):
    alice.user.language = "cs"
    alice.user.save()
    made = make(client_of(alice), name="Begun", kind=kind, default=typed)
    assert made.default == kept
    assert filled_form(text_of(client_of(alice).get_w("fields:field", made.pk)))["default"] == shown
    client = client_of(bob)
    data = filled_form(text_of(client.get_w("contacts:create")))
    assert data[made.key]
    assert client.post_w("contacts:create", data=data | {"last_name": "Raman"}).status_code == 303
    with workspace_scope(acme.pk):
        by_form = made.values().get()
        Contact.create(by=afresh(bob).actor, last_name="Daly")
        by_verb = made.values().exclude(pk=by_form.pk).get()
        for column in ("text", "number", "day"):
            assert getattr(by_form, column) == getattr(by_verb, column)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("date", "soon"), ("yes_no", "perhaps"), ("number", "many"), ("email", "nobody"), ("link", "ftp://x.example"),
     ("money", "5"), ("member", "Bob Lindqvist"), ("choice", "Tin")],
)  # fmt: skip
def test_a_default_that_the_field_cannot_hold_is_refused_beside_it(kind, typed, client_of, alice):
    client = client_of(alice)
    data = filled_form(text_of(client.get_w("fields:field_create", "contact"))) | {"name": "Begun", "kind": kind}
    refused = client.post_w("fields:field_create", "contact", data=data | {"default": typed})
    assert refused.status_code == 422
    assert 'id="id_default_error"' in text_of(refused)


def test_a_default_that_came_back_without_its_kind_begins_nothing(client_of, bob, acme):
    made = [field(acme, "contact", kind, name=kind, default="soon") for kind in ("date", "number", "yes_no", "link")]
    data = filled_form(text_of(client_of(bob).get_w("contacts:create")))
    assert not any(data.get(one.key) for one in made)
    with workspace_scope(acme.pk):
        person = Contact.create(by=afresh(bob).actor, last_name="Daly")
        assert not person.custom_values.exists()


def test_a_field_that_no_form_shows_cannot_be_required(client_of, alice):
    client = client_of(alice)
    data = filled_form(text_of(client.get_w("fields:field_create", "contact"))) | {"name": "Region", "required": "on"}
    del data["in_form"]
    refused = client.post_w("fields:field_create", "contact", data=data | {"kind": "text"})
    assert refused.status_code == 422
    assert "A required field is one that the form shows." in text_of(refused)


def test_the_short_form_of_an_organization_asks_for_what_is_required(client_of, bob, acme):
    must = field(acme, "contact", "text", name="Region", required=True)
    level = field(acme, "contact", "choice", name="Level", required=True, default="Silver")
    field(acme, "contact", "number", name="Score")
    with workspace_scope(acme.pk):
        organization = TYPES["organization"][1]()
        silver = level.choices.get(name="Silver")
    client = client_of(bob)
    page = text_of(client.get_w("contacts:colleague_create", organization.pk))
    assert "Score" not in page
    data = filled_form(page) | {"last_name": "Raman"}
    assert data[level.key] == str(silver.pk)
    refused = client.post_w("contacts:colleague_create", organization.pk, data=data)
    assert refused.status_code == 422
    assert f'id="id_{must.key}_error"' in text_of(refused)
    with workspace_scope(acme.pk):
        assert not Contact.objects.exists()
    answer = client.post_w("contacts:colleague_create", organization.pk, data=data | {must.key: "North"})
    assert answer.status_code == 303
    with workspace_scope(acme.pk):
        assert must.values().get().text == "North"
        assert level.values().get().choice == silver


def test_a_list_without_custom_columns_costs_what_it_did(client_of, bob, acme):
    with workspace_scope(acme.pk):
        person = TYPES["contact"][1]()
    client = client_of(bob)

    def asked(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    paths = [client.url("contacts:list"), client.url("contacts:detail", person.pk)]
    before = [asked(path) for path in paths]
    made = field(acme, "contact", "text", name="Region", in_list=False)
    many = [field(acme, "contact", kind, name=f"The {kind}") for kind in KINDS if kind != "text"]
    with workspace_scope(acme.pk):
        person.edit(by=SYSTEM, **{made.key: "North", many[1].key: 7})
    further = [1, 0]  # what the amounts add up to
    assert [asked(path) for path in paths] == [n + more for n, more in zip(before, further, strict=True)]
    assert asked(f"{paths[0]}?sort={many[1].key}") <= before[0] + 2, "the rows without a value are a branch"


def test_the_version_grows_with_each_change(acme):
    with workspace_scope(acme.pk):

        def version() -> int:
            return Workspace.objects.get(pk=acme.pk).fields_version

        made, seen = field(acme, "contact", "choice"), []
        for change in (
            lambda: made.retire(by=SYSTEM),
            lambda: made.revive(by=SYSTEM),
            lambda: made.choices.first().delete(),
            lambda: made.keep(by=SYSTEM),
        ):
            seen.append(version())
            change()
        assert seen == sorted(set(seen))
        assert version() > seen[-1]
