"""Reading pages as a browser without JavaScript does: the fields of a form, the Undo button of a toast."""

import re
from html.parser import HTMLParser

from django.http import QueryDict


class FormReader(HTMLParser):
    """Gathers what the form with a class would send, were its button pressed now; templates are no part of it."""

    VOID = frozenset({"input", "br", "hr", "img", "link", "meta"})

    def __init__(self, css: str) -> None:
        super().__init__()
        self.css = css
        self.data = QueryDict(mutable=True)
        self.inside = self.templates = 0
        self.select = self.textarea = ""
        self.first_option: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form" and self.css in (given.get("class") or "").split():
            self.inside = 1
        self.templates += tag == "template"
        if not self.inside or self.templates:
            return
        name, value = given.get("name") or "", given.get("value")
        if tag == "input" and name:
            box = given.get("type") in ("checkbox", "radio")
            if not box or "checked" in given:
                self.data.appendlist(name, value or ("on" if box else ""))
        elif tag == "select":
            self.select, self.first_option = name, None
        elif tag == "option" and self.select:
            self.first_option = value or "" if self.first_option is None else self.first_option
            if "selected" in given:
                self.data.appendlist(self.select, value or "")
        elif tag == "textarea":
            self.textarea = name
            self.data.appendlist(name, "")

    def handle_data(self, data: str) -> None:
        if self.inside and self.textarea:
            self.data[self.textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self.templates -= tag == "template"
        if tag == "form":
            self.inside = 0
        elif tag == "textarea":
            self.textarea = ""
        elif tag == "select" and self.select:
            if self.inside and self.select not in self.data and self.first_option is not None:
                self.data[self.select] = self.first_option
            self.select = ""


def filled_form(page: str, css: str = "form") -> dict[str, str]:
    """What the page's form would send, by name; the last value where a name has several."""
    reader = FormReader(css)
    reader.feed(page)
    assert reader.data, f"the page has no form of the class {css!r}"
    return reader.data.dict()


def undo_path(page: str) -> str:
    """Where the Undo button of the page's last toast posts to."""
    found = re.findall(r'action="([^"]+/undo/)"', page)
    assert found, "the page offers no Undo"
    return found[-1]


def side(client, here="http://testserver/") -> str:
    """The segments and groups of the side bar, on a page."""
    answer = client.get_w("saved:side", headers={"HX-Request": "true", "HX-Current-URL": here})
    return answer.content.decode()
