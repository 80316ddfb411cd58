"""Operations of migrations."""

from collections.abc import Sequence

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Fields, indexes, rules and triggers of tables that exist, applied in one go.

    Django renders the state of all related models anew after each such operation; with history on every table that
    made the first migration take half a minute. Here it is rendered once.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]):
        self.operations = list(operations)

    def deconstruct(self):
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} fields, indexes, rules and triggers"
