"""Fields of one line hold no line breaks, whichever verb fills them."""

import pytest

from contacts.models import Contact, Position
from core.one_line import one_line
from organizations.models import Organization
from records.models import Tag
from tests.fields import field
from workspaces.rights import SYSTEM

TYPED = "North\r\n  Gate\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("", ""), ("One", "One"), (" One ", " One "), (TYPED, "North Gate"), ("\n", ""), ("a\u2028b", "a b")],
)
def test_a_text_without_line_breaks_stays_as_it_is(text, wanted):
    assert one_line(text) == wanted


@pytest.mark.django_db
def test_verbs_fold_what_a_forged_form_says(acme, in_acme):
    level = field(acme, "contact", "text", name="Level")
    long = field(acme, "contact", "long_text", name="Story")
    office = [{"kind": "billing", "street": TYPED, "city": "Leeds", "country": "GB"}]
    freight = Organization.create(by=SYSTEM, name=TYPED, addresses=office)
    person = Contact.create(by=SYSTEM, last_name="Raman", **{level.key: TYPED, long.key: TYPED})
    position = Position.start(person, freight, by=SYSTEM, job_title=TYPED)
    tag = Tag(name=TYPED)
    tag.keep(by=SYSTEM)
    Contact.objects.all().edit_all({"job_title": TYPED}, by=SYSTEM)
    person.refresh_from_db()
    found = [freight.name, freight.addresses.get().street, position.job_title, tag.name, person.job_title]
    assert [*found, level.values().get().text] == ["North Gate"] * 6
    assert "\n" in long.values().get().text, "which has several"
