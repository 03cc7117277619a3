"""Random changes of a schema: those that rules are about, and others that are none of their business."""

from __future__ import annotations

from random import Random

from .schemas import ANSWERED, INTEGERS, PATTERNS, VERBS, Decl, Field, Maker, Member, Schema, Type


def change(schema: Schema, maker: Maker) -> Schema:
    """A copy with one to three changes; some may come to nothing."""
    changed = schema.copy()
    maker.decls = changed.decls
    random = maker.random
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        kind = random.choice([_FIELDS, _FIELDS, _TYPES, _TYPES, _VALUES, _CHANNELS])
        random.choice(kind)(changed, maker)
    for record in changed.records():
        if record.kind == "result":
            record.unbind()
    for member in changed.members:  # `any...` alone asks in JSON, where no error is typed
        if member.rest and not member.params.fields and member.answer:
            member.rest = member.answer.kind != "result"
    return changed


def _growing(schema: Schema) -> list[Decl]:
    """Records that may have more or fewer fields."""
    return [decl for decl in schema.records() if decl.kind != "result"]


def _any_field(schema: Schema, random: Random) -> Field | None:
    fields = [one for decl in schema.records() for one in decl.fields]
    return random.choice(fields) if fields else None


def _any_type(schema: Schema, random: Random, *names: str) -> Type | None:
    """Some type that is used, of one of some names."""
    found = [
        type
        for decl in schema.records()
        for one in decl.fields
        for type in one.type.walk()
        if not names or type.name in names
    ]
    return random.choice(found) if found else None


# ---- Fields, parameters, members of unions.


def _add_field(schema: Schema, maker: Maker) -> None:
    decl = maker.random.choice(_growing(schema))
    ordinal = max((one.ordinal for one in decl.fields), default=-1) + 1
    decl.fields.append(maker.field(ordinal, plain=decl.kind != "struct"))


def _remove_field(schema: Schema, maker: Maker) -> None:
    decl = maker.random.choice(_growing(schema))
    if not decl.fields or (len(decl.fields) == 1 and decl.kind == "union"):
        return
    decl.fields.remove(maker.random.choice(decl.fields))
    if decl.kind in ("params", "values"):  # these have no `reserved`
        for ordinal, one in enumerate(sorted(decl.fields, key=lambda one: one.ordinal)):
            one.ordinal = ordinal


def _reuse_number(schema: Schema, maker: Maker) -> None:
    """Another field in the place of one: a new name, and any type."""
    if one := _any_field(schema, maker.random):
        one.name, one.type, one.default = maker.name(), maker.type(), None


def _rename_field(schema: Schema, maker: Maker) -> None:
    if one := _any_field(schema, maker.random):
        one.name = maker.name()


def _swap_numbers(schema: Schema, maker: Maker) -> None:
    decl = maker.random.choice(_growing(schema))
    if len(decl.fields) > 1:
        one, other = maker.random.sample(decl.fields, 2)
        one.ordinal, other.ordinal = other.ordinal, one.ordinal


def _swap_names(schema: Schema, maker: Maker) -> None:
    decl = maker.random.choice(_growing(schema))
    if len(decl.fields) > 1:
        one, other = maker.random.sample(decl.fields, 2)
        one.name, other.name = other.name, one.name


def _reorder(schema: Schema, maker: Maker) -> None:
    maker.random.shuffle(maker.random.choice(_growing(schema)).fields)


# ---- Types.


def _replace_type(schema: Schema, maker: Maker) -> None:
    if one := _any_field(schema, maker.random):
        one.type, one.default = maker.type(), None


def _replace_inner(schema: Schema, maker: Maker) -> None:
    containers = _any_type(schema, maker.random, "array", "map")
    if containers is not None:
        containers.inside[-1] = maker.type(1)


def _resize_integer(schema: Schema, maker: Maker) -> None:
    if type := _any_type(schema, maker.random, *INTEGERS):
        type.name = maker.random.choice(INTEGERS)


def _toggle_nullable(schema: Schema, maker: Maker) -> None:
    if type := _any_type(schema, maker.random):
        type.nullable = not type.nullable


def _change_bounds(schema: Schema, maker: Maker) -> None:
    if type := _any_type(schema, maker.random, *INTEGERS, "array", "map", "bytes", "string"):
        if type.bounds and maker.random.random() < 0.4:
            type.bounds = {}
        else:
            maker.bound(type)


def _change_size(schema: Schema, maker: Maker) -> None:
    if type := _any_type(schema, maker.random, "array", "bytes"):
        type.bounds = {}
        type.size = maker.random.choice([None, 1, 2, 3])


def _change_key(schema: Schema, maker: Maker) -> None:
    if type := _any_type(schema, maker.random, "map"):
        type.inside[0] = Type(maker.random.choice(["int32", "int64", "uint8", "string", "bool"]))


def _change_pattern(schema: Schema, maker: Maker) -> None:
    if type := _any_type(schema, maker.random, "string"):
        type.bounds = maker.random.choice([{}, *({"pattern": pattern} for pattern in PATTERNS)])


def _change_default(schema: Schema, maker: Maker) -> None:
    structs = [decl for decl in schema.records() if decl.kind == "struct"]
    fields = [one for decl in structs for one in decl.fields]
    if fields:
        one = maker.random.choice(fields)
        one.default = maker.default(one.type)


