"""Statements that are compiled once give what their queryset gives, whatever they are asked with."""

import pytest
from django.db.models.functions import Upper

from core.statements import Statement
from workspaces.models import Membership, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [
        User.objects.create(email=f"{name}@acme.example", name=name, is_active=name != "cy")
        for name in ("al", "bo", "cy")
    ]


def test_by_one_and_by_many_values(people, django_assert_num_queries):
    by_name = Statement(lambda name: User.objects.filter(name=name, is_active=True), name=str)
    by_ids = Statement(lambda ids: User.objects.filter(pk__in=ids).order_by("-name"), ids=list)
    for _ in range(7):  # the first runs have plans of their own
        with django_assert_num_queries(3):
            assert by_name(name="bo") == [people[1]]
            assert by_name(name="cy") == []
            assert by_ids(ids=[person.pk for person in people]) == people[::-1]
    assert by_ids(ids=[]) == []


def test_rows_can_be_changed_and_saved(people):
    [bo] = Statement(lambda id: User.objects.filter(pk=id), id=int)(id=people[1].pk)
    bo.language = "cs"
    bo.save()
    assert User.objects.get(pk=bo.pk).language == "cs"
    assert User.objects.count() == 3


def test_deferred_fields_annotations_and_relations(alice, in_acme, django_assert_num_queries):
    named = Statement(
        lambda ids: Membership.objects.filter(pk__in=ids).annotate(shout=Upper("name")).only("email"), ids=list
    )
    [found] = named(ids=[alice.pk])
    assert (found.shout, found.email, "role" in vars(found)) == (alice.name.upper(), alice.email, False)
    assert found.role == "owner"
    joined = Statement(lambda id: Membership.objects.select_related("workspace").filter(pk=id), id=int)
    [found] = joined(id=alice.pk)
    with django_assert_num_queries(0):
        assert found.workspace == in_acme
