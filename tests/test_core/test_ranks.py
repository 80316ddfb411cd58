from fractions import Fraction
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ranks import DIGITS, REBALANCE_LENGTH, between, needs_rebalance, spread

ranks = st.text(DIGITS, min_size=1, max_size=12).filter(lambda rank: rank[-1] != DIGITS[0])
pairs = st.lists(ranks, min_size=2, max_size=2, unique=True).map(sorted)
ends = pairs | ranks.flatmap(lambda rank: st.sampled_from([(None, rank), (rank, None)])) | st.just((None, None))


def is_rank(rank: str) -> bool:
    return bool(rank) and set(rank) <= set(DIGITS) and rank[-1] != DIGITS[0]


def value(rank: str) -> Fraction:
    return sum((Fraction(DIGITS.index(digit), 62 ** (i + 1)) for i, digit in enumerate(rank)), Fraction(0))


def lies_between(rank: str, a: str | None, b: str | None) -> bool:
    return (a is None or a < rank) and (b is None or rank < b)


def test_digits_are_in_the_order_of_the_c_collation():
    assert DIGITS.encode() == bytes(sorted(DIGITS.encode()))
    assert len(set(DIGITS)) == 62


@given(ends)
def test_between_is_strictly_between(pair):
    a, b = pair
    rank = between(a, b)
    assert is_rank(rank)
    assert lies_between(rank, a, b)


@given(pairs)
def test_between_two_no_shorter_rank_would_fit(pair):
    a, b = pair
    shorter = 62 ** (len(between(a, b)) - 1)
    next_above = floor(value(a) * shorter) + 1
    assert Fraction(next_above, shorter) >= value(b)


@given(st.lists(st.integers(min_value=0), max_size=80))
def test_any_run_of_insertions_keeps_the_order(places):
    row: list[str] = []
    for place in places:
        at = place % (len(row) + 1)
        row.insert(at, between(row[at - 1] if at else None, row[at] if at < len(row) else None))
    assert row == sorted(set(row))


@pytest.mark.parametrize("top", [True, False])
def test_ranks_at_an_open_end_grow_by_a_digit_in_61(top):
    rank, longest = between(None, None), 0
    for _ in range(600):
        rank = between(None, rank) if top else between(rank, None)
        longest = max(longest, len(rank))
    assert longest <= 11


@given(st.integers(0, 300), ends)
def test_spread_is_sorted_unique_and_inside(n, pair):
    a, b = pair
    row = spread(n, a, b)
    assert len(row) == n
    assert row == sorted(set(row))
    assert all(is_rank(rank) and lies_between(rank, a, b) for rank in row)


@pytest.mark.parametrize(("n", "length"), [(1, 1), (61, 1), (62, 2), (3843, 2), (3844, 3), (8800, 3)])
def test_spread_is_even_and_short(n, length):
    row = spread(n)
    assert max(map(len, row)) == length
    places = [Fraction(0), *map(value, row), Fraction(1)]
    gaps = [high - low for low, high in pairwise(places)]
    assert max(gaps) - min(gaps) <= Fraction(1, 62**length)


@pytest.mark.parametrize(("a", "b"), [("V", "V"), ("W", "V"), ("V0", None), ("", None), ("V-", None), (None, "é")])
def test_what_is_not_a_pair_of_ranks_is_refused(a, b):
    with pytest.raises(ValueError, match="is not"):
        between(a, b)
    with pytest.raises(ValueError, match="is not"):
        spread(3, a, b)


def test_ranks_squeezed_into_one_gap_ask_for_a_rebalance():
    low, high = "V", "W"
    drops = 0
    while not needs_rebalance(high):
        high = between(low, high)
        drops += 1
    assert len(high) == REBALANCE_LENGTH + 1
    assert drops > 100
