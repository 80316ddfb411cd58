"""The custom fields of a workspace as pages use them, read once for each version of them.

The version comes with the row of the workspace that every request reads, so a page asks no further statement, and each
process sees a change at its next request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core import past
from records.models import CustomField
from workspaces.models import Workspace

#: as many workspaces' fields are kept in a process
MOST_KEPT = 500


@dataclass(frozen=True)
class Definitions:
    """The fields in use, in the order of forms and pages: below their groups, those without one last."""

    workspace_id: int = 0
    version: int = 0
    fields: tuple[CustomField, ...] = field(default=(), compare=False)

    def of(self, record_name: str) -> tuple[CustomField, ...]:
        """Those of a record type."""
        return tuple(one for one in self.fields if one.record == record_name)

    def by_key(self, record_name: str) -> Mapping[str, CustomField]:
        """The same by what forms and verbs call them: "custom_12"."""
        return {one.key: one for one in self.of(record_name)}


NONE = Definitions()
_kept: dict[tuple[int, int], Definitions] = {}


def fields_of(workspace: Workspace) -> Definitions:
    """The custom fields of a workspace, as of the version that its row was read with."""
    if not workspace.fields_version:
        return NONE
    key = workspace.pk, workspace.fields_version
    found = _kept.get(key)
    if found is None:
        found = _read(workspace)
        # What this transaction has changed itself may yet be taken back: its own version is not the row's.
        if _version(workspace) == workspace.fields_version:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[key] = found
    return found


def _read(workspace: Workspace) -> Definitions:
    """The fields are those of now in the past as well: what they held then stands in the history of the values."""
    with past.as_of(None):
        rows = CustomField.objects.filter(retired_at=None).select_related("group").prefetch_related("choices")
        fields = sorted(rows, key=lambda one: (one.group.position if one.group else MOST_KEPT, one.position, one.pk))
    return Definitions(workspace.pk, workspace.fields_version, tuple(fields))


def _version(workspace: Workspace) -> int:
    return Workspace.objects.values_list("fields_version", flat=True).get(pk=workspace.pk)
