"""Names as they sort and match.

`fold` is the Python twin of the SQL `lower(unaccent(x))`: the database stores folded names, and the rows of a file are
matched against them before they get there. It follows the rules of PostgreSQL 18's `unaccent` for the letters of Latin,
Greek and Cyrillic names and for common punctuation; the tests compare it with the server's own rules file.
"""

import unicodedata

# What Unicode does not decompose into a base letter and a mark: strokes, hooks, ligatures, typographer's punctuation.
_PLAIN = {
    "a": "ⱥ", "b": "ƀƃɓ", "c": "ƈȼ", "d": "đðƌȡɖɗ", "e": "ɇɛ", "f": "ƒ", "g": "ǥɠ", "h": "ħ", "i": "ıɨɩ", "j": "ȷɉ",
    "k": "ƙ", "l": "łŀƚȴ", "n": "ŋƞȵɲ", "o": "ø", "p": "ƥ", "q": "ĸ", "r": "ɍ", "s": "ȿẜẝ", "t": "ŧƫƭȶʈⱦ", "u": "ʉ",
    "v": "ʋỽ", "y": "ƴɏỿ", "z": "ƶȥɀ", "ae": "æ", "oe": "œ", "ss": "ß", "th": "þ", "hv": "ƕ", "oi": "ƣ", "db": "ȸ",
    "qp": "ȹ", "'n": "ŉ", "ll": "ỻ", "е": "ё", "'": "‘’‛′ʹʻʼʽ", '"': "“”‟″ʺ", ",": "‚", ",,": "„", "-": "‐‑‒–—―−\u00ad",
    "...": "…", "<<": "«", ">>": "»", "<": "‹", ">": "›", "(c)": "©", "(r)": "®", "*": "×", "no": "№",
    "!": "¡", "?": "¿",
}  # fmt: skip
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
