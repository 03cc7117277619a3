"""What the functions of a channels definition do: each hands over to the runtime."""

from __future__ import annotations

from generator.backends.comments import Lines
from generator.backends.cpp import layout, literals, names
from generator.backends.cpp.stub_classes import BOUND, TARGET, bind_params, call_params, called
from generator.backends.cpp.stubs import Stub, Stubs, hearing
from generator.ir import Verb

_BINDERS = {Verb.SEND: "On", Verb.INVOKE: "Handle", Verb.SYNC: "OnSync"}
_CALLS = {
    Verb.SEND: "Send",
    Verb.INVOKE: "Invoke",
    Verb.SYNC: "SendSync",
    Verb.EMIT: "Send",
    Verb.ASK: "Invoke",
    Verb.RELAY: "SendTo",
    Verb.HOST: "SendToHost",
}


def bind_body(stubs: Stubs) -> Lines:
    rows = [
        layout.call(
            f".{_BINDERS[stub.member.verb]}",
            (stub.constant, f"ipc::Unpack(impl, &{stubs.main}::{stub.name})"),
            ")",
            6,
        )
        for stub in stubs.bound
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
        *(_calling(name, stub, "contents_.", " const") for stub in stubs.towards),
    )


def renderer_bodies(stubs: Stubs) -> tuple[Lines, ...]:
    name = stubs.renderer
    return (
        _constructor(name, "ipc::IpcRenderer& ipc_renderer", "ipc_(&ipc_renderer)"),
        *(_calling(name, stub, "ipc_->") for stub in stubs.said),
        *(body for stub in stubs.heard for body in _hearing(name, stub, "ipc_->")),
    )


def web_view_bodies(stubs: Stubs) -> tuple[Lines, ...]:
    name = stubs.web_view
    return (
        _constructor(name, "ipc::WebView& web_view", "view_(&web_view)"),
        *(body for stub in stubs.hosted for body in _hearing(name, stub, "view_->")),
    )


def _constructor(name: str, param: str, initialiser: str) -> Lines:
    whole = f"{name}::{name}({param}) : {initialiser} {{}}"
    broken = (f"{name}::{name}({param})", f"    : {initialiser} {{}}")
    return broken if layout.fits(*broken) and not layout.fits(whole) else (whole,)


def _calling(owner: str, stub: Stub, through: str, qualifiers: str = "") -> Lines:
    function = f"{through}{_CALLS[stub.member.verb]}"
    name, params = f"{owner}::{stub.name}", call_params(stub)
    return layout.function(called(stub), name, params, _call(stub, function), qualifiers)


def _call(stub: Stub, function: str) -> Lines:
    target = (TARGET,) if stub.member.verb is Verb.RELAY else ()
    before = (*target, stub.constant)
    after = ("options",) if stub.response else ()
    short = f"return {function}({', '.join((*before, stub.message, *after))});"
    return (short,) if layout.fits(f"  {short}") else _long_call(stub, function, before, after)


def _long_call(stub: Stub, function: str, before: Lines, after: Lines) -> Lines:
    """Fills the message by name where the arguments do not fit behind each other."""
    arguments = (*before, "std::move(message)", *after)
    assignments = (
        f"message.{names.field(field.name, stub.params)} = {value};"
        for field, value in zip(stub.member.params.fields, stub.passed)
    )
    call = layout.call(f"return {function}", arguments, ");", 2)
    return (f"{stub.params} message;", *assignments, *(line[2:] for line in call))


def _hearing(owner: str, stub: Stub, through: str) -> tuple[Lines, ...]:
    define = _answering if stub.member.verb is Verb.ASK else _listening
    return define(f"{owner}::", through, stub.constant, *hearing(stub.member))


def _listening(
    owner: str, through: str, channel: str, type: str, on: str, once: str, remove: str
) -> tuple[Lines, ...]:
    given = (f"absl::AnyInvocable<{type}> listener",)
    unpacked = f"({channel}, ipc::Unpack(std::move(listener)));"
    result, id = "ipc::ListenerId", ("ipc::ListenerId id",)
    removal = f"{through}RemoveListener({channel}.name, id);"
    return (
        layout.function(result, f"{owner}{on}", given, (f"return {through}On{unpacked}",)),
        layout.function(result, f"{owner}{once}", given, (f"return {through}Once{unpacked}",)),
        layout.function("void", f"{owner}{remove}", id, (removal,)),
    )


def _answering(
    owner: str, through: str, channel: str, type: str, handle: str, remove: str
) -> tuple[Lines, ...]:
    given = (f"absl::AnyInvocable<{type}> handler",)
    handled = f"return {through}Handle({channel}, ipc::Unpack(std::move(handler)));"
    removal = f"{through}RemoveHandler({channel}.name);"
    return (
        layout.function("absl::Status", f"{owner}{handle}", given, (handled,)),
        layout.function("void", f"{owner}{remove}", (), (removal,)),
    )
