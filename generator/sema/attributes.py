"""The attributes that exist, where each may stand and what it takes."""

from __future__ import annotations

from difflib import get_close_matches

from generator.sema.calls import ANSWERED
from generator.sema.compilation import Compilation, Unit, field_groups, has_flag, methods, walk
from generator.source.diagnostic import Label
from generator.syntax import ast

FLAG = "nothing"
NUMBER = "a number"
STRING = "a string"
NAME = "a name"
CONDITION = "a name, or names joined by `|` or `&`"

_ANYWHERE = (
    "module import const enum value struct field union variant interface method parameter "
    "channels channel feature type"
)
_TYPES = "enum struct union interface"
_DOCUMENTED = f"{_TYPES} const value field variant method channels channel type"

# name: (targets, what it takes)
ATTRIBUTES: dict[str, tuple[str, str]] = {
    "AllowedContext": ("method", NAME),
    "Channel": ("channel", STRING),
    "CustomSerializer": ("struct", FLAG),
    "DeadlineMs": ("channel", NUMBER),
    "Default": ("value variant", FLAG),
    "Deprecated": (_DOCUMENTED, FLAG),
    "DirectReceiver": ("interface", FLAG),
    "DispatchDebugAlias": ("interface", FLAG),
    "EnableIf": (_ANYWHERE, CONDITION),
    "EnableIfNot": (_ANYWHERE, CONDITION),
    "EstimateSize": ("method", FLAG),
    "Extensible": ("enum union", FLAG),
    "GenerateDirectReturnStub": ("interface", FLAG),
    "IncludeSendValidation": ("module", FLAG),
    "JavaClassName": ("struct", STRING),
    "JavaConstantsClassName": ("module", STRING),
    "JavaPackage": ("module", STRING),
    "MaxBytes": ("channel", NUMBER),
    "MinVersion": ("value field variant parameter method channel", NUMBER),
    "Native": ("enum struct", FLAG),
    "NoInterrupt": ("method", FLAG),
    "Note": (_DOCUMENTED, STRING),
    "RenamedFrom": (f"{_TYPES} value field variant parameter method feature", STRING),
    "RequireContext": ("interface", NAME),
    "RuntimeFeature": ("interface method", NAME),
    "SendValidation": ("interface method", NAME),
    "ServiceSandbox": ("interface", NAME),
    "Stable": (f"{_TYPES} channels", FLAG),
    "SupportsUrgent": ("method", FLAG),
    "Sync": ("method", FLAG),
    "UnlimitedSize": ("method", FLAG),
    "UseCbReturn": ("method", FLAG),
    "Uuid": (_TYPES, STRING),
    "VendorSpecified": (_ANYWHERE, STRING),
}

# What a number counts, for those who write another one.
_COUNTED = {
    "DeadlineMs": "a positive number of milliseconds",
    "MaxBytes": "a positive number of bytes",
    "MinVersion": "a whole number, 0 or more",
}
# Members of channels that an attribute is for, where it is not for all.
_VERBS = {"DeadlineMs": ANSWERED}
# What an attribute needs beside it.
_NEEDS = {"NoInterrupt": "Sync"}

_TARGETS = {
    ast.Const: "const",
    ast.Enum: "enum",
    ast.Struct: "struct",
    ast.Union: "union",
    ast.Interface: "interface",
    ast.Channels: "channels",
    ast.Feature: "feature",
    ast.Alias: "type",
}
_FIELD_TARGETS = {ast.Struct: "field", ast.Union: "variant"}


def check_attributes(compilation: Compilation) -> None:
    """Refuses attributes that do not exist, stand in the wrong place or take something else."""
    for unit in compilation.units:
        tree = unit.tree
        if tree.module:
            _check(compilation, unit, tree.module.attributes, "module")
        for statement in tree.imports:
            _check(compilation, unit, statement.attributes, "import")
        for node in walk(tree):
            _check(compilation, unit, node.attributes, _TARGETS[type(node)])
            _check_body(compilation, unit, node)
            if isinstance(node, ast.Enum):
                for value in node.values:
                    _check(compilation, unit, value.attributes, "value")
            call = "channel" if isinstance(node, ast.Channels) else "method"
            for method in methods(node):
                _check(compilation, unit, method.attributes, call)
            target = _FIELD_TARGETS.get(type(node), "parameter")
            for group in field_groups(node):
                for field in group:
                    _check(compilation, unit, field.attributes, target)


