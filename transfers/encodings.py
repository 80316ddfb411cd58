"""Which encoding a text file is in.

Byte order marks and UTF-8 are certain. What is left in practice is a one-byte encoding, and those are told apart by
their letters: each line votes for the reading in which its accented letters belong to one language. A general detector
(charset-normalizer) sees too little in a list of names: of 29 such samples it read 11 wrongly, "Lefèvre" as "Lefčvre"
and the like. It serves for the other scripts of the world.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import charset_normalizer
from django.utils.translation import gettext_lazy as _

HEAD = 4096  # bytes
CHUNK = 1 << 20
SAMPLE_LINES = 400

#: what a person can choose from; the keys are Python's names
ENCODINGS = {
    "utf-8-sig": _("Unicode (UTF-8)"),
    "utf-16": _("Unicode (UTF-16)"),
    "cp1252": _("Western European (Windows)"),
    "cp1250": _("Central European (Windows)"),
    "iso8859_2": _("Central European (ISO)"),
    "cp1254": _("Turkish (Windows)"),
    "cp1251": _("Cyrillic (Windows)"),
    "mac_roman": _("Western European (Macintosh)"),
}


def choices(current: str) -> list[tuple[str, str]]:
    """Return the encodings to choose from with their names, and the current one if it is a rarer one."""
    offered = ENCODINGS if current in ENCODINGS else {**ENCODINGS, current: current}
    return [(name, str(label)) for name, label in offered.items()]


_MARKS = {  # UTF-32 first: its mark begins like that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

# The letters beside a-z of the languages that each encoding is used for; the first encoding wins a tie.
_ALPHABETS = {
    "cp1252": "àâæçéèêëîïôœùûüÿ äöüß áéíñóúü áâãàçéêíóôõúü àèéìíîòóù åäöé æøåéö éëïóöüè áðéíóúýþæö àçèéíïòóúü äöõü",
    "cp1250": "áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű čćđšž ăâîşţ äöüß çë",
}
_ALPHABETS |= {"iso8859_2": _ALPHABETS["cp1250"], "cp1254": "çğıiöşüâî", "mac_roman": _ALPHABETS["cp1252"]}
_LANGUAGES = {encoding: [set(letters) for letters in text.split()] for encoding, text in _ALPHABETS.items()}

_ACCENTED = re.compile(r"[^\W\d_a-zA-Zªº]")
# Signs in the place of a letter, letters in the place of a sign, and the control characters of ISO encodings.
_ODD = re.compile(
    r"[\x80-\x9f\ufffd]"
    r"|[©®£¥¯¦¨¬±¸×÷˘ˇ˙˛˝¤](?=[^\W\d_])"
    r"|(?<=[^\W\d_])[¿¡¹²³¼½¾§†‡Ω]"
    r"|(?<=[^\W\d_]{2})[ªº]"
    r"|(?<=[a-z])[À-ÞŠŽŸŒ]"
    r"|(?<=\d)[^\W\d_a-zA-Zªº]|[^\W\d_a-zA-Zªº](?=\d)"
)
_BELIEVABLE = 0.8  # the share of a text that must fit a reading


def detect(path: Path) -> str:
    """Return Python's name of the encoding that the file at `path` is most likely in."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if certain := of_head(head):
        return certain
    return "utf-8-sig" if line_of_bad_byte(path, "utf-8") is None else _vote(list(_telling_lines(path)))


def of_head(head: bytes) -> str | None:
    """Return the encoding that the first bytes of a file declare or, in UTF-16, give away."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    # Western letters in UTF-16 have a NUL each, all on the same side.
    half = len(head) // 2
    first, second = head[0::2].count(0), head[1::2].count(0)
    if second > 0.6 * half and not first:
        return "utf-16-le"
    return "utf-16-be" if first > 0.6 * half and not second else None


def line_of_bad_byte(path: Path, encoding: str) -> int | None:
    """Return the number of the first line that is not in `encoding`, counted from 1, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].decode(error.encoding, "ignore").count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _telling_lines(path: Path) -> Iterator[bytes]:
    """Yield the first lines that are more than ASCII."""
    found = 0
    with path.open("rb") as file:
        while found < SAMPLE_LINES and (line := file.readline(HEAD)):
            if not line.isascii():
                found += 1
                yield line


def _vote(lines: list[bytes]) -> str:
    if sum(_is_utf8(line) for line in lines) > _BELIEVABLE * len(lines):
        return "utf-8-sig"  # with a broken line somewhere, which reading it will name
    votes = {name: sum(_fit(line.decode(name, "replace"), name) for line in lines) for name in _LANGUAGES}
    best = max(votes, key=votes.__getitem__)
    if votes[best] > _BELIEVABLE * len(lines):
        return best
    guess = charset_normalizer.from_bytes(b"".join(lines)[:HEAD]).best()
    return guess.encoding if guess else best


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _fit(line: str, encoding: str) -> float:
    """Return how well the letters of a line suit the language they suit best, from 0 to 1."""
    letters = [letter.lower() for letter in _ACCENTED.findall(line)]
    odd = len(_ODD.findall(line))
    total = len(letters) + odd
    if not total:
        return 1.0
    return max(sum(letter in alphabet for letter in letters) for alphabet in _LANGUAGES[encoding]) / total
