"""The backends' templates, compiled once for all runs: as Python keeps what it compiles itself."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from functools import cache
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket


class _Kept(jinja2.BytecodeCache):
    """Beside the templates in __pycache__, or where and whether Python is told to.

    Whoever cannot write there compiles again; a bucket says itself whether it is of the same source
    and the same Python.
    """

    def __init__(self, folder: Path):
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            with open(self._path(bucket), "rb") as file:
                bucket.load_bytecode(file)
        except OSError:
            pass

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        path = self._path(bucket)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=os.path.dirname(path), delete=False) as file:
                bucket.write_bytecode(file)
            os.replace(file.name, path)  # for others who read it now
        except OSError:
            pass

    def _path(self, bucket: Bucket) -> str:
        return importlib.util.cache_from_source(str(self._folder / bucket.key))

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name


@cache
def environment(folder: Path) -> jinja2.Environment:
    """For the templates in `folder`, which do not change while this runs."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        bytecode_cache=_Kept(folder),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
