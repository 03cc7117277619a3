"""Identifiers of the generated C++."""

from __future__ import annotations

_KEYWORDS = frozenset(
    """
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t
    char8_t class co_await co_return co_yield compl concept const const_cast consteval constexpr
    constinit continue decltype default delete do double dynamic_cast else enum explicit export
    extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq
    nullptr operator or or_eq private protected public register reinterpret_cast requires return
    short signed sizeof static static_assert static_cast struct switch template this thread_local
    throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while
    xor xor_eq signals slots
    """.split()
)

# Macros of headers that every program includes.
_MACROS = frozenset(
    """
    BIG_ENDIAN BUFSIZ BYTE_ORDER CHAR_BIT CHAR_MAX CHAR_MIN EOF EXIT_FAILURE EXIT_SUCCESS HUGE_VAL
    INFINITY INT_MAX INT_MIN LITTLE_ENDIAN LONG_MAX LONG_MIN NAN NULL RAND_MAX SEEK_CUR SEEK_END
    SEEK_SET SHRT_MAX SHRT_MIN UCHAR_MAX UINT_MAX ULONG_MAX USHRT_MAX assert errno linux stderr stdin
    stdout unix
    """.split()
)

# Types that generated code calls by their short names.
_TYPEDEFS = frozenset(
    "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t size_t".split()
)

# Namespaces that generated code reaches into: a module of that name would stand in between.
_NAMESPACES = frozenset({"std", "ipc", "absl"})

_RESERVED = _KEYWORDS | _MACROS | _TYPEDEFS

# What generated functions call their own parameters and members.
_PARAMETERS = frozenset({"event", "listener", "options", "ipc_", "contents_"})


def identifier(name: str) -> str:
    """The name itself unless C++ (or a header of every platform) keeps it for itself."""
    return f"{name}_" if name in _RESERVED else name


def parameter(name: str) -> str:
    if name not in _PARAMETERS:
        return identifier(name)
    return f"{name}arg" if name.endswith("_") else f"{name}_"


def union_class(name: str) -> str:
    """Every union has types of these names inside, which a class cannot be called."""
    return f"{name}_" if name in ("Tag", "Variant") else name


def field(name: str, owner: str) -> str:
    """A data member; C++ keeps its class's name for constructors."""
    return f"{name}_" if name == owner else identifier(name)


def namespace(module: str) -> str:
    """`a.b` is a::b; the module `ipc` is the library's own namespace, and shares it."""
    parts = module.split(".") if module else []
    return "::".join(
        f"{part}_" if part in _NAMESPACES and (index, part) != (0, "ipc") else identifier(part)
        for index, part in enumerate(parts)
    )


def flat(full_name: str, module: str) -> str:
    """The name at namespace scope: `Note_Kind` for notes.Note.Kind."""
    local = full_name.removeprefix(f"{module}.") if module else full_name
    return f"{local}_" if local in _NAMESPACES else identifier(local.replace(".", "_"))


def unique(wanted: str, taken: set[str]) -> str:
    """`wanted`, or that with underscores; the answer is taken from now on."""
    while wanted in taken:
        wanted += "_"
    taken.add(wanted)
    return wanted


def header_path(module_path: str) -> str:
    return f"{module_path}.h"


def source_path(module_path: str) -> str:
    return f"{module_path}.cc"
