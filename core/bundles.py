"""One stylesheet and one script from many small files, without a build step; comments and indentation are left out.
What few pages have, the settings, imports, merging, pages of the signed out, is a stylesheet of theirs beside it.

`css/app.css`, `apart/apart.css` and `js/app.js` do not exist in the tree: this staticfiles finder writes them on
demand, so that runserver, tests and collectstatic (with hashed names and compression behind it) see ordinary files.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import ClassVar, Literal, overload

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

#: bundle -> the file that must come first; all others of that folder follow in the order of their paths
BUNDLES = {"css/app.css": "css/layers.css", "apart/apart.css": "apart/settings.css", "js/app.js": "js/core.js"}

#: what is for those who read the sources: comments that fill lines, those behind a line of code, indentation
_FOR_READERS = re.compile(
    r"^\s*/\*.*?\*/\s*$|\s*/\*[^\n]*?\*/$|\s+//[^\n\"'`]*$|^[ \t]+|\n(?=\n)", re.DOTALL | re.MULTILINE
)


def sources(bundle: str) -> list[Path]:
    """The files a bundle is made of, in their order."""
    folder, first = settings.BASE_DIR / "static" / Path(bundle).parent, settings.BASE_DIR / "static" / BUNDLES[bundle]
    return [first, *sorted(path for path in folder.rglob(f"*{first.suffix}") if path != first)]


def lean(source: str) -> str:
    """A source without what only its readers need: a third of the weight."""
    return _FOR_READERS.sub("", source)


class BundleFinder(BaseFinder):
    """Finds the bundles, written anew whenever a source changed.

    What is written belongs to all finders: requests at the same time may make several, and one that is dropped must
    not take the folder from under the others.
    """

    folder = TemporaryDirectory(prefix="rapport-static-")
    storage = FileSystemStorage(location=folder.name)
    written: ClassVar[dict[str, bytes]] = {}
    writing = Lock()

    def check(self, **kwargs: object) -> list:
        return []

    def build(self, bundle: str) -> str:
        """Write the bundle if it is new or changed; its path. Replaced in one step, for readers at the same time."""
        content = "\n".join(lean(path.read_text()) for path in sources(bundle)).encode()
        target = Path(self.folder.name) / bundle
        with self.writing:
            if self.written.get(bundle) != content:
                target.parent.mkdir(parents=True, exist_ok=True)
                draft = target.with_suffix(".new")
                draft.write_bytes(content)
                draft.replace(target)
                self.written[bundle] = content
        return str(target)

    @overload
    def find(self, path: str, find_all: Literal[False] = ...) -> str | None: ...
    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...
    def find(self, path: str, find_all: bool = False) -> str | list[str] | None:
        if path not in BUNDLES:
            return [] if find_all else None
        built = self.build(path)
        return [built] if find_all else built

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for bundle in BUNDLES:
            self.build(bundle)
            yield bundle, self.storage
