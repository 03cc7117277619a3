"""Breaks long lines of C++ where clang-format (Google style, 100 columns) would break them.

Only the few shapes that this backend prints are known here: signatures, calls, declarations with
an initialiser, string literals, tables. What none of them can make fit (a name of eighty letters)
stays on one line, and the paragraph around it is guarded.

Every function takes the column at which it starts and answers whole lines.
"""

from __future__ import annotations

import re

from generator.backends.comments import WIDTH, Lines

_CONTINUATION = 4
_LINES_FOR_HANGING = 3  # parameters go below the parenthesis when that saves as many lines


def fits(*lines: str) -> bool:
    return max(map(len, lines), default=0) <= WIDTH


def signature(before: str, name: str, params: Lines, after: str, indent: int = 0) -> Lines:
    """`before name(params` and `after`, which begins with the closing parenthesis."""
    pad = " " * indent
    start = f"{pad}{before} {name}(" if before else f"{pad}{name}("
    return _signature(before, name, params, after, indent) or (start + ", ".join(params) + after,)


def _signature(before: str, name: str, params: Lines, after: str, indent: int) -> Lines:
    """The lines, or none when nothing fits."""
    pad = " " * indent
    start = f"{pad}{before} {name}(" if before else f"{pad}{name}("
    aligned = _aligned(start, params, after)
    hanging = _hanging(start, params, after, indent)
    if hanging and len(aligned) - len(hanging) >= _LINES_FOR_HANGING:
        return hanging
    return (
        _one_line(start, params, after)
        or aligned
        or hanging
        or (_below_result(before, name, params, after, indent) if before else ())
    )


def _below_result(before: str, name: str, params: Lines, after: str, indent: int) -> Lines:
    result = " " * indent + before
    below = _signature("", name, params, after, indent)
    return (result, *below) if below and fits(result) else ()


def function(
    before: str, name: str, params: Lines, body: Lines, qualifiers: str = "", indent: int = 0
) -> Lines:
    """A definition; a body of one short statement goes on the same line."""
    pad = " " * indent
    start = f"{pad}{before} {name}(" if before else f"{pad}{name}("
    flat = f"{start}{', '.join(params)}){qualifiers} {{"
    if len(body) == 1 and fits(whole := f"{flat} {body[0]} }}"):
        return (whole,)
    head = _signature(before, name, params, f"){qualifiers} {{", indent) or (flat,)
    return (*head, *(f"{pad}  {line}" for line in body), f"{pad}}}")


def template_argument(start: str, type: str, end: str) -> Lines:
    """`start<type>` and `end` at column 0."""
    whole, broken = f"{start}<{type}>{end}", (f"{start}<", f"    {type}>{end}")
    return broken if fits(*broken) and not fits(whole) else (whole,)


def list_initialised(type: str, name: str, items: Lines) -> Lines:
    """`type name{items};` at column 0."""
    start = f"{type} {name}{{"
    separate = _listed(f"    {name}{{", items, _CONTINUATION) if fits(type) else ()
    return (
        _listed(start, items, 0)
        or _hanging(start, items, "};", 0)
        or ((type, *separate) if separate else (f"{start}{', '.join(items)}}};",))
    )


def _listed(start: str, items: Lines, indent: int) -> Lines:
    """Next to the brace, but below it where that takes fewer lines than there are items."""
    hanging = _hanging(start, items, "};", indent)
    below = hanging if len(hanging) < len(items) else ()
    return _one_line(start, items, "};") or below or _aligned(start, items, "};")


def function_type(left: str, result: str, params: Lines, indent: int) -> Lines:
    """`left = result(params);`"""
    pad = " " * indent
    start, above = f"{pad}{left} = {result}(", f"{pad}{left} ="
    below = _aligned(f"{pad}    {result}(", params, ");") if fits(above) else ()
    hanging = _hanging(start, params, ");", indent)
    lower = min(filter(None, ((above, *below) if below else (), hanging)), key=len, default=())
    aligned = _aligned(start, params, ");")
    if lower and len(aligned) - len(lower) >= _LINES_FOR_HANGING:
        return lower
    return (
        _one_line(start, params, ");")
        or aligned
        or lower
        or (f"{start}{', '.join(params)});",)
    )


def rows(start: str, items: tuple[Lines, ...], indent: int) -> Lines:
    """`start{items,};` with an item a line, or in columns, as clang-format likes five or more."""
    head = f"{' ' * indent}{start}{{"
    if not items:
        return (f"{head}}};",)
    pad = " " * (indent + _CONTINUATION)
    columns = _columns([len(item[0].strip()) for item in items]) if _are_short(items) else [0]
    if len(columns) == 1:
        lines = [line for item in items for line in item]
    else:
        cells = [item[0].strip() for item in items]
        lines = []
        for at in range(0, len(cells), len(columns)):
            row = zip(cells[at : at + len(columns)], columns)
            lines.append(pad + " ".join(cell.ljust(width) for cell, width in row).rstrip())
    return (head, *lines, " " * indent + "};")


