"""Which headers a piece of generated C++ needs: those of the names that it says."""

from __future__ import annotations

import re

_STANDARD = {
    r"std::array\b": "array",
    r"\bu?int(8|16|32|64)_t\b": "cstdint",
    r"\bsize_t\b": "cstddef",
    r"std::ostream\b": "iosfwd",
    r"std::numeric_limits\b": "limits",
    r"std::map\b": "map",
    r"std::optional\b": "optional",
    r"std::string\b": "string",
    r"std::string_view\b": "string_view",
    r"std::(forward|move)\b": "utility",
    r"std::(variant|visit)\b": "variant",
    r"std::vector\b": "vector",
}

_LIBRARIES = {
    r"absl::AnyInvocable\b": "absl/functional/any_invocable.h",
    r"absl::Status\b": "absl/status/status.h",
    r"absl::StatusOr\b": "absl/status/statusor.h",
    r"ipc::CallOptions\b": "runtime/api/call_options.h",
    r"ipc::IpcMain\b": "runtime/api/ipc_main.h",
    r"ipc::IpcMain(Invoke)?Event\b": "runtime/api/ipc_main_event.h",
    r"ipc::IpcRenderer\b": "runtime/api/ipc_renderer.h",
    r"ipc::IpcRenderer(Invoke)?Event\b": "runtime/api/ipc_renderer_event.h",
    r"ipc::MainBinder\b": "runtime/api/main_binder.h",
    r"ipc::WebContentsRef\b": "runtime/api/web_contents_ref.h",
    r"ipc::WebView\b": "runtime/api/web_view.h",
    r"ipc::Promise\b": "runtime/async/promise.h",
    r"ipc::Result\b": "runtime/async/result.h",
    r"ipc::(ListenerId|WebContentsId)\b": "runtime/base/ids.h",
    r"ipc::(Send|Invoke|Sync|Emit|Ask|Relay|Host)Channel\b": "runtime/bindings/channel.h",
    r"ipc::Registration\b": "runtime/bindings/subscription.h",
    r"ipc::Unpack\b": "runtime/bindings/unpack.h",
    r"ipc::Box\b": "runtime/codec/box.h",
    r"ipc::(Struct|Union|Enum)Codec\b": "runtime/codec/declare.h",
    r"ipc::(FieldsOf|UnionOf|EnumOf)\b": "runtime/codec/define.h",
    r"ipc::EqualFields\b": "runtime/codec/equal.h",
    r"ipc::KeyOrder\b": "runtime/codec/key_order.h",
    r"ipc::(Print(Typed|Enum)|EnumName)\b": "runtime/codec/print.h",
    r"ipc::testing::\w+": "runtime/testing/fake.h",
    r"ipc::Args\b": "runtime/value/args.h",
    r"ipc::Value\b": "runtime/value/value.h",
    r"ipc::SchemaDigest\b": "runtime/wire/schema_digest.h",
}

_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


def standard(code: str, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """`#include <...>` lines for what `code` says, less those of `without`."""
    return _lines(_STANDARD, code, "#include <{}>", without)


def libraries(
    code: str, more: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """`#include "..."` lines for what `code` says and for the paths in `more`."""
    found = _lines(_LIBRARIES, code, '#include "{}"', without)
    return tuple(sorted({*found, *(f'#include "{path}"' for path in more)}))


def _lines(
    table: dict[str, str], code: str, form: str, without: tuple[str, ...]
) -> tuple[str, ...]:
    code = _COMMENT.sub("", code)
    headers = {header for pattern, header in table.items() if re.search(pattern, code)}
    lines = {form.format(header) for header in headers} - set(without)
    return tuple(sorted(lines))
