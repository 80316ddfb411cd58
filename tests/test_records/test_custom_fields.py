"""Each kind of custom field of each record type, from the form to the page, the list, the file, and back by undo."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from core.tenancy import workspace_scope
from records.custom.targets import customized, model_of
from records.models.custom_field import KINDS
from tests.fields import SAMPLES, TYPES, field, filled
from tests.reading import filled_form, undo_path
from workspaces.models import Workspace

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(params=TYPES)
def record_type(request) -> str:
    return request.param


@pytest.fixture(params=SAMPLES)
def sample(request):
    return SAMPLES[request.param]


@pytest.fixture
def made(acme, record_type, sample):
    return field(acme, record_type, sample.kind)


@pytest.fixture
def typed(made, sample, bob, mara) -> Callable[[int], dict[str, Any]]:
    """The fields of a form that hold the first or the second value."""

    def parts(place: int) -> dict[str, Any]:
        values = filled(sample.typed[place], made, bob, mara)
        values = values if isinstance(values, tuple) else (values,)
        return {made.key + part: value for part, value in zip(sample.parts, values, strict=True)}

    return parts


def text_of(answer) -> str:
    return answer.content.decode()


def facts_of(client, record) -> str:
    page = text_of(client.get_w(f"{record.namespace}:detail", record.pk))
    return page.partition('<section class="facts"')[2].partition("</section>")[0]


def fact_of(client, record, made) -> str:
    found = re.search(rf'id="fact-{made.key}".*?</div>', facts_of(client, record), re.S)
    assert found
    return found[0]


def test_every_kind_and_every_record_type_is_tried():
    assert SAMPLES.keys() == KINDS.keys()
    assert TYPES.keys() == customized().keys()


def create(client, record_type: str, values: dict[str, Any]) -> Any:
    """A record made by the form; returns it."""
    namespace = model_of(record_type).namespace
    page = text_of(client.get_w(f"{namespace}:create"))
    answer = client.post_w(
        f"{namespace}:create", data=filled_form(page) | TYPES[record_type][2] | values | {"anyway": "1"}
    )
    assert answer.status_code == 303, re.findall(r'class="err".*?</p>', text_of(answer))
    with workspace_scope(client.workspace.pk):
        return model_of(record_type).objects.latest("pk")


def test_a_value_goes_from_the_form_to_the_page_and_back_by_undo(client_of, bob, made, sample, record_type, typed):
    client = client_of(bob)
    record = create(client, record_type, typed(0))
    assert sample.shown[0] in fact_of(client, record, made)
    assert made.name in fact_of(client, record, made)

    page = text_of(client.get_w(f"{record.namespace}:edit", record.pk))
    assert client.post_w(f"{record.namespace}:edit", record.pk, data=several(page, made) | typed(1)).status_code == 303
    page = text_of(client.get_w(f"{record.namespace}:detail", record.pk))
    assert sample.shown[1] in fact_of(client, record, made)
    assert sample.shown[0] not in fact_of(client, record, made)
    client.post(undo_path(page))
    assert sample.shown[0] in fact_of(client, record, made)


def several(page: str, made) -> dict[str, Any]:
    """The form as it stands; of a field of several choices all that are ticked."""
    data = filled_form(page)
    ticked = re.findall(rf'name="{made.key}" value="(\d+)"[^>]*checked', page)
    return data | ({made.key: ticked} if made.kind == "choices" else {})


def test_saving_what_was_not_changed_changes_nothing(client_of, bob, made, record_type, typed, acme):
    client = client_of(bob)
    record = create(client, record_type, typed(0))
    page = text_of(client.get_w(f"{record.namespace}:edit", record.pk))
    assert client.post_w(f"{record.namespace}:edit", record.pk, data=several(page, made)).status_code == 303
    with workspace_scope(acme.pk):
        assert model_of(record_type).objects.get(pk=record.pk).version == record.version


def test_the_list_shows_filters_and_sorts(client_of, bob, mara, made, sample, record_type, typed, acme, monkeypatch):
    client = client_of(bob)
    with workspace_scope(acme.pk):
        without = TYPES[record_type][1]()
    first = create(client, record_type, typed(0))
    second = None if sample.kind == "long_text" else create(client, record_type, typed(1))
    path = client.url(f"{first.namespace}:list")

    def ids(query: str) -> list[int]:
        page = text_of(client.get(f"{path}?{query}"))
        return [int(pk) for pk in re.findall(rf'<tr id="{record_type}-(\d+)"', page)]

    page = text_of(client.get(path))
    assert made.name in page
    assert sample.shown[0].replace("<br>", " ") in page or sample.kind in ("date", "email")
    query = filled(sample.query, made, bob, mara)
    assert ids(query) == [first.pk]
    empty = f"{made.key}=none" if sample.kind in ("choice", "choices", "member") else f"{made.key}_is=none"
    assert without.pk in ids(empty)
    assert first.pk not in ids(empty)

    with workspace_scope(acme.pk):
        listing = TYPES[record_type][0].of(Workspace.objects.get(pk=acme.pk))
    if listing.by_name[made.key].sort:
        monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 1)
        for sign in ("", "-"):
            seen, url = [], f"{path}?sort={sign}{made.key}"
            while url:
                page = text_of(client.get(url))
                seen += [int(pk) for pk in re.findall(rf'<tr id="{record_type}-(\d+)"', page)]
                after = re.search(r'href="([^"]*after=[^"]*)"', page)
                url = path + after[1].replace("&amp;", "&") if after else ""
            assert len(seen) == len(set(seen)), seen
            order = [pk for pk in seen if pk in (first.pk, second.pk)]
            smaller = second.pk if sample.kind in ("number", "yes_no") else first.pk
            assert (order[0] == smaller) == (sign == ""), sample.kind
            assert seen.index(without.pk) > max(map(seen.index, order)), "what has no value comes last"


def test_it_is_edited_in_its_place_though_it_is_empty_and_in_its_cell(
    client_of, bob, made, sample, record_type, typed, acme
):
    client = client_of(bob)
    with workspace_scope(acme.pk):
        record = TYPES[record_type][1](owner=bob)
    facts = facts_of(client, record)
    assert "Empty fields" in facts
    path = client.url(f"{record.namespace}:fact", record.pk, made.key)
    assert f'href="{path}"' in facts
    form = text_of(client.get(path, headers=HTMX))
    answer = client.post(path, filled_form(form, "in-place") | typed(0), headers=HTMX)
    assert answer.status_code == 200, text_of(answer)
    assert sample.shown[0] in text_of(answer)
    assert sample.shown[0] in facts_of(client, record)

    list_path = client.url(f"{record.namespace}:list")
    assert f'href="{path}?cell"' in text_of(client.get(list_path))
    form = text_of(client.get(f"{path}?cell", headers=HTMX | {"Referer": f"http://testserver{list_path}"}))
    action = unescape(re.search(r'hx-post="([^"]+)"', form)[1])
    row = text_of(client.post(action, filled_form(form, "in-place") | typed(1), headers=HTMX))
    assert f'<tr id="{record_type}-{record.pk}"' in row
    assert sample.shown[1] in row or sample.kind in ("date", "email")


def test_who_edits_what_somebody_else_changed_is_told(client_of, bob, mara, made, sample, record_type, typed):
    client, maras = client_of(bob), client_of(mara)
    record = create(client, record_type, {})
    path = client.url(f"{record.namespace}:fact", record.pk, made.key)
    stale = filled_form(text_of(client.get(path, headers=HTMX)), "in-place")
    form = filled_form(text_of(maras.get(path, headers=HTMX)), "in-place")
    assert maras.post(path, form | typed(1), headers=HTMX).status_code == 200
    answer = client.post(path, stale | typed(0), headers=HTMX)
    assert answer.status_code == 409
    assert "Mara Lind" in text_of(answer)


def test_history_and_timeline_tell_it_in_words(client_of, alice, bob, made, sample, record_type, typed):
    client = client_of(bob)
    record = create(client, record_type, {})
    page = text_of(client.get_w(f"{record.namespace}:edit", record.pk))
    client.post_w(f"{record.namespace}:edit", record.pk, data=filled_form(page) | typed(0))
    page = text_of(client.get_w(f"{record.namespace}:detail", record.pk))
    told = {"phone": "+1 212-555-0123"}.get(sample.kind, "")
    assert f"{made.name} set to {told}" in page
    history = text_of(client_of(alice).get_w(f"{record.namespace}:history", record.pk))
    assert made.name in history
    word = sample.shown[0].removeprefix("tel:").replace("<br>", " ").split(",")[0]
    if sample.kind not in ("phone", "long_text", "date", "link", "number", "money"):
        assert word in history
