"""Parts of a record's page that stay folded: a cookie of the reader's own, for all records of the type."""

import pytest

from tests.battery_pages import page_text
from tests.factories import ContactFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def test_what_the_cookie_names_is_drawn_folded_on_every_record_of_the_type(client_of, bob, acme):
    first, second, company = (
        ContactFactory(workspace=acme),
        ContactFactory(workspace=acme),
        OrganizationFactory(workspace=acme),
    )
    client = client_of(bob)
    client.cookies[f"folds-{bob.pk}"] = "contact-other.contact-files"
    for contact in (first, second):
        page = page_text(client.get_w("contacts:detail", contact.pk))
        assert f'data-folds="folds-{bob.pk}" data-record="contact"' in page
        for name in ("other", "files"):
            assert f'<details class="fold" data-fold="{name}">' in page
        for name in ("details", "deals", "organizations"):
            assert f'<details class="fold" data-fold="{name}" open>' in page
    assert 'data-fold="files" open>' in page_text(client.get_w("organizations:detail", company.pk))


def test_another_member_at_the_same_computer_has_its_own(client_of, bob, mara, acme):
    contact = ContactFactory(workspace=acme)
    client = client_of(mara)
    client.cookies[f"folds-{bob.pk}"] = "contact-files"
    assert 'data-fold="files" open>' in page_text(client.get_w("contacts:detail", contact.pk))


def test_a_panel_that_the_address_names_stands_open(client_of, bob, acme):
    contact = ContactFactory(workspace=acme)
    client = client_of(bob)
    client.cookies[f"folds-{bob.pk}"] = "contact-files.contact-<script>"
    page = page_text(client.get_w("contacts:panel", contact.pk, "deals"))
    assert 'data-fold="deals" open>' in page
