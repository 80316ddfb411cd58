"""Numbers that come from outside."""

#: the largest key of a row has 19
MOST_DIGITS = 18


def number(text: str) -> int:
    """The number of a row in an address or a form; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