def _are_short(items: tuple[Lines, ...]) -> bool:
    return len(items) >= 5 and all(len(item) == 1 for item in items)


def _columns(widths: list[int]) -> list[int]:
    """How wide the columns are: the most that fit without making more lines than fewer would."""
    best: list[int] = [max(widths)]
    for count in range(2, WIDTH // 3 + 1):
        cells = [widths[column::count] for column in range(count)]
        if not all(cells):
            break
        columns = [max(column) for column in cells]
        is_ragged = any(max(column) - min(column) > 10 for column in cells[:-1])
        if is_ragged or sum(columns) + count - 1 > WIDTH - 6:
            continue
        if -(-len(widths) // count) < -(-len(widths) // len(best)):
            best = columns
    return best


def template_alias(left: str, template: str, args: Lines, indent: int) -> Lines:
    """`left = template<args>;`"""
    pad = " " * indent
    start, above = f"{pad}{left} = {template}<", f"{pad}{left} ="
    aligned = _aligned(start, args, ">;")
    below = _aligned(f"{pad}    {template}<", args, ">;") if fits(above) else ()
    best = (above, *below) if below and not 0 < len(aligned) <= len(below) else aligned
    hanging = _hanging(start, args, ">;", indent)
    if hanging and (not best or len(hanging) < len(best) - (best != aligned)):
        return hanging
    return best or (f"{start}{', '.join(args)}>;",)


def call(start: str, args: Lines, end: str, indent: int) -> Lines:
    """`start(args` and `end`, which begins with the closing parenthesis."""
    head = " " * indent + start + "("
    aligned, hanging = _aligned(head, args, end), _hanging(head, args, end, indent)
    broken = hanging if aligned and 0 < len(hanging) < len(aligned) else aligned or hanging
    return _one_line(head, args, end) or broken or (head + ", ".join(args) + end,)


def variable(left: str, right: str, indent: int = 0) -> Lines:
    """`left = right;`, or `left;` when there is nothing on the right."""
    pad = " " * indent
    whole = f"{pad}{left} = {right};" if right else f"{pad}{left};"
    if fits(whole):
        return (whole,)
    above = f"{pad}{left} ="
    deeper = indent + _CONTINUATION
    if right.startswith('"'):
        return (above, *_broken_literal(right, deeper)) if fits(above) else (whole,)
    broken = (above, f"{' ' * deeper}{right};")
    return broken if right and fits(*broken) else (whole,)


def guarded(paragraph: str) -> str:
    """The paragraph, kept from being reformatted when some of its code could not be made to fit."""
    code = (line for line in paragraph.splitlines() if not line.lstrip().startswith("//"))
    if fits(*code):
        return paragraph
    return f"// clang-format off\n{paragraph}\n// clang-format on"


def _one_line(start: str, items: Lines, end: str) -> Lines:
    line = start + ", ".join(items) + end
    return (line,) if fits(line) else ()


def _aligned(start: str, items: Lines, end: str) -> Lines:
    lines = _fill(items, end, len(start))
    lines[:1] = [start + lines[0].lstrip()]
    return tuple(lines) if fits(*lines) else ()


def _hanging(start: str, items: Lines, end: str, indent: int) -> Lines:
    lines = [start, *_fill(items, end, indent + _CONTINUATION)]
    return tuple(lines) if items and fits(*lines) else ()


def _fill(items: Lines, end: str, column: int) -> list[str]:
    """Items and commas on as few lines as hold them."""
    pad = " " * column
    lines: list[str] = []
    ends = [","] * (len(items) - 1) + [end]
    for item, mark in zip(items or ("",), ends if items else [end], strict=True):
        longer = f"{lines[-1]} {item}{mark}" if lines else ""
        if lines and fits(longer):
            lines[-1] = longer
        else:
            lines.append(f"{pad}{item}{mark}")
    return lines


_ESCAPE = re.compile(r"\\(?:[0-7]{3}|.)")


def _broken_literal(literal: str, column: int) -> Lines:
    """A string literal over several lines, cut after spaces where there are any."""
    room = WIDTH - column - 2
    rest = literal[1:-1]
    pieces = []
    while len(rest) + 1 > room:
        cut = _cut(rest, room)
        pieces.append(rest[:cut])
        rest = rest[cut:]
    pieces.append(rest)
    lines = [f'{" " * column}"{piece}"' for piece in pieces if piece]
    return (*lines[:-1], lines[-1] + ";")


def _cut(text: str, room: int) -> int:
    """Where to cut: after the last space, else the last slash, else between any characters."""
    space = text.rfind(" ", 0, room)
    if space > 0:
        return space + 1
    slash = text.rfind("/", 0, room)
    if slash > 0:
        return slash + 1
    for escape in _ESCAPE.finditer(text):
        if escape.start() < room < escape.end():
            return escape.start()
    return room
