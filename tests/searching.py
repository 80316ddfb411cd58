"""What tests of the search ask."""

from records.search import matching_ids, searched_models


def found(text: str, kind: str = "contact") -> list[str]:
    """The titles of what is found, best first."""
    rows = searched_models()[kind].objects.in_bulk(ids := matching_ids(kind, text))
    return [rows[pk].title for pk in ids]
