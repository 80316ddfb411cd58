import gc
import gzip
import re
import unicodedata
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import heroicons
import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils.translation import override

from contacts.models import Contact
from core import bundles
from core.forms import Combobox, DateInput, MoneyInput, Typed
from core.templatetags import ui
from crm.navigation import Navigation, shell
from workspaces.models import Membership, User, Workspace

CSS_BUDGET = 15_000  # bytes, compressed
JS_BUDGET = 25_000


# --- template tags ----------------------------------------------------------------------------------------------------


def test_icon_is_silent_beside_a_text():
    svg = ui.icon("plus")
    assert svg.startswith('<svg class="icon" width="16" height="16" aria-hidden="true"')
    assert 'stroke="currentColor"' in svg


def test_icon_speaks_and_takes_classes():
    spoken = ui.icon("x-mark", label="Close <now>", size=20, **{"class": "end"})
    assert 'class="icon end" width="20"' in spoken
    assert spoken.endswith('<span class="vh">Close &lt;now&gt;</span>')


def test_own_icons_and_unknown_ones():
    assert "stroke-dasharray" in ui.icon("circle-dashed")
    with pytest.raises(heroicons.IconDoesNotExist):
        ui.icon("no-such-icon")


def test_symbols_are_defined_once_and_used():
    symbols = ui.icon_symbols("clock", "circle-dashed")
    assert symbols.count("<symbol") == 2
    assert '<symbol id="i-clock" viewBox="0 0 24 24"><path' in symbols
    assert 'href="#i-clock"' in ui.icon_use("clock")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mara Lind", "ML"),
        ("Łukasz van der Nowak", "ŁN"),
        ("Cher", "CH"),
        ("x", "X"),
        ("  ", "?"),
        ("-- ?", "?"),
        ("škoda", "ŠK"),
        (unicodedata.normalize("NFD", "Škoda Šimek"), "ŠŠ"),
        ("“Žlutý” (kůň)", "ŽK"),
    ],
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


def test_hue_stays_with_a_record_and_grey_is_nobody():
    assert ui.hue(None) == 0
    assert {ui.hue(id) for id in range(1, 50)} == set(range(1, 8))
    assert ui.hue(12) == ui.hue(12)


def test_avatar_is_decoration_or_speaks():
    decoration = ui.avatar(Membership(pk=3, name="Mara Lind"), size="xs")
    assert ">ML<" in decoration
    assert 'aria-hidden="true"' in decoration
    titled = Contact(pk=3, title_prefix="Dr", first_name="Šárka", last_name="Łukasz")
    assert ">ŠŁ<" in ui.avatar(titled)
    speaking = ui.avatar(name="<Tom> Okafor", id=3, size="xs", label="Owner")
    assert '<span class="vh">Owner &lt;Tom&gt; Okafor</span>' in speaking
    assert "<Tom>" not in speaking


@pytest.mark.parametrize(
    ("value", "total", "width"), [(1, 4, "25.0"), (9, 4, "100.0"), (-1, 4, "0.0"), (1, 0, "0.0"), (1, 3, "33.3")]
)
def test_bar_stays_within_its_track(value, total, width):
    assert f'<rect width="{width}"' in ui.bar(value, total)


def test_steps_are_spoken():
    steps = ui.steps(2, 6, 'Stage 2 of 6, "Demo"')
    assert steps.count("<i") == 6
    assert steps.count('class="on"') == 2
    assert 'aria-label="Stage 2 of 6, &quot;Demo&quot;"' in steps


def test_undo_path_of_a_message():
    assert ui.undo_path(Message(constants.SUCCESS, "Gone", extra_tags="big undo:/w/acme/undo/7/")) == "/w/acme/undo/7/"
    assert ui.undo_path(Message(constants.SUCCESS, "Saved")) == ""


# --- the bundles ------------------------------------------------------------------------------------------------------


