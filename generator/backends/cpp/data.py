"""Views of consts, enums, structs and unions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.backends import comments, words
from generator.backends.comments import Lines
from generator.backends.cpp import layout, literals, names
from generator.backends.cpp.spelling import Spelling, is_moved
from generator.backends.cpp.views import EnumView, ScopeView, StructView, UnionMember, UnionView
from generator.ir import Channels, Const, Enum, Field, Interface, String, Struct, Union

REST = "std::vector<ipc::Value>"  # what `any...` is after other parameters


@dataclass(frozen=True)
class Record:
    """A struct that is printed: the author's, or the parameters or response of a channel."""

    name: str  # in C++
    full_name: str  # as errors and debug output say it
    docs: str
    fields: tuple[Field, ...]
    consts: tuple[Const, ...] = ()
    enums: tuple[Enum, ...] = ()
    variadic: bool = False  # the last field takes all further arguments

    def is_rest(self, field: Field) -> bool:
        return self.variadic and field is self.fields[-1]


def record(struct: Struct, spelling: Spelling) -> Record:
    return Record(
        spelling.name(struct),
        struct.full_name,
        struct.docs,
        struct.fields,
        struct.consts,
        struct.enums,
    )


def const_lines(const: Const, spelling: Spelling) -> Lines:
    """A constant of the module."""
    return (
        *comments.comment(const.docs),
        *_constant(
            "inline constexpr",
            names.at_namespace(const.name, spelling.module.name),
            const,
            spelling,
            0,
        ),
    )


def enum_view(enum: Enum, spelling: Spelling) -> EnumView:
    name = spelling.name(enum)
    values: list[str] = []
    for value in enum.values:
        values += comments.comment(value.docs, indent=2)
        values.append(f"  {names.identifier(value.name)} = {value.number},")
    return EnumView(
        comment=comments.comment(enum.docs),
        head=f"enum class {name} : int32_t {{",
        values=tuple(values),
        functions=(
            *layout.signature("std::string_view", "ToString", (f"{name} value",), ");"),
            *_print_declaration(f"{name} value"),
        ),
    )


def enum_definitions(enum: Enum, spelling: Spelling) -> tuple[Lines, ...]:
    name = spelling.name(enum)
    return (
        layout.function(
            "std::string_view", "ToString", (f"{name} value",), ("return ipc::EnumName(value);",)
        ),
        _print_definition("ipc::PrintEnum", f"{name} value"),
    )


def struct_view(struct: Record, spelling: Spelling, equality: Lines) -> StructView:
    members = [names.field(field.name, struct.name) for field in struct.fields]
    members += (names.identifier(one.name) for one in (*struct.enums, *struct.consts))
    spelling = spelling.inside(struct.full_name, members)
    fields: list[str] = []
    for field in struct.fields:
        fields += comments.comment(field.docs, indent=2)
        if struct.is_rest(field):
            fields.append(f"  {REST} {names.field(field.name, struct.name)};")
        else:
            fields += _data_member(field, struct.name, spelling)
    return StructView(
        comment=comments.comment(struct.docs),
        head=f"struct {struct.name} {{",
        nested=_nested(struct.enums, struct.consts, spelling),
        fields=tuple(fields),
        equality=equality,
        print=_print_declaration(f"const {struct.name}& value"),
    )


def print_definition(class_name: str) -> Lines:
    return _print_definition("ipc::PrintTyped", f"const {class_name}& value")


def scope_view(holder: Channels | Interface, spelling: Spelling) -> ScopeView | None:
    """The names that are written `Notes.kMax` in .ipc and Notes::kMax in C++."""
    structs = getattr(holder, "structs", ())
    members = (names.identifier(one.name) for one in (*holder.enums, *holder.consts, *structs))
    nested = _nested(holder.enums, holder.consts, spelling.inside(holder.full_name, members))
    nested += tuple(
        f"  using {names.identifier(one.name)} = {spelling.name(one)};" for one in structs
    )
    if not nested:
        return None
    return ScopeView(
        comment=comments.comment(f"What is declared in {holder.name}."),
        head=f"struct {names.at_namespace(holder.name, spelling.module.name)} {{",
        nested=nested,
    )


def union_view(union: Union, spelling: Spelling, equality: Lines) -> UnionView:
    name = spelling.name(union)
    members = union_names(union, name)
    spelling = _inside_union(spelling, members)
    types = [spelling.type(field.type) for field in union.fields]
    return UnionView(
        comment=comments.comment(union.docs),
        head=f"class {name} {{",
        tags=tuple(f"    {member.tag}," for member in members),
        members=tuple(
            _union_member(index, member, type, name)
            for index, (member, type) in enumerate(zip(members, types))
        ),
        equality=equality,
        variant=_variant(tuple(types)),
        print=_print_declaration(f"const {name}& value"),
    )


