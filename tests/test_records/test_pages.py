"""The machine of record pages below its rooms: panels, facts, uploads, refusals, choosing by name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contacts.models import Contact
from records import panels
from records.pages.values import email_text, web_name
from records.panels import Action, Panel
from records.uploads import LARGEST, UploadForm
from tests.battery_pages import page_text
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(monkeypatch):
    """The panels and actions of people, free to add to for one test."""
    monkeypatch.setitem(panels.PANELS, "contact", dict(panels.PANELS["contact"]))
    monkeypatch.setitem(panels.ACTIONS, "contact", list(panels.ACTIONS["contact"]))


@pytest.fixture
def priya(acme, bob) -> Contact:
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)


def quotes(**more) -> Panel:
    """A panel of a room that does not exist yet, drawn by a template that does."""
    context = {"branches": [], "count": 0}
    return Panel("quotes", "Quotes", "organizations/tree.html", lambda request, record: dict(context), **more)


@pytest.mark.usefixtures("registry")
class TestPanels:
    def test_another_room_adds_one(self, client_of, bob, priya):
        panels.register(
            "contact", quotes(add=lambda request, record: f"/quotes/?for={record.pk}", add_label="Add quote")
        )
        page = page_text(client_of(bob).get_w("contacts:detail", priya.pk))
        assert '<h2 id="panel-quotes-h">Quotes</h2>' in page
        assert f'href="/quotes/?for={priya.pk}">Add quote</a>' in page

    def test_a_name_is_taken_once(self):
        panels.register("contact", quotes())
        with pytest.raises(ValueError, match="quotes"):
            panels.register("contact", quotes())

    def test_they_stand_in_order(self, client_of, bob, priya):
        panels.register("contact", quotes(order=1))
        page = page_text(client_of(bob).get_w("contacts:detail", priya.pk))
        assert page.index("panel-quotes") < page.index("panel-organizations") < page.index("panel-files")

    def test_a_lazy_one_is_loaded_by_its_address(self, client_of, bob, priya):
        panels.register("contact", quotes(lazy=True))
        client = client_of(bob)
        path = client.url("contacts:panel", priya.pk, "quotes")
        page = page_text(client.get_w("contacts:detail", priya.pk))
        assert f'hx-get="{path}" hx-trigger="load, retry"' in page
        assert f'href="{path}"' in page
        assert "No subsidiaries." not in page
        alone = page_text(client.get(path, headers={"HX-Request": "true"}))
        assert "No subsidiaries." in alone
        assert "<html" not in alone
        whole = page_text(client.get(path))
        assert "No subsidiaries." in whole
        assert 'data-pane="related"' in whole

    def test_one_that_is_not_shown_is_not_found(self, client_of, bob, priya):
        panels.register("contact", quotes(shown=lambda request, record: False))
        assert "panel-quotes" not in page_text(client_of(bob).get_w("contacts:detail", priya.pk))
        for name in ("quotes", "nothing"):
            assert client_of(bob).get_w("contacts:panel", priya.pk, name).status_code == 404

    def test_a_button_stands_in_the_head_where_it_leads_somewhere(self, client_of, bob, priya):
        panels.register_action("contact", Action("Quote", "plus", lambda request, record: "/quote/", key="q"))
        panels.register_action("contact", Action("Nowhere", "plus", lambda request, record: ""))
        page = page_text(client_of(bob).get_w("contacts:detail", priya.pk))
        assert 'href="/quote/" data-key="q"' in page
        assert "Nowhere" not in page


@pytest.mark.parametrize("pane", ["timeline", "details", "related"])
def test_the_phone_shows_one_pane_by_its_link(client_of, bob, priya, pane):
    page = page_text(client_of(bob).get(client_of(bob).url("contacts:detail", priya.pk) + f"?pane={pane}"))
    assert f'<div class="record" data-pane="{pane}"' in page


class TestRefusals:
    def test_without_htmx_it_is_a_page_with_a_way_back(self, client_of, bob, priya):
        client = client_of(bob)
        here = f"http://testserver{client.url('contacts:detail', priya.pk)}"
        refused = client.post_w("contacts:tags", priya.pk, data={"name": "Unheard"}, headers={"Referer": here})
        assert refused.status_code == 409
        assert "There is no tag “Unheard”" in page_text(refused)
        assert f'href="{here}"' in page_text(refused)

    def test_it_leads_to_no_other_site(self, client_of, bob, priya):
        refused = client_of(bob).post_w(
            "contacts:tags", priya.pk, data={"name": "Unheard"}, headers={"Referer": "https://evil.example/"}
        )
        assert "evil.example" not in page_text(refused)

    def test_with_htmx_it_is_an_alert_and_nothing_is_replaced(self, client_of, bob, priya):
        refused = client_of(bob).post_w(
            "contacts:tags", priya.pk, data={"name": "Unheard"}, headers={"HX-Request": "true"}
        )
        assert (refused.status_code, refused["HX-Reswap"]) == (409, "none")
        assert '<div id="alerts" hx-swap-oob="innerHTML">' in page_text(refused)
        assert "<html" not in page_text(refused)


class TestUploads:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("plan.pdf", b"%PDF-1.7"),
            ("photo.JPG", b"\xff\xd8\xff\xe0"),
            ("prices.csv", b"product,price\nGTX,550\n"),
            ("letter.eml", b"Subject: <html> in a letter"),
        ],
    )
    def test_usual_files_come_in(self, name, content):
        form = UploadForm({}, {"file": SimpleUploadedFile(name, content)})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["file"].read() == content

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("tool.exe", b"MZ\x90", "can&#x27;t be kept"),
            ("page.html", b"<p>", "can&#x27;t be kept"),
            ("drawing.svg", b"<svg onload='x()'>", "can&#x27;t be kept"),
            ("noending", b"text", "can&#x27;t be kept"),
            ("plan.pdf", b"MZ\x90", "fit its name"),
            ("notes.txt", b"\x7fELF", "fit its name"),
            ("notes.txt", b"#!/bin/sh\n", "fit its name"),
            ("notes.txt", b"hello <SCRIPT>alert(1)</script>", "would run"),
            ("photo.png", b"GIF89a", "fit its name"),
            ("empty.txt", b"", "is empty"),
        ],
    )
    def test_others_stay_out(self, name, content, words):
        form = UploadForm({}, {"file": SimpleUploadedFile(name, content)})
        assert not form.is_valid()
        assert words in str(form.errors)

    def test_large_ones_stay_out(self):
        file = SimpleUploadedFile("plan.pdf", b"%PDF-")
        file.size = LARGEST + 1
        form = UploadForm({}, {"file": file})
        assert not form.is_valid()
        assert "20 MB" in str(form.errors)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.linkedin.com/in/priya-raman/", "in/priya-raman"),
        ("https://uk.linkedin.com/in/priya", "in/priya"),
        ("https://www.northwind.example", "northwind.example"),
        ("https://northwind.example/about/", "northwind.example/about"),
        ("https://notlinkedin.com/in/x", "notlinkedin.com/in/x"),
    ],
)
def test_an_address_is_shown_as_people_say_it(address, name):
    assert web_name(address) == name


def test_an_e_mail_breaks_before_its_at_sign():
    assert email_text("a<b@long.example") == "a&lt;b<wbr>@long.example"
