"""A list that one custom value narrows down is found and counted by the values alone, and is the same list."""

import pytest
from django.http import QueryDict

from contacts.listing import ContactListing
from contacts.models import Contact
from core.tenancy import workspace_scope
from records.listing import sole
from records.listing.filterset import ListFilters
from records.models import CustomField
from tests.factories import ContactFactory
from tests.fields import SAMPLES, field, filled
from tests.reading import filled_form
from tests.sight import everywhere, fresh
from workspaces.models import Workspace
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

#: queries of a field with several values, each of which some of the people below have
SEVERAL = ["{key}={gold}", "{key}={gold}&{key}={silver}", "{key}=none", "{key}=none&{key}={gold}"]
TREES = {
    '{{"all": [{{"p": "{key}_min", "v": "2"}}]}}': True,
    '{{"any": [{{"p": "{key}_min", "v": "2"}}]}}': True,
    '{{"all": [{{"p": "{key}_min", "v": "2", "not": true}}]}}': False,
    '{{"all": [{{"p": "{key}_min", "v": "2"}}, {{"p": "job_title", "v": "Buyer"}}]}}': False,
}


@pytest.fixture(autouse=True)
def by_hash(monkeypatch):
    """However few they are."""
    monkeypatch.setattr(sole, "FEW", -1)


def filters(member, query: str) -> ListFilters:
    listing = ContactListing.of(Workspace.objects.get(pk=member.workspace_id))
    return listing.filters(fresh(member), QueryDict(query))


def ids(rows) -> list[int]:
    return sorted(rows.values_list("pk", flat=True))


def people_with(made: CustomField, *values) -> list[Contact]:
    """One with each value, one with the first in the trash, one without any."""
    people = [ContactFactory(last_name=f"No. {n}") for n, _value in enumerate(values)]
    for person, value in zip(people, values, strict=True):
        person.edit(by=SYSTEM, **{made.key: value})
    gone = ContactFactory(last_name="Gone")
    gone.edit(by=SYSTEM, **{made.key: values[0]})
    gone.trash(by=SYSTEM)
    return [*people, ContactFactory(last_name="Without")]


@pytest.mark.parametrize("kind", sorted(SAMPLES.keys() - {"long_text"}))
def test_of_every_kind_the_values_find_the_same_people_and_count_them(kind, client_of, alice, bob, mara, acme):
    sample, made = SAMPLES[kind], field(acme, "contact", kind)
    client, typed = client_of(bob), (*sample.typed[:1] * 2, sample.typed[1], ())
    form = filled_form(client.get_w("contacts:create").content.decode()) | {"anyway": "1"}
    for name, one in zip(("Gone", "Found", "Other", "Without"), typed, strict=True):
        parts = one if isinstance(one, tuple) else (one,)
        data = {made.key + part: filled(text, made, bob, mara) for part, text in zip(sample.parts, parts, strict=False)}
        assert client.post_w("contacts:create", data=form | {"last_name": name} | data).status_code == 303
    with workspace_scope(acme.pk):
        Contact.objects.get(last_name="Gone").trash(by=SYSTEM)
        found = filters(alice, filled(sample.query, made, bob, mara))
        [one] = ids(found.qs)
        assert Contact.objects.get(pk=one).last_name == "Found"
        assert ids(found.sole.rows(ContactListing.order(QueryDict()))) == [one]
        assert "IS TRUE" in str(found.sole.rows(ContactListing.order(QueryDict())).query)
        assert found.sole.count().total == 1


@pytest.mark.parametrize("query", SEVERAL)
def test_who_has_several_of_the_choices_counts_once(query, acme, alice, bob, mara):
    made = field(acme, "contact", "choices")
    with workspace_scope(acme.pk):
        gold, silver, _bronze = made.choices.all()
        people_with(made, [gold, silver], [silver], [gold])
        found = filters(alice, filled(query, made, bob, mara))
        if found.sole:
            assert found.sole.count().total == found.qs.count()
        assert bool(found.sole) == (query == SEVERAL[0])


@pytest.mark.parametrize("tree", TREES)
def test_a_single_condition_of_the_builder_counts_as_one(tree, acme, alice):
    made = field(acme, "contact", "number")
    with workspace_scope(acme.pk):
        people = people_with(made, 1, 2, 3)
        found = filters(alice, f"where={tree.format(key=made.key)}")
        assert bool(found.sole) == TREES[tree]
        if found.sole:
            assert (
                ids(found.sole.rows(ContactListing.order(QueryDict()))) == ids(found.qs) == [p.pk for p in people[1:3]]
            )


def test_beside_another_filter_or_for_who_does_not_see_all_the_values_do_not_say_it(acme, alice, bob):
    made = field(acme, "contact", "number")
    with workspace_scope(acme.pk):
        people_with(made, 1, 2)
        assert filters(alice, f"{made.key}_min=1").sole
        assert not filters(alice, f"{made.key}_min=1&owner=none").sole
        assert not filters(alice, f"{made.key}_min=1&{made.key}_max=5").sole
        assert not filters(alice, f"{made.key}_min=one").sole
        assert not filters(alice, "").sole
        Workspace.objects.filter(pk=acme.pk).update(visibility=everywhere("own"))
        assert not filters(bob, f"{made.key}_min=1").sole


def test_the_list_says_how_many_there_are_up_to_its_cap(client_of, alice, acme, monkeypatch):
    made = field(acme, "contact", "number")
    with workspace_scope(acme.pk):
        people_with(made, *range(1, 6))
    path = f"{client_of(alice).url('contacts:list')}?{made.key}_min=2"
    monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 2)

    def foot(query: str = "") -> str:
        return client_of(alice).get(path + query).content.decode().partition('class="foot"')[2]

    assert "1–2 of 4" in foot()
    monkeypatch.setattr(sole, "CAP", 3)
    assert "1–2 of 3+" in foot()
    assert "1–2 of 4" in foot("&count=exact")
    monkeypatch.setattr(sole, "MANY", 3)
    assert "1–2 of 4" in foot("&count=exact")
