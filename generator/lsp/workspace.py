"""Which files there are, where imports look for them, and which of them to compile together."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from generator.lint import RULES, UnknownRule, choose, settings_choice
from generator.lsp.documents import Documents
from generator.lsp.snapshot import Snapshot

SETTINGS = ".ipcgen"
# Somebody may open a file in a home directory; not all of it is searched for importers.
_MOST_FOLDERS = 10_000
_SUFFIXES = (".ipc", ".mojom")
_IMPORT = re.compile(rb'^[ \t]*(?:\[[^\]\n]*\][ \t]*)?import[ \t]+"([^"\n]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Settings:
    """Import roots, in order, the features that EnableIf asks for, and the rules of lint."""

    roots: tuple[Path, ...] = ()
    enable: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset(RULES)


class BadSettings(Exception):
    """The settings cannot be used; the text says why."""


@dataclass
class Workspace:
    """The folders that the editor has open, and snapshots of their files.

    A snapshot is kept until changed() is called. `options` come from the editor and win over the
    `.ipcgen` files of the folders.
    """

    folders: list[Path] = field(default_factory=list)
    options: object = None
    documents: Documents = field(default_factory=Documents)
    settings: Settings = Settings()

    def __post_init__(self) -> None:
        self._snapshots: dict[tuple[Path, ...], Snapshot] = {}
        self._imports: dict[Path, tuple[tuple[int, int], list[str]]] = {}

    def load_settings(self) -> None:
        """Reads the settings again; those that cannot be used count as absent."""
        folders = self.folders or self._guessed_folders()
        problems: list[str] = []
        roots: list[Path] = []
        enable: set[str] = set()
        rules = frozenset(RULES)
        for folder in folders:
            try:
                found = _settings_of(folder, self.options)
            except BadSettings as problem:
                problems.append(str(problem))
                found = Settings((folder,))
            roots += found.roots
            enable |= found.enable
            rules &= found.rules
        self.settings = Settings(tuple(dict.fromkeys(roots)), frozenset(enable), rules)
        self.changed()
        if problems:
            raise BadSettings("\n".join(problems))

    def changed(self) -> None:
        """A buffer or a file on disk is not what it was."""
        self._snapshots.clear()

    def open_files(self) -> Snapshot:
        """Every open file, compiled with what it imports."""
        return self.compile(document.path for document in self.documents)

    def around(self, path: Path) -> Snapshot:
        """A file and everything that imports it, open or not."""
        return self.compile([path, *self.importers([path])])

    def compile(self, paths: Iterable[Path]) -> Snapshot:
        key = tuple(dict.fromkeys(paths))
        if key not in self._snapshots:
            roots = self._roots(key)
            names = {path: name_in(path, roots) for path in key}
            there = tuple(
                dict.fromkeys(
                    name for path, name in names.items() if self.documents.read(path) is not None
                )
            )
            self._snapshots[key] = Snapshot(
                there, roots, self.settings.enable, self.documents.read
            )
        return self._snapshots[key]

    def importers(self, paths: Iterable[Path]) -> list[Path]:
        """The files of the workspace that import one of `paths`, directly or not."""
        users: dict[str, list[Path]] = {}
        for file in self.files():
            for name in self._imported_by(file):
                users.setdefault(name, []).append(file)
        found: dict[Path, None] = {}
        waiting = list(paths)
        given = set(waiting)
        while waiting:
            path = waiting.pop()
            roots = (root for root in self._roots([path]) if path.is_relative_to(root))
            names = {name_in(path, [root]) for root in roots}
            for user in (user for name in names for user in users.get(name, ())):
                if user not in found and user not in given:
                    found[user] = None
                    waiting.append(user)
        return sorted(found)

    def files(self) -> list[Path]:
        """Every source file below the import roots, hidden folders aside, and the open ones."""
        found = {document.path: None for document in self.documents}
        for root in self.settings.roots:
            for folder, folders, names in islice(os.walk(root), _MOST_FOLDERS):
                folders[:] = [name for name in folders if not name.startswith(".")]
                for name in names:
                    if name.endswith(_SUFFIXES):
                        found[Path(folder, name)] = None
        return list(found)

    def _imported_by(self, file: Path) -> list[str]:
        """What a file imports, by a glance at its text; the disk is read again when it changed."""
        if self.documents.get(file):
            return _imports(self.documents.read(file) or b"")
        try:
            status = file.stat()
        except OSError:
            return []
        stamp = (status.st_mtime_ns, status.st_size)
        if self._imports.get(file, (None,))[0] != stamp:
            self._imports[file] = (stamp, _imports(self.documents.read(file) or b""))
        return self._imports[file][1]

    def _roots(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """The import roots; a file that is in none brings its own folder along."""
        roots = list(self.settings.roots)
        for path in paths:
            if not any(path.is_relative_to(root) for root in roots):
                roots.append(path.parent)
        return tuple(roots)

    def _guessed_folders(self) -> list[Path]:
        """Of an editor without folders: the nearest with settings above each open file."""
        found: dict[Path, None] = {}
        for document in self.documents:
            parents = document.path.parents
            near = (folder for folder in parents if (folder / SETTINGS).is_file())
            found[next(near, document.path.parent)] = None
        return list(found)


def name_in(path: Path, roots: Iterable[Path]) -> str:
    """What imports call a file: its path from the first root that holds it."""
    for root in roots:
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name


def _imports(data: bytes) -> list[str]:
    return [name.decode("utf-8", "replace") for name in _IMPORT.findall(data)]


def _settings_of(folder: Path, options: object) -> Settings:
    """What the editor says, else what the folder's file says, else the folder itself."""
    given, where = options, "initializationOptions"
    if not given:
        file = folder / SETTINGS
        if not file.is_file():
            return Settings((folder,))
        where = str(file)
        try:
            given = json.loads(file.read_bytes())
        except (ValueError, OSError, RecursionError) as problem:
            raise BadSettings(f"{where}: {problem}") from None
    if not isinstance(given, dict):
        raise BadSettings(f'{where}: expected an object like {{"roots": ["."], "enable": []}}')
    roots = list(_texts(given, "roots", where)) or ["."]
    enable = frozenset(_texts(given, "enable", where))
    try:
        rules = choose(disable=settings_choice(given, where))
    except UnknownRule as problem:
        raise BadSettings(str(problem)) from None
    return Settings(tuple(Path(os.path.normpath(folder / root)) for root in roots), enable, rules)


def _texts(given: dict, key: str, where: str) -> Iterator[str]:
    for text in given.get(key) or ():
        if not isinstance(text, str) or isinstance(given[key], str):
            raise BadSettings(f"{where}: `{key}` is a list of strings")
        yield text
