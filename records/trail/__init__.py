"""The read trail: who opened, listed, exported or fetched a record. See docs/decisions/12-read-trail.md."""

from .noting import note_compared, note_exported, note_listed, note_opened, opens

__all__ = ["note_compared", "note_exported", "note_listed", "note_opened", "opens"]
