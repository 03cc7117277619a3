"""Views of the classes that a channels definition becomes."""

from __future__ import annotations

from generator.backends import comments
from generator.backends.comments import Lines
from generator.backends.cpp import layout
from generator.backends.cpp.stubs import Stub, Stubs, hearing
from generator.backends.cpp.views import ClassView, Method
from generator.ir import Verb

BOUND = "absl::StatusOr<ipc::Registration>"
OPTIONS = "ipc::CallOptions options"
TARGET = "web_contents_id"

_EVENTS = {
    Verb.SEND: "ipc::IpcMainEvent",
    Verb.INVOKE: "ipc::IpcMainInvokeEvent",
    Verb.SYNC: "ipc::IpcMainEvent",
    Verb.EMIT: "ipc::IpcRendererEvent",
    Verb.ASK: "ipc::IpcRendererInvokeEvent",
    Verb.RELAY: "ipc::IpcRendererEvent",
    Verb.HOST: "ipc::IpcRendererEvent",
}


def main_class(stubs: Stubs) -> ClassView:
    what = "What renderers call. Implement it in main and bind it."
    docs = stubs.channels.docs
    return ClassView(
        comment=comments.comment(f"{docs}\n\n{what}" if docs else what),
        head=f"class {stubs.main} {{",
        constructor=(f"  virtual ~{stubs.main}() = default;",),
        methods=tuple(_virtual(stub) for stub in stubs.bound),
        data="",
    )


def _virtual(stub: Stub) -> Method:
    return Method(
        comments.comment(stub.member.docs, 2),
        layout.signature(f"virtual {answer(stub)}", stub.name, heard(stub), ") = 0;", 2),
    )


def answer(stub: Stub) -> str:
    """What the receiver of a message returns."""
    return f"ipc::Promise<{stub.response}>" if stub.response else "void"


def heard(stub: Stub) -> Lines:
    """What the receiver of a message is called with."""
    return (f"{_EVENTS[stub.member.verb]}& event", *stub.parameters)


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
        methods=tuple(_call(stub, ") const;") for stub in stubs.towards),
        data="ipc::WebContentsRef contents_;",
    )


def renderer_class(stubs: Stubs) -> ClassView:
    name = stubs.renderer
    return ClassView(
        comment=comments.comment(
            f"{stubs.channels.name} as a renderer sees it: what it says and asks, and what it "
            "hears and answers. The IpcRenderer outlives it."
        ),
        head=f"class {name} {{",
        constructor=layout.signature(
            "explicit", name, ("ipc::IpcRenderer& ipc_renderer",), ");", 2
        ),
        methods=(
            *(_call(stub) for stub in stubs.said),
            *(_hearing(stub) for stub in stubs.heard),
        ),
        data="ipc::IpcRenderer* ipc_;",
    )


def web_view_class(stubs: Stubs) -> ClassView:
    name = stubs.web_view
    return ClassView(
        comment=comments.comment(
            f"{stubs.channels.name} as the embedder of a guest hears it. The WebView outlives it."
        ),
        head=f"class {name} {{",
        constructor=layout.signature("explicit", name, ("ipc::WebView& web_view",), ");", 2),
        methods=tuple(_hearing(stub) for stub in stubs.hosted),
        data="ipc::WebView* view_;",
    )


def called(stub: Stub) -> str:
    """What the sender of a message gets."""
    match stub.member.verb:
        case Verb.INVOKE | Verb.ASK:
            return f"ipc::Promise<{stub.response}>"
        case Verb.SYNC if stub.response != "void":
            return f"absl::StatusOr<{stub.response}>"
        case _:
            return "absl::Status"


def call_params(stub: Stub, default: str = "") -> Lines:
    target = (f"ipc::WebContentsId {TARGET}",) if stub.member.verb is Verb.RELAY else ()
    options = (OPTIONS + default,) if stub.response else ()
    return (*target, *stub.parameters, *options)


def _call(stub: Stub, after: str = ");") -> Method:
    comment = comments.comment(stub.member.docs, 2)
    if stub.member.verb is Verb.SYNC:
        comment += comments.comment("Blocks until main has answered.", 2)
    params = call_params(stub, " = {}")
    return Method(comment, layout.signature(called(stub), stub.name, params, after, 2))


def _hearing(stub: Stub) -> Method:
    """The type of what is called with a message, and the functions that take and remove one."""
    declare = _answering if stub.member.verb is Verb.ASK else _listening
    type, *functions = hearing(stub.member)
    return Method(
        comments.comment(stub.member.docs, 2),
        (
            *layout.function_type(f"using {type}", answer(stub), heard(stub), 2),
            *declare(type, *functions),
        ),
    )


def _listening(type: str, on: str, once: str, remove: str) -> Lines:
    given = (f"absl::AnyInvocable<{type}> listener",)
    return (
        *layout.signature("ipc::ListenerId", on, given, ");", 2),
        *layout.signature("ipc::ListenerId", once, given, ");", 2),
        *layout.signature("void", remove, ("ipc::ListenerId id",), ");", 2),
    )


def _answering(type: str, handle: str, remove: str) -> Lines:
    given = (f"absl::AnyInvocable<{type}> handler",)
    return (
        *layout.signature("absl::Status", handle, given, ");", 2),
        *layout.signature("void", remove, (), ");", 2),
    )
