"""Duplicates: while one types, after an import, and all pairs on a page of their own."""

from .finder import FINDERS, Clue, Finder, Lookalike, made_in, register

__all__ = ["FINDERS", "Clue", "Finder", "Lookalike", "made_in", "register"]
