"""What people write, as HTML: a small part of Markdown, addresses as links, members who are mentioned as marks.

A page shows dozens of texts, most of them plain: those never meet the parser, and what was made of a text is kept.
Nothing that somebody typed is HTML here; `nh3` looks at what the parser made once more, so that a fault in it harms
nobody.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

import nh3
from django.utils.html import escape, strip_tags, urlize
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

#: texts that are kept, a kilobyte each or so
MOST = 1_000
#: signs that Markdown may take for more than themselves: emphasis, code, links, escapes; lists, quotes, blank lines
MARKED = re.compile(r"[*_`~\[\\]|^\s*(?:[-+>]|\d{1,9}[.)])\s|\n\s*\n", re.MULTILINE)
TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span"}
ATTRIBUTES = {"a": {"href"}, "span": {"class"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


@lru_cache(MOST)
def html(text: str, mentions: tuple[str, ...] = ()) -> str:
    """The text as safe HTML; `mentions` are the names that stand in it behind an @."""
    text = text.strip().replace("\r\n", "\n")
    if not MARKED.search(text):
        return words(text, mentions).replace("\n", "<br>")
    made = MARKDOWN.render(text, {"mentions": mentions})
    return nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow").strip()


def plain(text: str) -> str:
    """The text without the signs of its form, in one paragraph."""
    return " ".join(unescape(strip_tags(html(text).replace("<", " <"))).split())


def words(text: str, mentions: Sequence[str]) -> str:
    """Words without marks: escaped, with links and mentions."""
    worth_linking = "://" in text or "www." in text or "@" in text
    made = urlize(text, nofollow=True, autoescape=True) if worth_linking else escape(text)
    for name in sorted(mentions, key=len, reverse=True):
        called = re.escape(f"@{escape(name)}")
        # Not in the address of a link, and no name inside the mark of a longer one.
        made = re.sub(rf"(?<![\w@.>]){called}(?![\w<]|[^<>]*>)", f'<span class="mention">@{escape(name)}</span>', made)
    return made


def _link_words(state: StateCore) -> None:
    """Replaces the words of the text by their HTML; those of a link stay as they are."""
    for block in state.tokens:
        depth = 0
        for token in block.children or ():
            depth += token.nesting if token.type.startswith("link_") else 0
            if token.type == "text" and not depth:
                token.type, token.content = "html_inline", words(token.content, state.env["mentions"])


def _parser() -> MarkdownIt:
    """Emphasis, lists, quotes, code and links. No headings, which would disturb the page's own; no images, no HTML."""
    parser = MarkdownIt("zero", {"breaks": True, "html": False})
    parser.enable(
        ["emphasis", "strikethrough", "list", "blockquote", "backticks", "fence", "link", "escape", "newline"]
    )
    parser.core.ruler.push("link_words", _link_words)
    parser.validateLink = lambda url: url.partition(":")[0].lower() in SCHEMES  # type: ignore[method-assign]
    return parser


MARKDOWN = _parser()
