"""Fills forms as a browser does: what a page's form would send, with some fields changed."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The fields of the form with this action, as they stand in the page."""

    def __init__(self, html: str, action: str):
        super().__init__()
        self.action, self.inside, self.fields = action, False, {}
        self.select: str | None = None
        self.textarea: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "form":
            self.inside = (named.get("action") or self.action).split("?")[0].endswith(self.action)
        elif self.inside and tag == "input" and named.get("name"):
            skip = named.get("type") in ("submit", "file") or (
                named.get("type") in ("checkbox", "radio") and "checked" not in named
            )
            if not skip:
                self.fields[named["name"]] = named.get("value") or ""
        elif self.inside and tag == "select" and named.get("name"):
            self.select = named["name"]
            self.fields.setdefault(self.select, "")
        elif self.select and tag == "option" and "selected" in named:
            self.fields[self.select] = named.get("value") or ""
        elif self.inside and tag == "textarea" and named.get("name"):
            self.textarea = named["name"]
            self.fields[self.textarea] = ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.fields[self.textarea] += data
