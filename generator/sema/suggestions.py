"""What an author may have meant by a name that is not there."""

from __future__ import annotations

from difflib import get_close_matches

from generator.ir import PrimitiveKind
from generator.sema.compilation import Compilation, Symbol, Unit
from generator.syntax.elsewhere import word_here

_MOST_LISTED = 6
_TYPES = (*(kind.value for kind in PrimitiveKind), "string", "any")


def suggest(
    compilation: Compilation,
    unit: Unit,
    scope: Symbol | None,
    path: str,
    wanted: tuple[str, ...],
) -> str:
    """The way out of a path that stands for nothing, as a sentence for `help`."""
    is_type = "struct" in wanted
    candidates = _reachable(unit, scope, wanted)
    if inside := _inside(path, candidates):
        return _which_of(path, inside)
    close = get_close_matches(path, (*candidates, *_TYPES) if is_type else candidates, 1, 0.7)
    elsewhere = word_here(path)
    if is_type and elsewhere and not set(close) & set(candidates):
        return f"write `{elsewhere}`"
    if close or (close := _by_last_part(path, candidates)):
        return f"did you mean `{close[0]}`?"
    return _where_it_is(compilation, path)


def _by_last_part(path: str, candidates: list[str]) -> list[str]:
    """`Kind.kTask` for kTsk."""
    by_last = {name.rpartition(".")[2]: name for name in candidates}
    close = get_close_matches(path.rpartition(".")[2], by_last, 1, 0.8)
    return [by_last[name] for name in close if "." in by_last[name] and "." not in path]


def _inside(path: str, candidates: list[str]) -> list[str]:
    """What there is where a path leads to: the values of an enum, the names of an import."""
    holder = path.rpartition(".")[0]
    parts = (name.rpartition(".") for name in candidates)
    return [last for before, _, last in parts if holder and before == holder]


def _which_of(path: str, inside: list[str]) -> str:
    """The one that is meant where that is plain, else all of them: short names are all alike."""
    holder, _, last = path.rpartition(".")
    close = get_close_matches(last, inside, 1, 0.7)
    if close:
        return f"did you mean `{holder}.{close[0]}`?"
    listed, more = ", ".join(inside[:_MOST_LISTED]), len(inside) - _MOST_LISTED
    return f"`{holder}` has {listed}{f' and {more} more' if more > 0 else ''}"


def _reachable(unit: Unit, scope: Symbol | None, wanted: tuple[str, ...]) -> list[str]:
    """Names that could stand in a scope, each as one would write it there."""
    names: dict[str, None] = {}
    prefixes = [f"{unit.module}." if unit.module else ""]
    around = scope
    while around is not None:
        prefixes.insert(0, f"{around.full_name}.")
        around = around.parent
    for other, alias in ((unit, ""), *((link.unit, link.alias) for link in unit.links)):
        for symbol in other.symbols.values():
            if symbol.kind in wanted:
                name = symbol.full_name
                if alias:
                    name = f"{alias}.{name.removeprefix(f'{other.module}.')}"
                for prefix in prefixes:
                    name = name.removeprefix(prefix)
                names[name] = None
    return list(names)


def _where_it_is(compilation: Compilation, path: str) -> str:
    """Where a name is declared, if some file of the run declares it and is not imported."""
    last = path.split(".")[-1]
    for unit in compilation.units:
        name = f"{unit.module}.{last}" if unit.module else last
        if path in unit.symbols or (len(last) > 2 and name in unit.symbols):
            return f'it is declared in `{unit.path}`: import "{unit.path}" and write its full name'
    return "declare it, or import the file that does"
