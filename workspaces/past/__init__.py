"""A workspace as it stood at a moment: the views that show it (`views`) and the addresses that lead there."""

from .views import MOMENT, is_newest, stand_in, then

__all__ = ["MOMENT", "is_newest", "stand_in", "then"]
