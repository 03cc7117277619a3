"""Views of the classes that a channels definition becomes."""

from __future__ import annotations

from generator.backends import comments, words
from generator.backends.comments import Lines
from generator.backends.cpp import layout
from generator.backends.cpp.stubs import Stub, Stubs
from generator.backends.cpp.views import ClassView, Method
from generator.ir import Verb

BOUND = "absl::StatusOr<ipc::Registration>"
OPTIONS = "ipc::CallOptions options"

_EVENTS = {
    Verb.SEND: "ipc::IpcMainEvent",
    Verb.INVOKE: "ipc::IpcMainInvokeEvent",
    Verb.SYNC: "ipc::IpcMainEvent",
}


def main_class(stubs: Stubs) -> ClassView:
    what = "What renderers call. Implement it in main and bind it."
    docs = stubs.channels.docs
    return ClassView(
        comment=comments.comment(f"{docs}\n\n{what}" if docs else what),
        head=f"class {stubs.main} {{",
        constructor=(f"  virtual ~{stubs.main}() = default;",),
        methods=tuple(_handler(stub) for stub in stubs.calls),
        data="",
    )


def _handler(stub: Stub) -> Method:
    result = f"ipc::Promise<{stub.response}>" if stub.response else "void"
    params = (f"{_EVENTS[stub.member.verb]}& event", *stub.parameters)
    return Method(
        comments.comment(stub.member.docs, 2),
        layout.signature(f"virtual {result}", stub.name, params, ") = 0;", 2),
    )


def bind_params(stubs: Stubs) -> Lines:
    return ("ipc::IpcMain& ipc_main", f"{stubs.main}& impl")


def bind_function(stubs: Stubs) -> Method:
    name = stubs.channels.name
    return Method(
        comments.comment(
            f"Lets `impl` answer every channel of {name} until the Registration is destroyed. "
            "`impl` outlives it. Fails with ALREADY_EXISTS, and binds nothing, when one of the "
            "invoked channels has a handler already."
        ),
        layout.signature(BOUND, f"Bind{name}", bind_params(stubs), ");"),
    )


def schema_function(stubs: Stubs) -> Method:
    name = stubs.channels.name
    return Method(
        comments.comment(
            f"Tells peers which version of {name} this is; for the Options of a process."
        ),
        layout.signature("ipc::SchemaDigest", f"{name}Schema", (), ");"),
    )


def web_contents_class(stubs: Stubs) -> ClassView:
    name = stubs.web_contents
    return ClassView(
        comment=comments.comment(
            f"{stubs.channels.name} towards one renderer: a weak reference, to be copied freely "
            "and used on any thread."
        ),
        head=f"class {name} {{",
        constructor=layout.signature("explicit", name, ("ipc::WebContentsRef contents",), ");", 2),
        methods=tuple(
            _declared(stub, "absl::Status", stub.parameters, ") const;") for stub in stubs.emits
        ),
        data="ipc::WebContentsRef contents_;",
    )


def renderer_class(stubs: Stubs) -> ClassView:
    name = stubs.renderer
    return ClassView(
        comment=comments.comment(
            f"{stubs.channels.name} as a renderer sees it: what it calls in main, and what it "
            "hears from there. The IpcRenderer outlives it."
        ),
        head=f"class {name} {{",
        constructor=layout.signature(
            "explicit", name, ("ipc::IpcRenderer& ipc_renderer",), ");", 2
        ),
        methods=(
            *(_call(stub) for stub in stubs.calls),
            *(_listening(stub) for stub in stubs.emits),
        ),
        data="ipc::IpcRenderer* ipc_;",
    )


def called(stub: Stub) -> str:
    """What a renderer's call returns."""
    match stub.member.verb:
        case Verb.INVOKE:
            return f"ipc::Promise<{stub.response}>"
        case Verb.SYNC if stub.response != "void":
            return f"absl::StatusOr<{stub.response}>"
        case _:
            return "absl::Status"


def call_params(stub: Stub, default: str = "") -> Lines:
    return (*stub.parameters, *((OPTIONS + default,) if stub.response else ()))


def listener(stub: Stub) -> str:
    """The name of the type of an emit's listeners."""
    return f"{words.camel(stub.member.name)}Listener"


def _declared(stub: Stub, result: str, params: Lines, after: str = ");") -> Method:
    return Method(
        comments.comment(stub.member.docs, 2), layout.signature(result, stub.name, params, after, 2)
    )


def _call(stub: Stub) -> Method:
    called_here = _declared(stub, called(stub), call_params(stub, " = {}"))
    if stub.member.verb is not Verb.SYNC:
        return called_here
    blocks = comments.comment("Blocks until main has answered.", 2)
    return Method((*called_here.comment, *blocks), called_here.lines)


def _listening(stub: Stub) -> Method:
    type, name = listener(stub), words.camel(stub.member.name)
    params = ("ipc::IpcRendererEvent& event", *stub.parameters)
    given = (f"absl::AnyInvocable<{type}> listener",)
    removed = ("ipc::ListenerId id",)
    return Method(
        comments.comment(stub.member.docs, 2),
        (
            *layout.function_type(f"using {type}", params, 2),
            *layout.signature("ipc::ListenerId", f"On{name}", given, ");", 2),
            *layout.signature("ipc::ListenerId", f"Once{name}", given, ");", 2),
            *layout.signature("void", f"Remove{type}", removed, ");", 2),
        ),
    )
