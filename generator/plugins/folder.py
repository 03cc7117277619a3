"""A folder of templates as a backend.

    module.EXT.j2   rendered for every .ipc file that was named; writes <path without ending>.EXT
    NAME.j2         any other name: rendered once a run; writes NAME
    _NAME.j2        rendered for nobody: for `include`, `import` and `extends`
    filters.py      optional: each of its functions is a filter

Errors      Problem, whatever a template or a filter does wrong.
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import jinja2

from generator.ir import Module, Options, Program
from generator.plugins.helpers import FILTERS, Settings, Unknown, said
from generator.plugins.problem import Problem, frames_in, problem
from generator.source.diagnostic import Diagnostic

_ENDING = ".j2"
_FOR_MODULES = "module."


class Folder:
    """An ir.Backend. `name` is the folder as the user writes it; `templates` are names."""

    def __init__(self, name: str):
        self._name = name
        self._folder = Path(name).resolve()
        names = sorted(path.name for path in self._folder.glob(f"*{_ENDING}"))
        self.templates = [one for one in names if not one.startswith("_")]
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self._folder),
            undefined=Unknown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= FILTERS | self._own_filters()

    @property
    def inputs(self) -> list[str]:
        """Every file that output may depend on."""
        found = (path for path in self._folder.rglob("*") if path.is_file())
        return [str(path) for path in found if "__pycache__" not in path.parts]

    def generate(self, program: Program, module: Module, options: Options) -> dict[str, str]:
        """Texts by path; what is rendered once a run comes with the first file."""
        context = {"program": program, "options": Settings(options.values)}
        is_first = module.path == program.roots[0]
        files = {}
        for template in self.templates:
            path = template.removesuffix(_ENDING)
            if template.startswith(_FOR_MODULES):
                path = os.path.splitext(module.path)[0] + path.removeprefix(_FOR_MODULES[:-1])
                files[path] = self._render(template, path, context | {"module": module})
            elif is_first:
                files[path] = self._render(template, path, context)
        return files

    def unsupported(self, program: Program, module: Module) -> list[Diagnostic]:
        """Nothing: a template sees all there is."""
        return []

    def _render(self, template: str, path: str, context: dict[str, object]) -> str:
        try:
            return self._environment.get_template(template).render(context)
        except jinja2.TemplateSyntaxError as mistake:
            file = self._folder / (mistake.name or template)
            raise self._problem(file, mistake.lineno, self._syntax(mistake), []) from None
        except Exception as failure:
            raise self._failed(failure, template, path) from failure

    def _syntax(self, mistake: jinja2.TemplateSyntaxError) -> str:
        what = str(mistake.message).rstrip(".")
        unknown = re.fullmatch(r"No filter named '(\w+)'", what)
        if not unknown:
            return what[:1].lower() + what[1:]
        return said(f"there is no filter `{unknown[1]}`", unknown[1], [*self._environment.filters])

    def _failed(self, failure: Exception, template: str, path: str) -> Problem:
        frames = frames_in(failure, self._folder) or [(self._folder / template, 1)]
        file, line = frames[-1]
        notes = [f"note: {path} was being written"]
        callers = [(one, at) for one, at in frames if one.suffix == _ENDING]
        if file.suffix != _ENDING and callers:
            caller, at = callers[-1]
            notes.insert(0, f"note: called from {self._shown(caller)}:{at}")
        return self._problem(file, line, _what(failure), notes)

    def _own_filters(self) -> dict[str, Callable]:
        """Functions of filters.py, without those it imports or begins with `_`."""
        file = self._folder / "filters.py"
        if not file.is_file():
            return {}
        module = ModuleType("filters")
        try:
            exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), vars(module))
        except SyntaxError as mistake:
            raise self._problem(file, mistake.lineno or 1, mistake.msg, []) from None
        except Exception as failure:
            frames = frames_in(failure, self._folder) or [(file, 1)]
            raise self._problem(*frames[-1], _what(failure), []) from failure
        return {
            name: one
            for name, one in inspect.getmembers(module, inspect.isfunction)
            if one.__module__ == module.__name__ and not name.startswith("_")
        }

    def _problem(self, file: Path, line: int, what: str, notes: list[str]) -> Problem:
        source = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        return problem(self._shown(file), line, source, what, notes)

    def _shown(self, file: Path) -> str:
        return os.path.join(self._name, file.relative_to(self._folder))


def _what(failure: Exception) -> str:
    match failure:
        case jinja2.TemplateNotFound():
            return f"there is no template `{failure}`"
        case jinja2.TemplateError():
            return str(failure)
        case _:
            return f"{type(failure).__name__}: {failure}"