def bundled(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()


@pytest.mark.parametrize("bundle", bundles.BUNDLES)
def test_bundle_holds_every_source_in_order(bundle):
    content = bundled(bundle).decode()
    places = [content.index(bundles.lean(source.read_text()).strip()) for source in bundles.sources(bundle)]
    assert len(places) > 3
    assert places == sorted(places)


def test_bundle_begins_with_what_the_rest_stands_on():
    assert bundled("css/app.css").lstrip().startswith(b"@layer reset,")
    assert bundles.sources("js/app.js")[0].name == "core.js"


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("/* About.\n   More. */\na {\n  b: c;\n}\n", "\na {\nb: c;\n}\n"),
        ("  x(); // why\n", "x();\n"),
        ('const a = "https://b"; // "quoted"\n', 'const a = "https://b"; // "quoted"\n'),
        ("a { b: c; } /* why */\n", "a { b: c; }\n"),
        ("a();\n\n\nb();\n", "a();\nb();\n"),
    ],
)
def test_what_is_for_readers_of_the_sources_is_not_sent(source, sent):
    assert bundles.lean(source) == sent


def test_scripts_share_one_scope_so_each_name_is_declared_once():
    declared = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
    names = [name for source in bundles.sources("js/app.js") for name in declared.findall(source.read_text())]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_bundle_follows_its_sources(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    css = tmp_path / "static" / "css"
    css.mkdir(parents=True)
    (css / "layers.css").write_text("@layer a;")
    finder = bundles.BundleFinder()
    assert Path(finder.find("css/app.css")).read_text() == "@layer a;"
    (css / "more.css").write_text("@layer a { b { c: d } }")
    assert Path(finder.find("css/app.css")).read_text() == "@layer a;\n@layer a { b { c: d } }"
    assert finder.find("css/layers.css") is None


def test_bundle_outlives_the_finder_that_wrote_it():
    written = bundles.BundleFinder().find("css/app.css")
    gc.collect()
    assert Path(written).read_bytes() == bundled("css/app.css")


def test_bundles_are_collected_with_hashes_and_compressed(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    for pattern in ("css/app.????????????.css.gz", "js/app.????????????.js.gz"):
        assert len(list(tmp_path.glob(pattern))) == 1, pattern


def test_weight_of_styles_and_scripts():
    assert len(gzip.compress(bundled("css/app.css"))) <= CSS_BUDGET
    scripts = [bundled("js/app.js"), bundled("django_htmx/htmx-2.min.js")]
    assert sum(len(gzip.compress(script)) for script in scripts) <= JS_BUDGET


# --- what a strict content policy and the layers forbid ---------------------------------------------------------------

FORBIDDEN = {
    "style attribute": r"\sstyle\s*=",
    "style element": r"<style\b",
    "event attribute": r"\son[a-z]+\s*=\s*[\"']",
    "htmx event attribute": r"\bhx-on\b",
    "script in the page": r"<script(?![^>]*\bsrc=)",
    "evaluated values": r"hx-vals\s*=\s*[\"']js:",
    "trigger filter": r"hx-trigger\s*=\s*[\"'][^\"']*\[",
    "inherited boost": r"\bhx-boost\b",
}


def templates() -> list[Path]:
    return sorted((settings.BASE_DIR / "templates").rglob("*.html"))


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_templates_keep_the_content_policy(fault):
    # What stands between {% and %} is no HTML: `{% icon "star" style="mini" %}` is an argument.
    found = [str(page) for page in templates() if re.search(FORBIDDEN[fault], re.sub(r"{%.*?%}", "", page.read_text()))]
    assert templates()
    assert found == []


def test_stylesheets_keep_to_their_layers():
    for source in [*bundles.sources("css/app.css")[1:], *bundles.sources("apart/apart.css")]:
        text = re.sub(r"/\*.*?\*/", "", source.read_text(), flags=re.S)
        assert re.match(r"\s*@layer (reset|tokens|base|layout|components|pages|utilities) \{", text), source
        assert "!important" not in text, source
        assert text.count("{") == text.count("}"), source


# --- forms ------------------------------------------------------------------------------------------------------------


class PersonForm(forms.Form):
    name = forms.CharField()
    email = forms.EmailField(help_text="Used for letters.")
    born = forms.DateField(required=False, widget=DateInput)
    value = forms.CharField(required=False, widget=MoneyInput("EUR"))
    news = forms.BooleanField(required=False, label="Newsletter")
    kind = forms.ChoiceField(choices=[("a", "Customer")], widget=forms.RadioSelect)


def test_field_ties_hint_and_error_to_its_control():
    html = PersonForm({"name": "Priya", "email": "priya@"})["email"].as_field_group()
    assert '<label for="id_email">Email</label>' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext">Used for letters.' in html
    assert re.search(r'class="err" id="id_email_error">.*Enter a valid email address', html, re.S)


def test_optional_is_marked_and_required_is_not():
    form = PersonForm()
    assert "optional" in form["born"].as_field_group()
    assert "optional" not in form["name"].as_field_group()


def test_each_kind_of_control_has_its_frame():
    form = PersonForm({"value": "12,50"})
    assert '<div class="field tick"><input type="checkbox"' in form["news"].as_field_group()
    assert '<fieldset class="field choices"' in form["kind"].as_field_group()
    money = form["value"].as_field_group()
    assert re.search(r'<span class="unit"><input .*value="12,50".*<span>EUR</span></span>', money, re.S)
    assert 'type="date"' in form["born"].as_field_group()


def test_whole_form_renders_errors_and_fields():
    form = PersonForm({})
    form.add_error(None, "Already there.")
    html = str(form)
    assert html.index("Already there.") < html.index('id="id_name"')
    assert html.count('class="err"') == 3


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"org": "7"}, "7"),
        ({"org": "7", "org_text": "Acme", "org_shown": "Acme"}, "7"),
        ({"org": "7", "org_text": "Other", "org_shown": "Acme"}, Typed("Other")),
        ({"org": "7", "org_text": "", "org_shown": "Acme"}, Typed("")),
        ({"org": "", "org_text": "Acme", "org_shown": ""}, Typed("Acme")),
    ],
)
def test_combobox_tells_chosen_from_typed(data, value):
    found = Combobox("organizations:options").value_from_datadict(data, {}, "org")
    assert (found, type(found)) == (value, type(value))


