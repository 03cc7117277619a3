"""The passes, in order. Each is a function whose docstring says in a sentence what it does."""

from __future__ import annotations

from collections.abc import Callable

from generator.ir.program import Program
from generator.sema.attribute_references import resolve_attributes
from generator.sema.attributes import check_attributes
from generator.sema.calls import check_answers, check_handles, name_channels
from generator.sema.compilation import Compilation
from generator.sema.constants import evaluate_constants
from generator.sema.defaults import check_bounds, check_defaults, check_extensible
from generator.sema.derived_names import check_derived_names
from generator.sema.freeze import freeze
from generator.sema.imports import load_files
from generator.sema.names import declare_names
from generator.sema.ordinals import assign_ordinals
from generator.sema.recursion import break_recursion
from generator.sema.types import resolve_types
from generator.sema.versions import check_stable, check_versions

PASSES: list[Callable[[Compilation], None]] = [
    load_files,
    declare_names,
    check_derived_names,
    check_attributes,
    resolve_attributes,
    evaluate_constants,
    resolve_types,
    assign_ordinals,
    check_defaults,
    check_bounds,
    check_extensible,
    check_versions,
    check_stable,
    check_answers,
    name_channels,
    check_handles,
    break_recursion,
]


def analyze(compilation: Compilation) -> Program | None:
    """Runs every pass; the program, or None when one of them found an error.

    Later passes run after errors too: each passes over what an earlier one refused, so that every
    message is about a mistake of its own.
    """
    for step in PASSES:
        step(compilation)
    return None if compilation.failed else freeze(compilation)
