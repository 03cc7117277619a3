"""How C++ calls a channel: the lines that one copies, spelled by the C++ backend itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.backends import words
from generator.backends.cpp import names
from generator.backends.cpp.spelling import Spelling
from generator.backends.cpp.stub_classes import TARGET, heard
from generator.backends.cpp.stubs import Stub, hearing, stubs
from generator.backends.support import Support
from generator.docs.views import Code
from generator.ir import Channels, Member, Module, Program, Verb


class Callers:
    """Of one channels definition, as code outside of any namespace calls it."""

    def __init__(self, program: Program, module: Module, channels: Channels):
        served = Support(program).members(channels)
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
        if made.bound:
            yield f"\n// In main, to answer; `impl` is your {space}{made.main}:"
            yield f"auto bound = {space}Bind{made.channels.name}(ipc_main, impl);"
        if made.towards:
            yield "\n// In main, towards one renderer:"
            yield f"{space}{made.web_contents} {self._object}(event.sender());"
        if made.hosted:
            yield "\n// In the embedder of a guest:"
            yield f"{space}{made.web_view} {self._object}(web_view);"

    def lines(self, member: Member) -> tuple[Code, ...]:
        """The call, and where a renderer hears or answers it, how; () where C++ has no stub."""
        stub = next((one for one in self._stubs.members if one.member is member), None)
        return tuple(Code(label, text) for label, text in self._lines(stub)) if stub else ()

    def _lines(self, stub: Stub) -> Iterator[tuple[str, str]]:
        target = (TARGET,) if stub.member.verb is Verb.RELAY else ()
        given = (*target, *(name for _, name, _ in stub.arguments))
        call = f"{self._object}.{stub.name}({', '.join(given)})"
        answer = self._answer(stub)
        taken = f"absl::StatusOr<{answer}>" if answer != "void" else "absl::Status"
        sent, then = f"absl::Status sent = {call};", f"{call}.Then([]({taken} answer) {{}});"
        match stub.member.verb:
            case Verb.INVOKE:
                yield "C++ in a renderer", then
            case Verb.SYNC:
                yield "C++ in a renderer", f"{taken} answer = {call};"
            case Verb.SEND:
                yield "C++ in a renderer", sent
            case Verb.EMIT:
                yield "C++ in main", sent
                yield "C++ in a renderer", self._hears(stub)
            case Verb.ASK:
                yield "C++ in main", then
                yield "C++ in a renderer", self._answers(stub, answer)
            case Verb.RELAY:
                yield "C++ in a renderer", sent
                yield "C++ in the other renderer", self._hears(stub)
            case Verb.HOST:
                yield "C++ in the guest", sent
                yield "C++ in its embedder", self._hears(stub)

    def _hears(self, stub: Stub) -> str:
        _, listen, *_ = hearing(stub.member)
        return f"{self._object}.{listen}([]({', '.join(heard(stub))}) {{}});"

    def _answers(self, stub: Stub, answer: str) -> str:
        _, handle, *_ = hearing(stub.member)
        handler = f"[]({', '.join(heard(stub))}) -> ipc::Promise<{answer}> {{ ... }}"
        return f"absl::Status bound = {self._object}.{handle}({handler});"

    def _answer(self, stub: Stub) -> str:
        """The type of an answer; a channel's own message stands in the module's namespace."""
        is_own = stub.response.endswith("Response") and "<" not in stub.response
        return f"{self._namespace}{stub.response}" if is_own else stub.response
