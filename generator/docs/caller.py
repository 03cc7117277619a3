"""How C++ calls a channel: the lines that one copies, spelled by the C++ backend itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.backends import words
from generator.backends.cpp import names
from generator.backends.cpp.spelling import Spelling
from generator.backends.cpp.stubs import GENERATED_VERBS, Stub, stubs
from generator.backends.support import Support
from generator.docs.views import Code
from generator.ir import Channels, Member, Module, Program, Verb


class Callers:
    """Of one channels definition, as code outside of any namespace calls it."""

    def __init__(self, program: Program, module: Module, channels: Channels):
        support = Support(program)
        served = tuple(
            member
            for member in channels.members
            if member.verb in GENERATED_VERBS and support.of(member)
        )
        self._header = names.header_path(module.path)
        self._namespace = f"{names.namespace(module.name)}::" if module.name else ""
        self._object = names.identifier(words.snake(channels.name))
        self._stubs = stubs(channels, served, Spelling.of(program, replace(module, name="")))

    def setup(self) -> Code | None:
        """What has to stand in front of the calls, in either process."""
        if not self._stubs.members:
            return None
        return Code("C++", "\n".join(self._setup()))

    def _setup(self) -> Iterator[str]:
        made, space = self._stubs, self._namespace
        yield f'#include "{self._header}"'
        yield "\n// In a renderer:"
        yield f"{space}{made.renderer} {self._object}(renderer->ipc_renderer());"
        if made.calls:
            yield f"\n// In main, to answer; `impl` is your {space}{made.main}:"
            yield f"auto bound = {space}Bind{made.channels.name}(ipc_main, impl);"
        if made.emits:
            yield "\n// In main, towards one renderer:"
            yield f"{space}{made.web_contents} {self._object}(event.sender());"

    def lines(self, member: Member) -> tuple[Code, ...]:
        """The call, and for an emit the way to hear it; () where C++ has no stub."""
        stub = next((one for one in self._stubs.members if one.member is member), None)
        return tuple(Code(label, text) for label, text in self._lines(stub)) if stub else ()

    def _lines(self, stub: Stub) -> Iterator[tuple[str, str]]:
        given = ", ".join(name for _, name, _ in stub.arguments)
        call = f"{self._object}.{stub.name}({given})"
        answer = self._answer(stub)
        match stub.member.verb:
            case Verb.INVOKE:
                taken = f"absl::StatusOr<{answer}>" if answer != "void" else "absl::Status"
                yield "C++ in a renderer", f"{call}.Then([]({taken} answer) {{}});"
            case Verb.SYNC:
                taken = f"absl::StatusOr<{answer}>" if answer != "void" else "absl::Status"
                yield "C++ in a renderer", f"{taken} answer = {call};"
            case Verb.SEND:
                yield "C++ in a renderer", f"absl::Status sent = {call};"
            case Verb.EMIT:
                heard = ", ".join(("ipc::IpcRendererEvent& event", *stub.parameters))
                listen = f"{self._object}.On{words.camel(stub.member.name)}"
                yield "C++ in main", f"absl::Status sent = {call};"
                yield "C++ in a renderer", f"{listen}([]({heard}) {{}});"

    def _answer(self, stub: Stub) -> str:
        """The type of an answer; a channel's own message stands in the module's namespace."""
        is_own = stub.response.endswith("Response") and "<" not in stub.response
        return f"{self._namespace}{stub.response}" if is_own else stub.response
