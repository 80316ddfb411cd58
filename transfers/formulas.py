"""Texts that a spreadsheet would take for formulas: how files hold them, and how they come back."""

import re

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# Inside a cell, where a spreadsheet that parts cells by another mark begins one; plain numbers stay as they are.
_FORMULA_INSIDE = re.compile(r"([;|\t\r\n][^\S\t\r\n]*)(?![+-]\d[\d ().,-]*(?:[;|\t\r\n]|$))('*[=+\-@＝＋－＠])")
_ESCAPED_INSIDE = re.compile(r"([;|\t\r\n][^\S\t\r\n]*)'('*[=+\-@＝＋－＠])")
_PLAIN_NUMBER = re.compile(r"\+\d[\d\s().-]*|-\d[\d\s.,]*")


def escape_formula(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula when it opens the file: an apostrophe is put before it.

    Also before what a spreadsheet would see as a cell of its own that parts them by semicolons, tabs or bars. Phone
    numbers and negative numbers stay as they are.
    """
    value = _FORMULA_INSIDE.sub(r"\1'\2", value)
    if value.lstrip("'").startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def unescape_formula(value: str) -> str:
    """Take back what `escape_formula` put before a text, so that an export comes in unchanged."""
    if "'" not in value:
        return value
    if value[0] == "'" and value.lstrip("'").startswith(_FORMULA_STARTS):
        value = value[1:]
    return _ESCAPED_INSIDE.sub(r"\1\2", value)