def union_makers(union: Union, spelling: Spelling) -> tuple[Lines, ...]:
    name = spelling.name(union)
    members = union_names(union, name)
    spelling = _inside_union(spelling, members)
    return tuple(
        layout.function(
            name,
            f"{name}::{member.maker}",
            (f"{spelling.type(member.field.type)} value",),
            (
                f"{name} made;",
                f"made.value_.emplace<{index}>({_passed(member.field)});",
                "return made;",
            ),
        )
        for index, member in enumerate(members)
    )


def _passed(field: Field) -> str:
    return "std::move(value)" if is_moved(field.type) else "value"


@dataclass(frozen=True)
class MemberNames:
    """The functions of one member of a union; none is called as another part of the class."""

    field: Field
    tag: str
    maker: str
    getter: str
    test: str


def union_names(union: Union, class_name: str) -> tuple[MemberNames, ...]:
    taken = {class_name, *names.UNION_PARTS}
    tags: set[str] = set()
    named = []
    for field in union.fields:
        base = words.snake(field.name)
        getter = names.unique(names.identifier(base), taken)
        test = names.unique(f"is_{base}", taken)
        maker = names.unique(names.identifier(words.camel(field.name)), taken)
        tag = names.unique(f"k{words.camel(field.name)}", tags)
        named.append(MemberNames(field, tag, maker, getter, test))
    return tuple(named)


def _inside_union(spelling: Spelling, members: tuple[MemberNames, ...]) -> Spelling:
    inside = {name for one in members for name in (one.maker, one.getter, one.test)}
    return spelling.inside("", inside | names.UNION_PARTS)


def _union_member(index: int, member: MemberNames, type: str, name: str) -> UnionMember:
    get = f"return std::get<{index}>(value_);"
    seen = f"const {type}&" if is_moved(member.field.type) else type
    return UnionMember(
        comment=comments.comment(member.field.docs, indent=2),
        accessors=(
            *layout.function(
                "bool", member.test, (), (f"return value_.index() == {index};",), " const", 2
            ),
            *layout.function(seen, member.getter, (), (get,), " const", 2),
            *layout.function(f"{type}&", member.getter, (), (get,), indent=2),
        ),
        maker=layout.signature(f"static {name}", member.maker, (f"{type} value",), ");", 2),
    )


def _variant(types: Lines) -> Lines:
    whole = f"  std::variant<{', '.join(types)}> value_;"
    if layout.fits(whole):
        return (whole,)
    return (
        *layout.template_alias("using Variant", "std::variant", types, 2),
        "  Variant value_;",
    )


def _nested(enums: Iterable[Enum], consts: Iterable[Const], spelling: Spelling) -> Lines:
    lines: list[str] = []
    for enum in enums:
        flat = spelling.inside("").name(enum)
        lines += layout.variable(f"using {names.identifier(enum.name)}", flat, 2)
    for const in consts:
        lines += comments.comment(const.docs, indent=2)
        lines += _constant("static constexpr", names.identifier(const.name), const, spelling, 2)
    return tuple(lines)


def _constant(
    specifiers: str, name: str, const: Const, spelling: Spelling, indent: int
) -> Lines:
    if isinstance(const.type, String):
        type, value = "std::string_view", literals.string(const.value.scalar, "std::string_view")
    else:
        type, value = spelling.type(const.type), spelling.literal(const.value, const.type)
    return layout.variable(f"{specifiers} {type} {name}", value, indent)


def _data_member(field: Field, owner: str, spelling: Spelling) -> Lines:
    left = f"{spelling.type(field.type)} {names.field(field.name, owner)}"
    value = spelling.initialiser(field)
    if value == "{}":
        return (f"  {left}{{}};",)
    return layout.variable(left, value, 2)


def declared_equality(name: str) -> Lines:
    params = (f"const {name}&", f"const {name}&")
    return layout.signature("friend bool", "operator==", params, ");", 2)


def equality_definition(name: str, equal: str) -> Lines:
    """What declared_equality() declares."""
    params = (f"const {name}& a", f"const {name}& b")
    return layout.function("bool", "operator==", params, (f"return {equal};",))


def equality(name: str) -> Lines:
    params = (f"const {name}&", f"const {name}&")
    lines = layout.signature("friend bool", "operator==", params, ") = default;", 2)
    broken = layout.signature("friend bool", "operator==", params, ") =", 2)
    return (*broken, "      default;") if len(broken) == len(params) < len(lines) else lines


def _print_declaration(param: str) -> Lines:
    return layout.signature("std::ostream&", "operator<<", ("std::ostream& out", param), ");")


def _print_definition(printer: str, param: str) -> Lines:
    return layout.function(
        "std::ostream&",
        "operator<<",
        ("std::ostream& out", param),
        (f"{printer}(out, value);", "return out;"),
    )
