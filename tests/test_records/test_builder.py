"""The filter builder, as a browser without JavaScript works with it."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import QueryDict

from records.listing.where import DEEPEST
from tests.battery_pages import page_text
from tests.factories import OrganizationFactory
from tests.reading import FormReader

pytestmark = pytest.mark.django_db

OF_DEALS = (
    "Has an open deal over …",
    "No activity in … days, its deals and people included",
    "Open deals and no decision maker",
)


class Work:
    """Somebody before the builder of organizations: each step sends the form as it stands."""

    def __init__(self, client, path="organizations:where", query="", **headers):
        self.client, self.headers = client, headers
        self.path = client.url(path)
        self.read(client.get(f"{self.path}?{urlencode({'query': query})}"))

    def read(self, answer):
        self.answer, self.page = answer, page_text(answer)
        reader = FormReader("where")
        reader.feed(self.page)
        self.form: QueryDict = reader.data

    def step(self, do="show", **fields):
        for name, value in fields.items():
            name = name.replace("_", "-")
            self.form.setlist(name, value if isinstance(value, list) else [value])
        self.form["do"] = do
        self.read(self.client.get(f"{self.path}?{self.form.urlencode()}", headers=self.headers))
        return self

    @property
    def tree(self):
        """What the address that it led to filters by."""
        return json.loads(parse_qs(urlsplit(self.answer.url).query)["where"][0])


@pytest.fixture
def work(client_of, alice, acme):
    OrganizationFactory(workspace=acme, name="Large", employees=300)
    return Work(client_of(alice), query="sort=-name&panel=where")


def test_one_condition_is_there_to_begin_with(work):
    assert work.form["w-0-column"] == "name"
    assert work.step("apply", w_0_value="la").tree == {"all": [{"p": "name", "v": "la"}]}
    assert work.answer.status_code == 302
    assert work.answer.url.startswith(work.client.url("organizations:list") + "?sort=-name&where=")


def test_conditions_and_groups_are_added_and_taken_away(work):
    work.step("add:w", w_0_value="la").step("group:w")
    assert work.form["w-0-value"] == "la", "nothing that was typed is lost"
    [focused] = re.findall(r"<select[^>]* autofocus[^>]*>", work.page)
    assert 'name="w-2-0-column"' in focused
    work.step(w_1_column="employees").step(w_1_ask="!employees_min", w_1_value="100", w_2_0_column="owner")
    work.step("apply", w_2_join="any", w_2_0_value=["me", "none"], w_join="any")
    assert work.tree == {
        "any": [
            {"p": "name", "v": "la"},
            {"p": "employees_min", "v": "100", "not": True},
            {"any": [{"p": "owner", "v": ["me", "none"]}]},
        ]
    }
    again = Work(work.client, query=urlsplit(work.answer.url).query)
    assert again.form.getlist("w-2-0-value") == ["me", "none"]
    again.step("remove:w-2").step("remove:w-0")
    assert again.step("apply").tree == {"any": [{"p": "employees_min", "v": "100", "not": True}]}


def test_a_relation_is_a_group_about_other_records(work):
    work.step(w_0_column="has:deals")
    assert work.form["w-0-has"] == "deals"
    work.step("add:w-0").step(w_0_0_column="status")
    work.step("apply", w_0_0_value=["open"], w_0_not="1")
    assert work.tree == {"all": [{"has": "deals", "all": [{"p": "status", "v": ["open"]}], "not": True}]}


def test_what_many_want_is_ready_made(work):
    offers = {label: code for code, label in options(work.page) if code.startswith("ready:")}
    assert list(offers) == ["No next step", "Next step is late", "No activity in … days", *OF_DEALS]
    work.step(w_0_column=offers["Has an open deal over …"])
    assert work.form["w-0-0-ask"] == "status"
    work.step("add:w", w_0_1_value="100").step(w_1_column=offers["No activity in … days"])
    assert work.form["w-1-value"] == "60"
    work.step("apply")
    assert work.tree == {
        "all": [
            {"has": "deals", "all": [{"p": "status", "v": ["open"]}, {"p": "value_min", "v": "100"}]},
            {"p": "last_activity_quiet", "v": "60"},
        ]
    }


def options(page):
    """(value, label) of the options of its selects."""
    return [
        (code, unescape(label)) for code, label in re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', page)
    ]


def test_what_is_wrong_stands_by_its_line_and_stays(work):
    work.step(w_0_column="employees").step("apply", w_0_ask="employees_min", w_0_value="many")
    assert work.answer.status_code == 200
    assert work.form["w-0-value"] == "many"
    assert 'id="id_w-0-value_error"' in work.page
    assert 'aria-invalid="true"' in work.page
    work.step("apply", w_0_value="")
    assert "Say what to look for." in work.page


def test_a_record_is_found_by_its_typed_name(work):
    work.step(w_0_column="parent")
    work.form["w-0-value_text"] = "large"
    work.step("apply")
    assert work.tree["all"][0]["p"] == "parent"
    again = Work(work.client, query=urlsplit(work.answer.url).query)
    assert again.form["w-0-value_text"] == "Large"
    again.form["w-0-value_text"] = "Nobody"
    again.step("apply")
    assert "Nothing is called “Nobody”." in again.page
    assert again.form["w-0-value_text"] == "Nobody"


def test_the_last_condition_gone_is_the_list_without_any(work):
    work.step("remove:w-0").step("apply")
    assert work.answer.url == work.client.url("organizations:list") + "?sort=-name"


def test_groups_stop_where_a_tree_may_not_go_on(work):
    path = "w"
    for _ in range(DEEPEST - 1):
        work.step(f"group:{path}")
        path += "-1"
        assert f'value="add:{path}"' in work.page
    assert f'value="group:{path}"' not in work.page
    codes = [
        code for code, _label in options(work.page.partition(f'name="{path}-0-column"')[2].partition("</select>")[0])
    ]
    assert codes
    assert not [code for code in codes if code.startswith("has:")]


def test_htmx_gets_the_form_alone_and_is_led_on(client_of, alice, acme):
    work = Work(client_of(alice), **{"HX-Request": "true"})
    work.step("add:w", w_0_value="la")
    assert "<html" not in work.page
    work.step("remove:w-1").step("apply")
    assert work.answer.headers["HX-Redirect"].startswith(work.client.url("organizations:list") + "?where=")


def test_the_board_has_its_own(client_of, alice, acme):
    work = Work(client_of(alice), "deals:board_where", query="sort=next_step")
    work.step("apply", w_0_value="big")
    assert work.answer.url.startswith(work.client.url("deals:board") + "?sort=next_step&where=")


def test_nonsense_breaks_nothing(client_of, alice, acme):
    client = client_of(alice)
    for query in (
        "w-n=99999999&do=add:w", "w-n=2&w-0-n=x&w-1-column=ready:77&do=apply", "w-n=1&w-0-column=has:nothing&do=apply",
        "do=remove:w-7-8&w-n=1", "do=group:x&w-n=1", "w-n=1&w-0-column=owner&w-0-was=owner&w-0-ask=!x&do=apply",
        "query=where%3Dx", "w-n=1&w-has=nonsense&do=add:w",
        "w-n=1&w-0-n=1&w-0-0-n=1&w-0-0-0-n=1&w-0-0-0-0-n=1&do=apply",
    ):  # fmt: skip
        assert client.get(f"{client.url('organizations:where')}?{query}").status_code == 200, query


def test_who_may_not_see_the_list_may_not_see_its_builder(client_of, charlie, acme):
    assert client_of(charlie, acme).get_w("organizations:where").status_code == 404


def test_a_group_can_be_denied(work):
    work.step("group:w", w_0_value="la").step("apply", w_1_not="1", w_1_0_value="x")
    assert work.tree["all"][1] == {"any": [{"p": "name", "v": "x"}], "not": True}
    again = Work(work.client, query=urlsplit(work.answer.url).query)
    assert again.form["w-1-not"] == "1"
    assert "not (Name begins with “x”)" in page_text(work.client.get(work.answer.url))
