"""Identifiers of the generated C++."""

from __future__ import annotations

from generator.backends.cpp.platform import is_global, is_macro

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

# Types that generated code calls by their short names.
_TYPEDEFS = frozenset(
    "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t size_t".split()
)

# Namespaces that generated code reaches into: what else is called that would stand in between.
_NAMESPACES = frozenset({"std", "ipc", "absl"})

_RESERVED = _KEYWORDS | _TYPEDEFS

# What every namespace of ours has: a function, and the first parameter of another one.
_BESIDE_TYPES = frozenset({"ToString", "out"})

# What generated functions call their own parameters, variables and members.
PARAMETERS = frozenset(
    "event handler listener message options web_contents_id contents_ ipc_ view_".split()
)

# What every union has inside.
UNION_PARTS = frozenset({"Tag", "Variant", "tag", "visit", "value_"})


def identifier(name: str) -> str:
    """The name itself unless C++ (or a header of every platform) keeps it for itself."""
    return f"{name}_" if name in _RESERVED or is_macro(name) else name


def parameter(name: str) -> str:
    if name not in PARAMETERS:
        return identifier(name)
    return f"{name}arg" if name.endswith("_") else f"{name}_"


def union_class(name: str) -> str:
    """Every union has types of these names inside, which a class cannot be called."""
    return f"{name}_" if name in UNION_PARTS else name


def field(name: str, owner: str) -> str:
    """A data member; C++ keeps its class's name for constructors."""
    return f"{name}_" if name == owner else identifier(name)


def namespace(module: str) -> str:
    """`a.b` is a::b, `std` and `time` are std_ and time_."""
    parts = module.split(".") if module else []
    return "::".join(
        f"{part}_" if part in _NAMESPACES or (at == 0 and is_global(part)) else identifier(part)
        for at, part in enumerate(parts)
    )


def at_namespace(name: str, module: str) -> str:
    """A name that is declared in the namespace of a module; "" has the outermost of all."""
    is_taken = name in _NAMESPACES or name in _BESIDE_TYPES or (not module and is_global(name))
    return f"{name}_" if is_taken else identifier(name)


def flat(full_name: str, module: str) -> str:
    """A type's name at namespace scope: `Note_Kind` for notes.Note.Kind."""
    local = full_name.removeprefix(f"{module}.") if module else full_name
    return at_namespace(local.replace(".", "_"), module)


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
