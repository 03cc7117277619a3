"""From trees and tables to the frozen IR. Nothing is checked here any more."""

from __future__ import annotations

from collections.abc import Iterable

from generator import ir
from generator.sema.calls import channel_prefix
from generator.sema.compilation import Compilation, Symbol, Unit, has_flag, number
from generator.sema.graph import dependencies_first
from generator.sema.names import look_up
from generator.sema.ordinals import field_number
from generator.sema.recursion import by_value, held
from generator.sema.references import parts
from generator.syntax import ast


def freeze(compilation: Compilation) -> ir.Program:
    """The program, of a compilation whose passes found no error."""
    return ir.Program(
        tuple(_Freezer(compilation, unit).module() for unit in compilation.units),
        compilation.paths,
    )


class _Freezer:
    """Builds the IR of one file."""

    def __init__(self, compilation: Compilation, unit: Unit):
        self._compilation = compilation
        self._unit = unit

    def module(self) -> ir.Module:
        tree = self._unit.tree
        decls = tuple(self._decl(node) for node in tree.definitions)
        name = tree.module.name if tree.module else ast.Path("", 0, 0)
        statements = {link.unit.path: link for link in self._unit.links}
        return ir.Module(
            path=self._unit.path,
            name=self._unit.module,
            docs=tree.module.docs if tree.module else "",
            attributes=self._attributes(tree.module.attributes if tree.module else (), None),
            imports=tuple(ir.Import(link.unit.path, link.alias) for link in statements.values()),
            decls=decls,
            data=self._data(decls),
            where=self._unit.span(name),
        )

    def _data(self, decls: tuple[ir.Decl, ...]) -> tuple[ir.Struct | ir.Union, ...]:
        """Structs and unions, each after those that it holds.

        Where types hold each other in circles, only what is held by value counts; that has no
        circles, for those are held by pointer.
        """
        frozen: dict[str, ir.Struct | ir.Union] = {}
        for decl in decls:
            for data in (decl, *getattr(decl, "structs", ())):
                if isinstance(data, (ir.Struct, ir.Union)):
                    frozen[data.full_name] = data
        symbols = [self._unit.symbols[name] for name in frozen]

        def here(found: Iterable[Symbol]) -> list[Symbol]:
            return [symbol for symbol in found if symbol.unit is self._unit]

        for inside in (parts, _unboxed):
            symbols = dependencies_first(
                symbols, lambda symbol: here(held(self._compilation, symbol, inside))
            )
        return tuple(frozen[symbol.full_name] for symbol in symbols)

    def _decl(self, node: ast.Definition) -> ir.Decl:
        match node:
            case ast.Const():
                return self._const(node)
            case ast.Enum():
                return self._enum(node)
            case ast.Struct():
                return self._struct(node)
            case ast.Union():
                return self._union(node)
            case ast.Interface():
                return self._interface(node)
            case ast.Channels():
                return self._channels(node)
            case ast.Feature():
                return ir.Feature(consts=self._consts(node), **self._common(node))
            case ast.Alias():
                return ir.Alias(type=self._compilation.types[node.type], **self._common(node))

    def _common(self, node: ast.Definition) -> dict[str, object]:
        symbol = self._compilation.scopes[node]
        return {
            "name": node.name.text,
            "full_name": symbol.full_name,
            "module": self._unit.path,
            "docs": node.docs,
            "attributes": self._attributes(node.attributes, symbol),
            "where": self._unit.span(node.name),
        }

    def _attributes(
        self, nodes: tuple[ast.Attribute, ...], scope: Symbol | None
    ) -> tuple[ir.Attribute, ...]:
        return tuple(ir.Attribute(node.name.text, self._written(node, scope)) for node in nodes)

    def _written(
        self, node: ast.Attribute, scope: Symbol | None
    ) -> bool | int | float | str | ir.EnumConstant:
        match node.value:
            case None:
                return True
            case ast.Literal():
                return node.value.value if node.value.value is not None else "default"
            case ast.Path():
                for symbol in look_up(self._unit, scope, node.value.text):
                    if symbol.kind == "value":
                        return self._compilation.values[symbol.node].scalar
                return node.value.text
            case ast.Choice():
                operator = "&" if node.value.all else "|"
                return operator.join(name.text for name in node.value.names)

    def _const(self, node: ast.Const) -> ir.Const:
        value = self._compilation.values[node]
        return ir.Const(
            type=self._compilation.types[node.type], value=value, **self._common(node)
        )

    def _consts(
        self, node: ast.Struct | ast.Interface | ast.Channels | ast.Feature
    ) -> tuple[ir.Const, ...]:
        return tuple(self._const(inner) for inner in node.consts)

    def _enum(self, node: ast.Enum) -> ir.Enum:
        values = tuple(self._enum_value(value) for value in node.values)
        return ir.Enum(
            values=values,
            default=next((value for value in values if value.is_default), None),
            extensible=has_flag(node, "Extensible"),
            stable=has_flag(node, "Stable"),
            native=not node.body,
            reserved=_reserved(node.reserved),
            **self._common(node),
        )

    def _enums(self, node: ast.Struct | ast.Interface | ast.Channels) -> tuple[ir.Enum, ...]:
        return tuple(self._enum(inner) for inner in node.enums)

    def _enum_value(self, node: ast.EnumValue) -> ir.EnumValue:
        return ir.EnumValue(
            name=node.name.text,
            number=self._compilation.values[node].scalar.number,
            min_version=number(node, "MinVersion") or 0,
            is_default=has_flag(node, "Default"),
            docs=node.docs,
            attributes=self._attributes(node.attributes, self._compilation.scopes[node]),
            where=self._unit.span(node.name),
        )

    def _struct(self, node: ast.Struct) -> ir.Struct:
        return ir.Struct(
            fields=self._fields(node.fields, self._compilation.scopes[node]),
            consts=self._consts(node),
            enums=self._enums(node),
            stable=has_flag(node, "Stable"),
            native=not node.body,
            reserved=_reserved(node.reserved),
            **self._common(node),
        )

    def _union(self, node: ast.Union) -> ir.Union:
        fields = self._fields(node.fields, self._compilation.scopes[node])
        marked = [has_flag(field, "Default") for field in node.fields]
        return ir.Union(
            fields=fields,
            default=fields[marked.index(True)] if True in marked else None,
            extensible=has_flag(node, "Extensible"),
            stable=has_flag(node, "Stable"),
            reserved=_reserved(node.reserved),
            **self._common(node),
        )

    def _fields(self, nodes: tuple[ast.Field, ...], scope: Symbol) -> tuple[ir.Field, ...]:
        return tuple(self._field(node, scope) for node in nodes)

    def _field(self, node: ast.Field, scope: Symbol) -> ir.Field:
        ordinal = self._compilation.ordinals[node]
        return ir.Field(
            name=node.name.text,
            type=self._compilation.types[node.type],
            ordinal=ordinal,
            number=field_number(ordinal),
            default=self._compilation.values.get(node),
            min_version=number(node, "MinVersion") or 0,
            docs=node.docs,
            attributes=self._attributes(node.attributes, scope),
            where=self._unit.span(node.name),
        )

    def _response(self, node: ast.Response | None, scope: Symbol) -> ir.Response | None:
        if node is None:
            return None
        if node.ok is not None:
            types = self._compilation.types
            return ir.Result(types[node.ok], types[node.err])
        return ir.Params(self._fields(node.params, scope))

    def _interface(self, node: ast.Interface) -> ir.Interface:
        return ir.Interface(
            methods=tuple(self._method(method, node) for method in node.methods),
            consts=self._consts(node),
            enums=self._enums(node),
            stable=has_flag(node, "Stable"),
            **self._common(node),
        )

    def _method(self, node: ast.Method, owner: ast.Interface) -> ir.Method:
        scope = self._compilation.scopes[owner]
        return ir.Method(
            name=node.name.text,
            ordinal=self._compilation.ordinals[node],
            params=ir.Params(self._fields(node.params, scope)),
            response=self._response(node.response, scope),
            sync=has_flag(node, "Sync"),
            min_version=number(node, "MinVersion") or 0,
            docs=node.docs,
            attributes=self._attributes(node.attributes, scope),
            where=self._unit.span(node.name),
        )

    def _channels(self, node: ast.Channels) -> ir.Channels:
        return ir.Channels(
            prefix=channel_prefix(self._unit, node),
            members=tuple(self._member(member, node) for member in node.members),
            consts=self._consts(node),
            enums=self._enums(node),
            structs=tuple(self._struct(inner) for inner in node.structs),
            reserved=_reserved(node.reserved),
            **self._common(node),
        )

    def _member(self, node: ast.Method, owner: ast.Channels) -> ir.Member:
        scope = self._compilation.scopes[owner]
        verb = ir.Verb(node.verb.text)
        default_deadline = ir.ASK_DEADLINE_MS if verb is ir.Verb.ASK else None
        return ir.Member(
            name=node.name.text,
            verb=verb,
            wire_name=self._compilation.wire_names[node],
            ordinal=self._compilation.ordinals[node],
            params=ir.Params(self._fields(node.params, scope)),
            variadic=any(param.variadic for param in node.params),
            response=self._response(node.response, scope),
            deadline_ms=number(node, "DeadlineMs") or default_deadline,
            max_bytes=number(node, "MaxBytes"),
            docs=node.docs,
            attributes=self._attributes(node.attributes, scope),
            where=self._unit.span(node.name),
        )


def _unboxed(type: ir.Type) -> Iterable[ir.Type]:
    return (part for part in by_value(type) if not getattr(part, "boxed", False))


def _reserved(nodes: tuple[ast.Reserved, ...]) -> ir.Reserved:
    ranges = sorted((item.first, item.last) for node in nodes for item in node.ranges)
    names = [str(name.value) for node in nodes for name in node.names]
    return ir.Reserved(tuple(ranges), tuple(names))
