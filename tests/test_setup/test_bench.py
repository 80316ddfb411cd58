"""What the bench says of its figures."""

from bench.measure import Figure
from bench.pages import Goal, Step, goals_of, not_reached, table


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
