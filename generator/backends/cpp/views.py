"""What the templates see: final C++, in whole lines."""

from __future__ import annotations

from dataclasses import dataclass

from generator.backends.comments import Lines


@dataclass(frozen=True)
class EnumView:
    comment: Lines
    head: str  # enum class NoteKind : int32_t {
    values: Lines  # with their comments
    functions: Lines  # declarations of ToString and <<


@dataclass(frozen=True)
class StructView:
    comment: Lines
    head: str  # struct Note {
    nested: Lines  # names and constants declared inside
    fields: Lines  # with their comments
    equality: Lines
    print: Lines  # declaration of <<


@dataclass(frozen=True)
class UnionMember:
    comment: Lines
    accessors: Lines
    maker: Lines


@dataclass(frozen=True)
class UnionView:
    comment: Lines
    head: str  # class NoteError {
    tags: tuple[str, ...]
    members: tuple[UnionMember, ...]
    equality: Lines
    variant: Lines
    print: Lines


@dataclass(frozen=True)
class ScopeView:
    """A struct of names only, for what `channels` declares beside its members."""

    comment: Lines
    head: str
    nested: Lines


@dataclass(frozen=True)
class TableView:
    """The rows that the runtime's codec walks."""

    codec: str  # StructCodec
    name: str  # notes::Note
    head: Lines  # struct ipc::FieldsOf<notes::Note> {
    alias: Lines  # using T = notes::Note;
    said: Lines  # the name that messages say
    rows: Lines  # static constexpr auto kFields = Rows{...};
    extra: Lines


@dataclass(frozen=True)
class Method:
    comment: Lines
    lines: Lines


@dataclass(frozen=True)
class ClassView:
    """An abstract class, or a stub that holds one data member."""

    comment: Lines
    head: str
    constructor: Lines
    methods: tuple[Method, ...]
    data: str  # "" for the abstract class


@dataclass(frozen=True)
class FileView:
    """A header or a source file, once its parts are text."""

    origin: str  # the .ipc file
    comment: Lines
    includes: tuple[Lines, ...]  # in blocks
    before: tuple[str, ...]  # paragraphs outside of the namespace, in front of it
    namespace: str
    inside: tuple[str, ...]
    after: tuple[str, ...]
