"""Views of the tables that the runtime's codec walks."""

from __future__ import annotations

from collections.abc import Iterable

from generator.backends.comments import Lines
from generator.backends.cpp import bounds, layout, literals, names
from generator.backends.cpp.contents import Contents
from generator.backends.cpp.data import Record
from generator.backends.cpp.spelling import Spelling
from generator.backends.cpp.views import TableView
from generator.backends.support import is_zero
from generator.ir import Enum, EnumRef, Field, Nullable, StructRef, Union, UnionRef


def tables(contents: Contents) -> tuple[TableView, ...]:
    """Of everything that has one."""
    spelling = contents.spelling
    return (
        *(enum_table(enum, spelling) for enum in contents.enums),
        *(
            union_table(one, spelling) if isinstance(one, Union) else struct_table(one, spelling)
            for one in (*contents.data, *contents.messages)
        ),
    )


def enum_table(enum: Enum, spelling: Spelling) -> TableView:
    extra: Lines = ()
    if enum.extensible and enum.default:
        default = names.identifier(enum.default.name)
        extra = (f"  static constexpr T kDefault = T::{default};",)
    elif enum.extensible:
        extra = ("  static constexpr bool kKeepsUnknown = true;",)
    rows = (
        (f"T::{names.identifier(value.name)}", literals.quoted(value.name)) for value in enum.values
    )
    return _table(
        "EnumOf",
        "EnumCodec",
        spelling.outside(spelling.name(enum)),
        enum.full_name,
        f"kValues = std::array<EnumValue<T>, {len(enum.values)}>",
        (layout.call("EnumValue", row, "),", 6) for row in rows),
        extra,
    )


def struct_table(struct: Record, spelling: Spelling) -> TableView:
    rows = []
    for field in struct.fields:
        presence = "kRest" if struct.is_rest(field) else _presence(field, spelling)
        member = f"&T::{names.field(field.name, struct.name)}"
        row = (str(field.number), literals.quoted(field.name), member)
        row += (f"Presence::{presence}",) if presence else ()
        rows.append(layout.call("Field", row, "),", 6))
    return _table(
        "FieldsOf",
        "StructCodec",
        spelling.outside(struct.name),
        struct.full_name,
        "kFields = Rows",
        rows,
        _bounds(struct.fields),
    )


def union_table(union: Union, spelling: Spelling) -> TableView:
    extra = _bounds(union.fields)
    if union.extensible and union.default:
        index = union.fields.index(union.default)
        extra += (f"  static constexpr size_t kDefault = {index};",)
    return _table(
        "UnionOf",
        "UnionCodec",
        spelling.outside(spelling.name(union)),
        union.full_name,
        "kMembers = Rows",
        (
            layout.call(
                f"Member<{index}>", (str(field.number), literals.quoted(field.name)), "),", 6
            )
            for index, field in enumerate(union.fields)
        ),
        extra,
    )


def _bounds(fields: tuple[Field, ...]) -> Lines:
    rows = tuple(bounds.rows(fields))
    return layout.rows("static constexpr auto kBounds = Rows", rows, 2) if rows else ()


def _table(
    table: str,
    codec: str,
    type: str,
    full_name: str,
    list: str,
    rows: Iterable[Lines],
    extra: Lines = (),
) -> TableView:
    rows = tuple(rows)
    said = literals.quoted(full_name)
    names_type = "<T>" in list or any("T::" in line for row in rows for line in row)
    return TableView(
        codec=codec,
        name=type,
        head=layout.template_argument(f"struct ipc::{table}", type, " {"),
        alias=layout.variable("using T", type, 2) if names_type else (),
        said=layout.variable("static constexpr std::string_view kName", said, 2),
        rows=layout.rows(f"static constexpr auto {list}", rows, 2),
        extra=extra,
    )


def _presence(field: Field, spelling: Spelling) -> str:
    """The name of the Presence that a field has, "" for the usual one."""
    if field.default is not None and isinstance(field.type, Nullable):
        return "kNull"
    if field.default is not None:
        return "" if is_zero(field.default) else "kExplicit"
    match field.type:
        case StructRef() | UnionRef():
            return "kRequired"
        case EnumRef() if not spelling.program.enum(field.type).has_zero:
            return "kRequired"
        case _:
            return ""
