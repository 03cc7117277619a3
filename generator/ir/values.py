"""Evaluated constants."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EnumConstant:
    """One value of an enum: its file, full name, the value's name and number."""

    module: str
    enum: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class DefaultConstructed:
    """`= default`: whatever a struct is when nothing was set."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A name, as written, of an import that is not there: here of a constant, in types of a type.

    Only programs that are compiled with opaque imports have any; backends never see one.
    """

    name: str


# What a constant comes to. A value of type float or double is always a Python float (infinities
# and NaN included), one of integer type an int, one of bool a bool.
Scalar = bool | int | float | str | EnumConstant | DefaultConstructed | Opaque


@dataclass(frozen=True, slots=True)
class Value:
    """A constant's value and, where it was written as a name, that name.

    `const_module` and `const_name` are the file and full name of the Const (not of an enum
    value: EnumConstant says that itself); empty when a literal was written.
    """

    scalar: Scalar
    const_module: str = ""
    const_name: str = ""