# ---- Enums and unions.


def _any_enum(schema: Schema, maker: Maker) -> Decl:
    return maker.random.choice(_used(schema, "enum"))


def _used(schema: Schema, *kinds: str) -> list[Decl]:
    """Declarations of some kinds that are used, else any: changing one of those is no change."""
    found = [decl for decl in schema.used() if decl.kind in kinds]
    return found or [decl for decl in schema.decls if decl.kind in kinds]


def _add_value(schema: Schema, maker: Maker) -> None:
    enum = _any_enum(schema, maker)
    enum.values.append((maker.name("kV"), max(number for _, number in enum.values) + 1))


def _remove_value(schema: Schema, maker: Maker) -> None:
    enum = _any_enum(schema, maker)
    if len(enum.values) > 1:
        enum.values.remove(maker.random.choice(enum.values))


def _rename_value(schema: Schema, maker: Maker) -> None:
    values = _any_enum(schema, maker).values
    at = maker.random.randrange(len(values))
    values[at] = (maker.name("kV"), values[at][1])


def _renumber_value(schema: Schema, maker: Maker) -> None:
    values = _any_enum(schema, maker).values
    at = maker.random.randrange(len(values))
    values[at] = (values[at][0], maker.random.randint(-1, 7))


def _toggle_extensible(schema: Schema, maker: Maker) -> None:
    decl = maker.random.choice(_used(schema, "enum", "union"))
    decl.extensible = not decl.extensible
    decl.keeps_unknown = decl.kind == "enum" and maker.random.random() < 0.5


def _move_default(schema: Schema, maker: Maker) -> None:
    """The first value, or member, of what is extensible stands for the unknown."""
    choices = [decl for decl in schema.used() if decl.extensible]
    if choices:
        decl = maker.random.choice(choices)
        maker.random.shuffle(decl.values)
        maker.random.shuffle(decl.fields)


def _rename_type(schema: Schema, maker: Maker) -> None:
    if used := schema.used():
        decl = maker.random.choice(used)
        was, decl.name = decl.name, maker.name("T")
        for record in (*schema.records(), *schema.decls):
            for one in record.fields:
                for type in one.type.walk():
                    type.name = decl.name if type.name == was else type.name


# ---- Channels.


def _any_member(schema: Schema, maker: Maker) -> Member:
    return maker.random.choice(schema.members)


def _add_member(schema: Schema, maker: Maker) -> None:
    schema.members.append(maker.member())


def _remove_member(schema: Schema, maker: Maker) -> None:
    if len(schema.members) > 1:
        schema.members.remove(_any_member(schema, maker))


def _rename_member(schema: Schema, maker: Maker) -> None:
    """With the old name on the wire, or without."""
    member = _any_member(schema, maker)
    was, member.name = member.name, maker.name("M")
    if member.wire is None and maker.random.random() < 0.5:
        member.wire = f"{schema.prefix}.{was}"


def _rename_channel(schema: Schema, maker: Maker) -> None:
    _any_member(schema, maker).wire = maker.name("wire-")


def _rename_prefix(schema: Schema, maker: Maker) -> None:
    schema.prefix = maker.name("c")


def _change_verb(schema: Schema, maker: Maker) -> None:
    member = _any_member(schema, maker)
    member.verb = maker.random.choice(VERBS)
    if member.verb not in ANSWERED:
        member.answer = member.deadline = None
    elif member.answer is None:
        member.answer = maker.answer()


def _change_deadline(schema: Schema, maker: Maker) -> None:
    member = _any_member(schema, maker)
    if member.answer:
        member.deadline = maker.random.choice([None, 10_000, 30_000])


def _bound_bytes(schema: Schema, maker: Maker) -> None:
    """Below what any JSON has, and any bytes that say something: what is sent may be anything."""
    _any_member(schema, maker).most = 1


def _change_answer(schema: Schema, maker: Maker) -> None:
    """Into another kind of answer, often of the same types."""
    member = _any_member(schema, maker)
    if member.answer is None:
        return
    kept = member.answer.fields
    member.answer = maker.answer()
    for one, other in zip(member.answer.fields, kept):
        one.type = other.type


def _toggle_rest(schema: Schema, maker: Maker) -> None:
    member = _any_member(schema, maker)
    member.rest = not member.rest


def _reorder_everything(schema: Schema, maker: Maker) -> None:
    maker.random.shuffle(schema.members)
    maker.random.shuffle(schema.decls)


_FIELDS = (
    *(_add_field, _add_field, _remove_field, _reuse_number, _rename_field),
    *(_swap_numbers, _swap_names, _reorder),
)
_TYPES = (
    *(_replace_type, _replace_inner, _resize_integer, _resize_integer, _toggle_nullable),
    *(_change_bounds, _change_size, _change_key, _change_pattern, _toggle_nullable),
    *(_change_default, _change_default),
)
_VALUES = (
    *(_add_value, _remove_value, _rename_value, _renumber_value, _toggle_extensible),
    *(_move_default, _rename_type),
)
_CHANNELS = (
    *(_add_member, _remove_member, _rename_member, _rename_channel, _rename_prefix, _change_verb),
    *(_change_deadline, _bound_bytes, _change_answer, _change_answer, _toggle_rest),
    _reorder_everything,
)