# --- navigation and the shell -----------------------------------------------------------------------------------------


def page(request):
    raise NotImplementedError


def room(name: str) -> object:
    return include(([path("", page, name="list"), path("new/", page, name="create")], name))


urlpatterns = [
    path("reports/", page, name="overview"),
    path("search/", page, name="search"),
    path("deals/", include(([path("board/", page, name="board"), path("new/", page, name="create")], "deals"))),
    path("people/", room("contacts")),
    path("imports/", room("transfers")),
]


@pytest.fixture
def request_as(settings):
    settings.WORKSPACE_URLCONF = __name__

    def make(role: str, namespace: str = "deals", **cookies: str):
        request = RequestFactory().get("/")
        request.COOKIES = cookies
        request.resolver_match = SimpleNamespace(namespace=namespace, view_name=f"{namespace}:list")
        request.user = User(name="Mara Lind", email="mara@acme.example")
        request.workspace = Workspace(name="Acme & Co", slug="acme")
        request.membership = Membership(pk=5, name="Mara Lind", role=role, workspace=request.workspace)
        return request

    return make


def test_navigation_skips_what_does_not_resolve(request_as):
    labels = [str(link.label) for link in Navigation(request_as("owner")).items]
    assert labels == ["Deals", "People", "Reports", "Imports"]


