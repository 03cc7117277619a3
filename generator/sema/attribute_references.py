"""What attributes name: features and enum values have to be there as types have."""

from __future__ import annotations

from generator.sema.compilation import Compilation, methods, walk
from generator.sema.names import find
from generator.syntax import ast

# Attribute: the kind of symbol that it names, in the words of the tables and of messages.
_NAMED = {
    "AllowedContext": ("value", "an enum's value"),
    "RequireContext": ("value", "an enum's value"),
    "RuntimeFeature": ("feature", "a feature"),
    "SendValidation": ("feature", "a feature"),
    "ServiceSandbox": ("value", "an enum's value"),
}


def resolve_attributes(compilation: Compilation) -> None:
    """Finds the features and the enum values that attributes name."""
    for unit in compilation.units:
        for node in walk(unit.tree):
            for owner in (node, *methods(node)):
                for attribute in owner.attributes:
                    path, named = attribute.value, _NAMED.get(attribute.name.text)
                    if named and isinstance(path, ast.Path):
                        kind, words = named
                        scope = compilation.scopes[node]
                        find(compilation, unit, scope, path, path.text, (kind,), words)
