"""What a page offers can be done by who reads it: every link, every button, on every page, in each role."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test.html import Element, parse_html

from tests.addresses import INSIDE
from tests.conftest import WorkspaceClient
from tests.factories import MembershipFactory, UserFactory
from tests.office import Office

PAGES = [address for address in INSIDE if not address.site]
#: done, or refused for what was (not) typed; anything else is an offer that doesn't hold
FINE = (200, 302, 303, 409, 422)


@dataclass(frozen=True)
class Button:
    """What it sends where."""

    method: str
    path: str
    pressed: str
    data: QueryDict = field(compare=False)

    def __str__(self):
        return f"{self.method} {self.path} {self.pressed}"


def elements(node: Element) -> Iterator[Element]:
    for child in node.children:
        if isinstance(child, Element):
            yield child
            if child.name != "template":
                yield from elements(child)


def links(page: Element, path: str) -> Iterator[str]:
    """Where the page leads to inside the workspace, by a link or by what htmx loads."""
    for element in elements(page):
        given = dict(element.attributes)
        for target in (given.get("href") if element.name == "a" else None, given.get("hx-get")):
            if target and urlsplit(urljoin(path, target)).path.startswith("/w/acme/"):
                yield urljoin(path, target)


def kind_of(link: str) -> tuple[str, ...]:
    """The same for links that differ only in what they filter by."""
    parts = urlsplit(link)
    return (parts.path, *sorted(parse_qs(parts.query)))


def buttons(page: Element, path: str) -> Iterator[Button]:
    """The buttons of the page's forms."""
    everything = [(element, dict(element.attributes)) for element in elements(page)]
    for form, given in everything:
        if form.name != "form" or given.get("method") == "dialog":
            continue
        own = [(element, dict(element.attributes)) for element in elements(form)]
        own += [pair for pair in everything if pair[1].get("form") == given.get("id", form)]
        pressed = [that for it, that in own if it.name == "button" and that.get("type") not in ("button", "reset")]
        typed = any(it.name == "input" and that.get("type") != "hidden" for it, that in own)
        for button in pressed or [{}] * typed:  # Enter in a field presses the button that a form lacks
            data = fields(own)
            if button.get("name"):
                data[button["name"]] = button.get("value", "")
            to = urljoin(path, button.get("formaction") or given.get("action") or "")
            if to.startswith("/w/acme/"):
                words = f"{button.get('name', '')} {button.get('value', '')}".strip()
                yield Button(given.get("method", "get").lower(), to, words, data)


def fields(own: list[tuple[Element, dict[str, str]]]) -> QueryDict:
    """What the fields hold, every box as it stands."""
    data = QueryDict(mutable=True)
    for element, given in own:
        if given.get("name", "csrfmiddlewaretoken") == "csrfmiddlewaretoken":
            continue
        if element.name == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            data.appendlist(given["name"], given.get("value", ""))
        elif element.name == "textarea":
            data[given["name"]] = "".join(map(str, element.children))
        elif element.name == "select":
            options = [dict(option.attributes) for option in elements(element) if option.name == "option"]
            chosen = [option for option in options if "selected" in option] or options[:1]
            for option in chosen:
                data.appendlist(given["name"], option.get("value", ""))
    return data


def documents(client: WorkspaceClient, office: Office, answers: dict[str, int]) -> Iterator[tuple[str, Element]]:
    """Every page of the workspace that opens to the client's member; `answers` keeps what each address answered."""
    for address in PAGES:
        for path in office.paths(address):
            for address_of_state in [path, *(path + query for query in office.variants(address))]:
                answer = client.get(address_of_state)
                answers[address_of_state] = answer.status_code
                assert answer.status_code in (*FINE, 403, 404, 405), address_of_state
                if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                    yield address_of_state, parse_html(answer.content.decode())


def tried(client: WorkspaceClient, button: Button) -> int:
    """What the button answers; what it did is forgotten."""
    if button.method == "get":
        return client.get(button.path, button.data).status_code
    with transaction.atomic():
        answer = client.post(button.path, button.data.urlencode(), content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return answer.status_code


@pytest.fixture
def rob(acme):
    """A rep to whom nothing here belongs."""
    return MembershipFactory(workspace=acme, name="Rob Nunez", role="rep", user=UserFactory())


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["alice", "mara", "bob", "rob", "victor"])
def test_whoever_reads_a_page_may_use_all_that_it_offers(request, client_of, office, role):
    client = client_of(request.getfixturevalue(role))
    client.raise_request_exception = False
    ways, pressable, opened = {}, {}, {}
    for path, page in documents(client, office, opened):
        ways |= {kind_of(link): (path, link) for link in links(page, path)}
        pressable |= dict.fromkeys(buttons(page, path), path)
    answers = {f"{path}: {link}": opened.get(link) or client.get(link).status_code for path, link in ways.values()}
    answers |= {f"{path}: {button}": tried(client, button) for button, path in pressable.items()}
    assert len(ways) > 40
    assert len(pressable) > 5
    assert {offer: status for offer, status in answers.items() if status not in FINE} == {}
