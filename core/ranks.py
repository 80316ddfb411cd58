"""Ranks that put a row between two others without touching the rest of the list.

A rank is a fraction between 0 and 1 written in base 62 without its "0.": there is always room between two of them, and
they compare as text in the "C" collation. The idea is "fractional indexing" as described by David Greenspan
("Implementing Fractional Indexing", Observable) after Figma's "Realtime editing of ordered sequences". A rank never
ends in the smallest digit, so that every fraction has one spelling and there is room below it.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
REBALANCE_LENGTH = 24
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def between(a: str | None, b: str | None) -> str:
    """Return a short rank strictly between `a` and `b`; None is the open end of the list.

    At an open end the rank steps by one instead of halving the room, because cards are mostly dropped on top or added
    at the bottom: that lasts for 61 of them before the rank grows by a digit.

    Raises ValueError when a rank is malformed or `a` is not below `b`.
    """
    _check(a, b)
    if b is None:
        return DIGITS[BASE // 2] if a is None else _step_up(a)
    if a is None:
        return _step_down(b)
    return spread(1, a, b)[0]


def spread(n: int, a: str | None = None, b: str | None = None) -> list[str]:
    """Return `n` ranks in order, evenly spaced between `a` and `b` and of as few digits as they fit in.

    Raises ValueError when a rank is malformed or `a` is not below `b`.
    """
    _check(a, b)
    length, low, high = 0, 0, 1
    while high - low <= n:
        length += 1
        low = _number(a or "", length)
        high = BASE**length if b is None else _number(b, length) + (len(b) > length)
    return [_text(low + (high - low) * k // (n + 1), length) for k in range(1, n + 1)]


def needs_rebalance(rank: str) -> bool:
    """Tell whether a rank has grown so long that its list should be spread anew."""
    return len(rank) > REBALANCE_LENGTH


def _check(a: str | None, b: str | None) -> None:
    for rank in (a, b):
        if rank is not None and (not rank or rank[-1] == DIGITS[0] or not _VALUES.keys() >= set(rank)):
            raise ValueError(f"{rank!r} is not a rank")
    if a is not None and b is not None and a >= b:
        raise ValueError(f"{a!r} is not below {b!r}")


def _step_up(a: str) -> str:
    kept = len(a) - len(a.lstrip(DIGITS[-1]))  # leading z cannot be raised
    digit = _VALUES[a[kept]] if kept < len(a) else 0
    return a[:kept] + DIGITS[digit + 1]


def _step_down(b: str) -> str:
    kept = len(b) - len(b.lstrip(DIGITS[0]))
    digit = _VALUES[b[kept]]
    if len(b) > kept + 1:  # "V7" is above "V" already
        return b[: kept + 1]
    return b[:kept] + (DIGITS[digit - 1] if digit > 1 else DIGITS[0] + DIGITS[-1])


def _number(rank: str, length: int) -> int:
    """Read the first `length` digits as a whole number."""
    number = 0
    for digit in rank[:length].ljust(length, DIGITS[0]):
        number = number * BASE + _VALUES[digit]
    return number


def _text(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, BASE)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits)).rstrip(DIGITS[0])
