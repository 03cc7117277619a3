"""What the functions of a channels definition do: each hands over to the runtime."""

from __future__ import annotations

from generator.backends import words
from generator.backends.comments import Lines
from generator.backends.cpp import layout, literals, names
from generator.backends.cpp.stub_classes import (
    BOUND,
    bind_params,
    call_params,
    called,
    listener,
)
from generator.backends.cpp.stubs import Stub, Stubs
from generator.ir import Verb

_BINDERS = {Verb.SEND: "On", Verb.INVOKE: "Handle", Verb.SYNC: "OnSync"}
_CALLS = {Verb.SEND: "Send", Verb.INVOKE: "Invoke", Verb.SYNC: "SendSync"}


def bind_body(stubs: Stubs) -> Lines:
    rows = [
        layout.call(
            f".{_BINDERS[stub.member.verb]}",
            (stub.constant, f"ipc::Unpack(impl, &{stubs.main}::{stub.name})"),
            ")",
            6,
        )
        for stub in stubs.calls
    ]
    start = "return ipc::MainBinder(ipc_main)"
    whole = "".join((start, *(row[0].strip() for row in rows), ".Finish();"))
    if len(rows) == 1 and layout.fits(f"  {whole}"):
        body: Lines = (whole,)
    else:
        body = (start, *(line[2:] for row in rows for line in row), "    .Finish();")
    return layout.function(BOUND, f"Bind{stubs.channels.name}", bind_params(stubs), body)


def schema_body(stubs: Stubs, digest: int) -> Lines:
    name = literals.quoted(stubs.channels.full_name)
    return layout.function(
        "ipc::SchemaDigest",
        f"{stubs.channels.name}Schema",
        (),
        (f"return {{{name}, 0x{digest:016x}}};",),
    )


def web_contents_bodies(stubs: Stubs) -> tuple[Lines, ...]:
    name = stubs.web_contents
    return (
        _constructor(name, "ipc::WebContentsRef contents", "contents_(std::move(contents))"),
        *(
            layout.function(
                "absl::Status",
                f"{name}::{stub.name}",
                stub.parameters,
                _call(stub, "contents_.Send", ()),
                " const",
            )
            for stub in stubs.emits
        ),
    )


def renderer_bodies(stubs: Stubs) -> tuple[Lines, ...]:
    name = stubs.renderer
    bodies = [_constructor(name, "ipc::IpcRenderer& ipc_renderer", "ipc_(&ipc_renderer)")]
    for stub in stubs.calls:
        function = f"ipc_->{_CALLS[stub.member.verb]}"
        options = ("options",) if stub.response else ()
        body = _call(stub, function, options)
        bodies.append(
            layout.function(called(stub), f"{name}::{stub.name}", call_params(stub), body)
        )
    for stub in stubs.emits:
        bodies += _listening(name, stub)
    return tuple(bodies)


def _constructor(name: str, param: str, initialiser: str) -> Lines:
    whole = f"{name}::{name}({param}) : {initialiser} {{}}"
    broken = (f"{name}::{name}({param})", f"    : {initialiser} {{}}")
    return broken if layout.fits(*broken) and not layout.fits(whole) else (whole,)


def _call(stub: Stub, function: str, options: Lines) -> Lines:
    short = f"return {function}({', '.join((stub.constant, stub.message, *options))});"
    return (short,) if layout.fits(f"  {short}") else _long_call(stub, function, options)


def _long_call(stub: Stub, function: str, options: Lines) -> Lines:
    """Fills the message by name where the arguments do not fit behind each other."""
    arguments = (stub.constant, "std::move(message)", *options)
    assignments = (
        f"message.{names.field(field.name, stub.params)} = {value};"
        for field, value in zip(stub.member.params.fields, stub.passed)
    )
    call = layout.call(f"return {function}", arguments, ");", 2)
    return (f"{stub.params} message;", *assignments, *(line[2:] for line in call))


def _listening(owner: str, stub: Stub) -> tuple[Lines, ...]:
    type, name = listener(stub), words.camel(stub.member.name)
    given = (f"absl::AnyInvocable<{type}> listener",)
    return (
        *(
            layout.function(
                "ipc::ListenerId",
                f"{owner}::{when}{name}",
                given,
                (f"return ipc_->{when}({stub.constant}, ipc::Unpack(std::move(listener)));",),
            )
            for when in ("On", "Once")
        ),
        layout.function(
            "void",
            f"{owner}::Remove{type}",
            ("ipc::ListenerId id",),
            (f"ipc_->RemoveListener({stub.constant}.name, id);",),
        ),
    )