def test_navigation_shows_only_what_the_role_may_do(request_as):
    viewer = Navigation(request_as("viewer"))
    assert [link.href for link in viewer.items] == ["/deals/board/", "/people/", "/reports/"]
    assert viewer.new == []
    assert [link.href for link in Navigation(request_as("rep")).new] == ["/deals/new/", "/people/new/"]


def test_navigation_marks_the_room(request_as):
    links = Navigation(request_as("owner", "contacts")).items
    assert [str(link.label) for link in links if link.current] == ["People"]


def test_phone_bar_and_the_rest_make_up_the_whole(request_as):
    nav = Navigation(request_as("owner"))
    assert len(nav.tabs) <= 4
    assert {link.href for link in nav.tabs + nav.rest} == {link.href for link in nav.items + nav.foot}


def test_navigation_is_empty_outside_of_a_workspace():
    nav = Navigation(SimpleNamespace(resolver_match=None))
    assert (nav.items, nav.new, nav.search_url) == ([], [], "")


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><b', "system"), ("", "system")]
)
def test_theme_comes_from_the_cookie(request_as, cookie, theme):
    assert shell(request_as("owner", theme=cookie))["theme"] == theme


def test_shell_of_a_page(request_as):
    request = request_as("owner", theme="dark")
    request.user.single_keys = False
    said = [
        Message(constants.SUCCESS, "Acme <Ltd> deleted.", extra_tags="undo:/w/acme/undo/7/"),
        Message(constants.ERROR, "Not moved."),
    ]
    html = render_to_string("base.html", {"messages": said}, request)
    assert '<html lang="en" dir="ltr" data-theme="dark">' in html
    assert re.search(r'<body [^>]*data-single-keys="off">\s*<a class="skip" href="#main">', html)
    assert '<main id="main" tabindex="-1">' in html
    assert 'action="/search/"' in html
    assert "Acme &amp; Co" in html
    toasts = html[html.index('id="toasts"') : html.index('id="alerts"')]
    assert "Acme &lt;Ltd&gt; deleted." in toasts
    assert '<form method="post" action="/w/acme/undo/7/">' in toasts
    assert "Not moved." not in toasts
    assert "Not moved." in html[html.index('id="alerts"') :]


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_no_context(code):
    html = render_to_string(f"{code}.html")
    assert html.count("<h1>") == 1
    assert 'data-theme="system"' in html
    assert "<title> " not in html


def test_kept_parts_show_each_reader_their_own(request_as):
    """What is kept of a page holds nothing of the person, token and address that it was rendered for."""
    request = request_as("owner")
    first = render_to_string("base.html", {}, request)
    request.membership = Membership(pk=6, name="Bo <b> Ek", role="owner", workspace=request.workspace)
    request.user = User(email="bo@acme.example")
    request.path, request.META["CSRF_COOKIE"] = "/deals/", "c" * 32
    second = render_to_string("base.html", {"search_query": "a&b"}, request)
    assert "Mara Lind" in first
    assert "Mara" not in second
    assert "mara@" not in second
    for shown in ("Bo &lt;b&gt; Ek", "bo@acme.example", 'name="next" value="/deals/"', 'value="a&amp;b"', ">BE<"):
        assert shown in second
    tokens = {html: re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1] for html in (first, second)}
    assert tokens[first] != tokens[second]
    assert "\0" not in first + second


def test_kept_parts_depend_on_role_workspace_room_theme_and_language(request_as):
    def html(**changed):
        request = request_as(changed.get("role", "owner"), changed.get("room", "deals"), theme=changed.get("theme", ""))
        request.workspace.name = changed.get("workspace", "Acme")
        with override(changed.get("language", "en")):
            return re.sub(r"\b\w{64}\b", "", render_to_string("base.html", {}, request))

    plain = html()
    assert plain == html()
    for changed in (
        {"role": "viewer"},
        {"room": "contacts"},
        {"theme": "dark"},
        {"workspace": "B"},
        {"language": "cs"},
    ):
        assert html(**changed) != plain
        assert html() == plain
