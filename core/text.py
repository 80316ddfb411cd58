"""Names as they sort and match.

`fold` is the Python twin of the SQL `lower(unaccent(x))`: the database stores folded names, and the rows of a file are
matched against them before they get there. It follows the rules of PostgreSQL 18's `unaccent` for the letters of Latin,
Greek and Cyrillic names and for common punctuation; the tests compare it with the server's own rules file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

# What Unicode does not decompose into a base letter and a mark: strokes, hooks, ligatures, typographer's punctuation.
_PLAIN = {
    "a": "ⱥ", "b": "ƀƃɓ", "c": "ƈȼ", "d": "đðƌȡɖɗ", "e": "ɇɛ", "f": "ƒ", "g": "ǥɠ", "h": "ħ", "i": "ıɨɩ", "j": "ȷɉ",
    "k": "ƙ", "l": "łŀƚȴ", "n": "ŋƞȵɲ", "o": "ø", "p": "ƥ", "q": "ĸ", "r": "ɍ", "s": "ȿẜẝ", "t": "ŧƫƭȶʈⱦ", "u": "ʉ",
    "v": "ʋỽ", "y": "ƴɏỿ", "z": "ƶȥɀ", "ae": "æ", "oe": "œ", "ss": "ß", "th": "þ", "hv": "ƕ", "oi": "ƣ", "db": "ȸ",
    "qp": "ȹ", "'n": "ŉ", "ll": "ỻ", "е": "ё", "'": "‘’‛′ʹʻʼʽ", '"': "“”‟″ʺ", ",": "‚", ",,": "„", "-": "‐‑‒–—―−\u00ad",
    "...": "…", "<<": "«", ">>": "»", "<": "‹", ">": "›", "(c)": "©", "(r)": "®", "*": "×", "no": "№",
    "!": "¡", "?": "¿",
}  # fmt: skip
#: punctuation parts words
_WORD = re.compile(r"[^\x00-/:-`{-\x7f]+")
_SPECIAL = {letter: plain for plain, letters in _PLAIN.items() for letter in letters}


class _Folding(dict[int, str]):
    """A `str.translate` table that works each character out when it first meets it."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    lower = char.lower()
    if lower in _SPECIAL:
        return _SPECIAL[lower]
    if "\u0300" <= char <= "\u0362":  # combining marks, as a decomposed file has them
        return ""
    if unicodedata.category(char).startswith("L") or "！" <= char <= "～":  # letters, all of the full-width forms
        base = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
        # Й is a letter of its own, not И with a mark: only Latin and Greek lose their accents.
        if base.strip() and (base.isascii() or all("α" <= c <= "ω" for c in base)):
            return base
    return lower


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return `text` in lower case and without accents: "Škoda Łódź" becomes "skoda lodz"."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def sort_name(*parts: str) -> str:
    """Return the key that a name sorts by, to the letter what the database's `records_sort_key` makes of it."""
    return fold(" ".join(parts).strip(" "))


def words_of(text: str) -> list[str]:
    """The folded words of a text, as the search takes it apart; of one that is all digits, the number it spells."""
    words = _WORD.findall(fold(text.replace("(0)", "")))
    return ["".join(words).lstrip("0")] if words and all(map(str.isdecimal, words)) else words


def marked(text: str, words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, as it is written, each with whether it is part of one of the folded words: where words begin
    so, else anywhere. A number stands in it however its digits are grouped."""
    letters = [(letter, place) for place, char in enumerate(text) for letter in fold(char)]
    places: set[int] = set()
    for word in words:
        read = [(letter, place) for letter, place in letters if letter.isdecimal() or not word.isdecimal()]
        line = "".join(letter for letter, _place in read)
        found = [match.start() for match in re.finditer(re.escape(word), line)] if word else []
        begins = [at for at in found if not line[:at][-1:].isalnum()]
        places.update(read[at + more][1] for at in begins or found for more in range(len(word)))
    for is_marked, run in groupby(range(len(text)), key=places.__contains__):
        run_places = list(run)
        yield text[run_places[0] : run_places[-1] + 1], is_marked
