"""What the bench says of its figures."""

from bench.measure import Figure
from bench.pages import Goal, goals_of, growth, not_reached, table
from bench.plans import Listener
from bench.steps import Step


def row(name: str, cpu: float, **more: object) -> Figure:
    return Figure(name, 5, 9, cpu - 1, 1, 8, 4000, **more)


def test_each_row_says_whether_it_takes_at_most_three_times_the_bare_view():
    lines = table([row("bare", 4), row("list", 12), row("page", 12.5)]).splitlines()
    verdict = [cell.strip() for cell in lines[0].split("|")].index("<= 3 x floor")
    assert [line.split("|")[verdict].strip() for line in lines[2:]] == ["yes", "yes", "no"]


def test_what_was_not_reached_is_listed():
    step = Step("list", "/people/", 12, most_statements=10, least_load=150)
    found = not_reached(
        [*goals_of(step, row("list", 13, load=149.0), 5), Goal("import", 10_000, 10_000, at_least=True)]
    )
    assert found.splitlines() == [
        "Not reached, 2 of 5 targets:",
        "",
        "- list: CPU ms: 13.0, at most 12",
        "- list: requests a second, 8 clients: 149.0, at least 150",
    ]
    assert not_reached(goals_of(Step("page", "/"), row("page", 2), 1)) == "All 1 targets reached.\n"


def test_growth_compares_the_steps_that_both_sizes_have():
    lines = growth({"list": 8.0, "page": 10.0}, {"list": 10.4, "page": 13.5, "new": 1.0}, 10).splitlines()
    assert lines[2:] == ["| list | 8.0 | 10.4 | 1.30 | yes |", "| page | 10.0 | 13.5 | 1.35 | no |"]


def test_the_statements_of_a_page_are_heard_but_not_what_each_request_asks_first():
    listener, done = Listener(), []
    for sql in ('SELECT 1 FROM "deals_deal"', 'SELECT 1 FROM "django_session"', "SET LOCAL app.user_id = %s"):
        listener(lambda *asked: done.append(asked[0]), sql, None, False, {})
    assert [asked.sql for asked in listener.asked] == ['SELECT 1 FROM "deals_deal"']
    assert len(done) == 3
