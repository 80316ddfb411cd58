"""Naming people on a private record: boxes to tick where they are few, by name where they are many."""

import pytest

from core.tenancy import workspace_scope
from records.pages.visibility import MOST_TICKED
from tests.battery_pages import page_text
from tests.factories import ContactFactory, MembershipFactory, UserFactory
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(acme, bob):
    return ContactFactory(workspace=acme, owner=bob, last_name="Raman")


def named(person) -> list[str]:
    with workspace_scope(person.workspace_id):
        return sorted(person.viewers.values_list("member__name", flat=True))


def test_few_have_a_box_each(client_of, bob, mara, victor, person):
    client = client_of(bob)
    page = page_text(client.get_w("contacts:visibility", person.pk))
    assert ("Mara Lind" in page, "datalist" in page) == (True, False)
    client.post_w("contacts:visibility", person.pk, data={"is_private": "on", "members": [mara.pk, victor.pk]})
    assert named(person) == sorted([mara.name, victor.name])


def test_many_are_found_by_name_and_who_is_named_has_a_box(client_of, acme, bob, mara, person):
    for number in range(MOST_TICKED):
        MembershipFactory(workspace=acme, name=f"Zoë Novák {number}")
    twins = [MembershipFactory(workspace=acme, name="Ada Twin", user=UserFactory()) for _ in range(2)]
    client = client_of(bob)
    page = page_text(client.get_w("contacts:visibility", person.pk))
    assert 'name="members"' not in page
    assert '<option value="Mara Lind">' in page
    path = client.url("contacts:visibility", person.pk)
    sent = filled_form(page) | {"is_private": "on", "more": "mara lind, ZOE NOVAK 3,"}
    assert client.post(path, sent).status_code == 303
    assert named(person) == ["Mara Lind", "Zoë Novák 3"]
    page = page_text(client.get(path))
    assert page.count('name="members"') == 2, "a box for each who is named"
    wrong = client.post(path, {"is_private": "on", "members": [mara.pk], "more": "Mr Nobody"})
    assert wrong.status_code == 422
    assert "Nobody is called “Mr Nobody”." in page_text(wrong)
    assert 'value="Mr Nobody"' in page_text(wrong)
    assert "Several people are called" in page_text(client.post(path, {"members": [mara.pk], "more": "ada twin"}))
    client.post(path, {"is_private": "on", "members": [mara.pk], "more": twins[1].user.email})
    with workspace_scope(acme.pk):
        assert set(person.viewers.values_list("member", flat=True)) == {mara.pk, twins[1].pk}
