"""A grouped board as its page shows it, and a card that is dropped on it."""

import re
from html import unescape

from core.tenancy import workspace_scope
from deals.models import Deal


def shown(client, query: str) -> str:
    answer = client.get(client.url("deals:board") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def columns(page: str) -> dict[str, list[str]]:
    """The names of the cards by the name of their column, from left to right and from the top."""
    found = {}
    for section in re.findall(r'<section class="col.*?</section>', page, re.DOTALL):
        name = unescape(re.search(r'class="name" id="column-name[^>]*>([^<]*)<', section)[1])
        found[name] = [unescape(card) for card in re.findall(r'class="t"[^>]*>([^<]*)<', section)]
    return found


def cell(page: str, key: str) -> list[str]:
    html = re.search(rf'<ol[^>]* id="cards-{key}"[^>]*>.*?</ol>|<ol id="cards-{key}".*?</ol>', page, re.DOTALL)
    return re.findall(r'class="t"[^>]*>([^<]*)<', html[0]) if html else []


def head(page: str, key: str) -> str:
    html = re.search(rf'id="head-{key}".*?</header>', page, re.DOTALL)[0]
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html.partition(">")[2]).split())


def from_board(client, query: str, page: str = "") -> dict[str, str]:
    """The headers of htmx on a board."""
    shape = re.search(r'"X-Board": "([^"]*)"', page)
    known = {"X-Board": shape[1]} if shape else {}
    address = f"http://testserver{client.url('deals:board')}{query}"
    return {"HX-Request": "true", "HX-Current-URL": address} | known


def drop(client, deal: Deal, query: str, lane: str = "", page: str = "", **data):
    return client.post(
        client.url("deals:column", deal.pk) + lane, {"version": 1} | data, headers=from_board(client, query, page)
    )


def now(deal: Deal) -> Deal:
    with workspace_scope(deal.workspace_id):
        return Deal.objects.get(pk=deal.pk)
