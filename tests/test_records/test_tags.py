"""Tags: one for each word, whatever its case and whichever door it comes through."""

import pytest
from django.db import IntegrityError, transaction

from records.models import Refusal, Tag
from tests.factories import ContactFactory, TagFactory
from tests.importing import Importer, csv_bytes

pytestmark = pytest.mark.django_db


def test_a_word_is_one_tag_whatever_its_case(alice, in_acme):
    tag = Tag.named(" VIP ", by=alice.actor)
    assert (tag.name, Tag.named("vip", by=alice.actor)) == ("VIP", tag)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="vip")
    with pytest.raises(Refusal, match="A tag of this name exists"):
        Tag(name="vip").keep(by=alice.actor)


def test_who_may_not_make_tags_uses_those_that_are_there(bob, in_acme):
    tag = TagFactory(name="VIP")
    assert Tag.named("vip", by=bob.actor) == tag
    for name in ("new", " "):
        with pytest.raises(Refusal):
            Tag.named(name, by=bob.actor)
    assert Tag.objects.get() == tag


def test_bulk_and_import_take_the_tag_that_is_there(alice, client_of, in_acme):
    tag, person = TagFactory(name="VIP"), ContactFactory(last_name="Raman")
    client = client_of(alice)
    client.post_w("contacts:bulk", data={"action": "tag", "ids": person.pk, "new": "vip", "confirmed": "1"})
    Importer(client).run("contact", csv_bytes([["Name", "Tags"], ["Daly", "vip; Vip"]]))
    Importer(client).run("tag", csv_bytes([["Tag"], ["vIP"]]))
    assert Tag.objects.get() == tag
    assert tag.contacttag_set.count() == 2