def _check_body(compilation: Compilation, unit: Unit, node: ast.Definition) -> None:
    if not isinstance(node, (ast.Struct, ast.Enum)) or node.body or has_flag(node, "Native"):
        return
    if all(attribute.name.text in ATTRIBUTES for attribute in node.attributes):
        compilation.report(
            "IPC0058",
            unit.span(node.name),
            f"`{node.name.text}` has no body",
            help="give it one in braces, or put [Native] before it",
        )


def _check(
    compilation: Compilation, unit: Unit, attributes: tuple[ast.Attribute, ...], target: str
) -> None:
    seen: dict[str, ast.Attribute] = {}
    for attribute in attributes:
        name = attribute.name.text
        first = seen.setdefault(name, attribute)
        if name not in ATTRIBUTES:
            close = get_close_matches(name, ATTRIBUTES, 1)
            compilation.report(
                "IPC0036",
                unit.span(attribute.name),
                f"there is no attribute `{name}`",
                help=f"did you mean `{close[0]}`?" if close else "remove it",
            )
        elif first is not attribute:
            compilation.report(
                "IPC0039",
                unit.span(attribute.name),
                f"`{name}` is given twice",
                labels=(Label(unit.span(first.name), "first given here"),),
                help="remove one of them",
            )
        else:
            _check_known(compilation, unit, attribute, target)
    for attribute in seen.values():
        _check_company(compilation, unit, attribute, seen)


def _check_company(
    compilation: Compilation, unit: Unit, attribute: ast.Attribute, beside: dict[str, ast.Attribute]
) -> None:
    name = attribute.name.text
    needed = _NEEDS.get(name)
    if needed and needed not in beside:
        compilation.report(
            "IPC0064",
            unit.span(attribute.name),
            f"`{name}` means nothing without `{needed}`",
            help=f"write `[{needed}, {name}]`, or remove it",
        )


def _check_known(
    compilation: Compilation, unit: Unit, attribute: ast.Attribute, target: str
) -> None:
    name = attribute.name.text
    targets, takes = ATTRIBUTES[name]
    places = targets.split()
    if target not in places:
        *others, last = (_with_article(place) for place in places)
        verbs = f" ({', '.join(_VERBS[name])})" if name in _VERBS else ""
        compilation.report(
            "IPC0037",
            unit.span(attribute.name),
            f"`{name}` means nothing on {_with_article(target)}",
            help="it belongs on " + (", ".join(others) + " or " if others else "") + last + verbs,
        )
    elif not _fits(attribute.value, takes):
        compilation.report(
            "IPC0038",
            unit.span(attribute.value or attribute.name),
            f"`{name}` takes {_COUNTED.get(name, takes)}",
            help=_example(name, takes),
        )


def _fits(value: ast.Constant | ast.Choice | None, takes: str) -> bool:
    literal = value.value if isinstance(value, ast.Literal) else None
    if takes == FLAG:
        return value is None or isinstance(literal, bool)
    if takes == NUMBER:
        return isinstance(literal, int) and not isinstance(literal, bool) and literal >= 0
    if takes == STRING:
        return isinstance(literal, str)
    return isinstance(value, ast.Path) or (takes == CONDITION and isinstance(value, ast.Choice))


def _example(name: str, takes: str) -> str:
    written = {FLAG: "", NUMBER: "=1", STRING: '="text"', NAME: "=kName", CONDITION: "=is_linux"}
    return f"write `[{name}{written[takes]}]`"


def _with_article(target: str) -> str:
    words = {
        "value": "an enum's value",
        "field": "a struct's field",
        "variant": "a union's field",
        "const": "a constant",
        "channels": "channels",
        "channel": "a member of channels",
        "type": "a type alias",
    }
    article = "an" if target[0] in "aeio" else "a"
    return words.get(target, f"{article} {target}")
