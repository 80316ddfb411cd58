from .activity import Activity, ActivityEvent, ActivityFile, ActivityLink, ActivityTag

__all__ = ["Activity", "ActivityEvent", "ActivityFile", "ActivityLink", "ActivityTag"]
