"""CSV files that go out: UTF-8 with a mark, so that spreadsheets read it, and no text that they take for a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _

from transfers.formulas import escape_formula
from transfers.models import Import

#: bytes that are kept in memory before a temporary file is used
SPOOL = 1 << 20


class CsvFile:
    """A temporary file that rows are written to."""

    def __init__(self, delimiter: str = ",") -> None:
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - handed on open
        self.text = io.TextIOWrapper(self.file, encoding="utf-8-sig", newline="", write_through=True)
        self.writer = csv.writer(self.text, delimiter=delimiter)

    def write(self, rows: Iterable[Iterable[str]]) -> None:
        self.writer.writerows([escape_formula(cell) for cell in row] for row in rows)

    def finished(self) -> IO[bytes]:
        """The file from its beginning."""
        self.text.flush()
        self.text.detach()
        self.file.seek(0)
        return self.file


def refused_rows(importing: Import) -> IO[bytes]:
    """The rows of an import that were refused, or taken only in part, with line and reason beside them; parted as the
    file was, so that the same program opens both."""
    out = CsvFile(importing.how_written.delimiter)
    out.write([[*importing.columns, _("Line"), _("Reason")]])
    refusals = importing.refusals.order_by("line", "id").values_list("cells", "line", "reason")
    width = len(importing.columns)
    out.write([*_padded(cells, width), str(line), reason] for cells, line, reason in refusals.iterator())
    return out.finished()


def _padded(cells: list[str], width: int) -> list[str]:
    """As many cells as there are headings; what is beyond them stays together in the last one."""
    if len(cells) > width:
        return [*cells[: width - 1], " | ".join(cells[width - 1 :])]
    return cells + [""] * (width - len(cells))
