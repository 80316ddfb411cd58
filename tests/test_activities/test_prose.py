"""What people write, as HTML that harms nobody."""

import timeit

import pytest

from activities import prose


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Two lines\r\nof text", "Two lines<br>of text"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("~~no~~ `a<b`", "<p><s>no</s> <code>a&lt;b</code></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("first\n\nsecond", "<p>first</p>\n<p>second</p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("snake_case stays", "<p>snake_case stays</p>"),
        ("# no heading", "# no heading"),
        ("[site](https://a.example)", '<p><a href="https://a.example" rel="nofollow">site</a></p>'),
        ("www.a.example", '<a href="http://www.a.example" rel="nofollow">www.a.example</a>'),
        (
            "**see** https://a.example/x_y_z",
            '<p><strong>see</strong> <a href="https://a.example/x_y_z" rel="nofollow">https://a.example/x_y_z</a></p>',
        ),
    ],
)
def test_a_small_part_of_markdown(text, html):
    assert prose.html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "**x** <img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>)",
        "![x](https://tracker.example/pixel.png)",
        "**x** <a href='javascript:alert(1)'>y</a>",
        '[x](https://a.example "onclick=alert(1)")',
        "- <iframe src=//a.example>",
    ],
)
def test_nothing_that_was_typed_runs_or_loads(text):
    html = prose.html(text)
    for tag in ("<script", "<img", "<iframe", 'href="java', 'href="data', "<a href='"):
        assert tag not in html
    assert " onclick=" not in html.replace('title="onclick=alert(1)"', "")


def test_who_is_mentioned_is_marked():
    mark = '<span class="mention">@Mara Lind</span>'
    assert prose.html("Ask @Mara Lind.", ("Mara Lind",)) == f"Ask {mark}."
    assert prose.html("**Ask** @Mara Lind.", ("Mara Lind",)) == f"<p><strong>Ask</strong> {mark}.</p>"
    assert prose.html("Ask @Mara Lindqvist.", ("Mara Lind",)) == "Ask @Mara Lindqvist."
    assert prose.html("@Mara Lind, @Mara", ("Mara", "Mara Lind")) == f'{mark}, <span class="mention">@Mara</span>'
    assert prose.html("@O'Brien", ("O'Brien",)) == '<span class="mention">@O&#x27;Brien</span>'


def test_a_name_in_an_address_is_no_mention():
    html = prose.html("https://a.example/@Mara and **[x](https://b.example/@Mara)**", ("Mara",))
    assert "mention" not in html


def test_fifty_plain_texts_cost_less_than_a_millisecond_the_first_time():
    """On a slow day; a parser for each would take ten times as long."""
    texts = [f"Walked through plan {n}. Wants two depots in the first phase, Bristol in spring." for n in range(50)]

    def render() -> None:
        for text in texts:
            prose.html.__wrapped__(text)

    assert min(timeit.repeat(render, number=1, repeat=20)) < 0.001


def test_what_was_made_of_a_text_is_kept():
    prose.html("- kept **once**")
    before = prose.html.cache_info().hits
    prose.html("- kept **once**")
    assert prose.html.cache_info().hits == before + 1
