"""Every diagnostic there is: its number, a title, and the paragraph behind `ipcgen explain`.

The list is closed: a Diagnostic with another number cannot be made. A number is never used again
for something else. Each has a folder in tests/generator/diagnostics with a file that earns it, a
file that does not, and the rendered text. Those from IPC0101 on are what a backend leaves out:
warnings, for the rest is generated.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    title: str
    explanation: str


_TABLE = (
    # The text.
    Entry(
        "IPC0001",
        "a character that means nothing",
        "The character, or the run of characters, is part of no word, number, string, "
        "comment or mark of the language. Names are made of ASCII letters, digits and "
        "`_`; strings stand in straight double quotes; an ordinal is `@` followed at once "
        "by digits.",
    ),
    Entry(
        "IPC0002",
        "a string without its end",
        "A string ends on the line on which it begins. Close it with a double quote; a "
        "quote inside of it is written \\\".",
    ),
    Entry(
        "IPC0003",
        "a comment without its end",
        "A comment that begins with `/*` goes on to the next `*/`, and there is none in "
        "the rest of the file. Such comments do not nest.",
    ),
    Entry(
        "IPC0004",
        "an escape that does not exist",
        "In a string a backslash begins an escape: \\n, \\t, \\r, \\0, \\a, \\b, \\f, "
        "\\v, \\\\, \\\", \\', \\?, \\xHH or \\uHHHH. Surrogates (D800 to DFFF) are no "
        "characters. A backslash itself is written twice.",
    ),
    Entry(
        "IPC0005",
        "not a number",
        "Numbers are decimal (42, -7), hexadecimal (0x2a) or floating (1.5, .5, 6e23). "
        "There are no octal numbers, so a decimal number does not begin with 0, and there "
        "are no suffixes.",
    ),
    Entry(
        "IPC0006",
        "not UTF-8",
        "A source file is UTF-8 text. The place that is shown is the first byte that is "
        "not.",
    ),
    # The form.
    Entry(
        "IPC0010",
        "something else was expected",
        "The grammar has no place here for what was found. The message names what could "
        "stand here. Parsing goes on behind the mistake, so each further message is a "
        "mistake of its own.",
    ),
    Entry(
        "IPC0011",
        "a form that mojom gave up",
        "Interfaces used to be passed as `Foo`, `Foo&`, `associated Foo` and `associated "
        "Foo&`. Today these are `pending_remote<Foo>`, `pending_receiver<Foo>`, "
        "`pending_associated_remote<Foo>` and `pending_associated_receiver<Foo>`.",
    ),
    Entry(
        "IPC0012",
        "`module` in the wrong place",
        "A file names its module at most once, before imports and definitions.",
    ),
    Entry(
        "IPC0013",
        "an import behind a definition",
        "Imports come after `module` and before the first definition, so that a reader "
        "finds everything a file depends on in one place.",
    ),
    Entry(
        "IPC0014",
        "nested too deep",
        "A type may be nested 32 deep, and a name may stand for another at most 32 times "
        "in a row. The wire has the same limit. Give the inner part a struct of its own.",
    ),
    Entry(
        "IPC0015",
        "not part of the language yet",
        "`stream<T>`, `streams` and `policy` are kept for what the language will have. "
        "They are refused today so that files which use the words do not change their "
        "meaning later.",
    ),
    Entry(
        "IPC0016",
        "`any...` in the wrong place",
        "`any...` stands for all the remaining arguments of a channel, whatever they are. "
        "It can only be the last parameter of a member of `channels`, only `any` can have "
        "the dots, and an answer has none.",
    ),
    Entry(
        "IPC0017",
        "no default value here",
        "Only fields of structs have default values. A union has the one field that was "
        "set, and every parameter is passed; a nullable one may be left out at the end of "
        "JSON arguments.",
    ),
    Entry(
        "IPC0018",
        "a channel without a verb",
        "A member of `channels` begins with its verb. From renderer to main: send (no "
        "answer), invoke (answered), sync (answered, the caller waits). From main to "
        "renderer: emit (no answer), ask (answered). Between renderers: relay. From a "
        "guest to its embedder: host.",
    ),
    # Imports and names.
    Entry(
        "IPC0020",
        "an import that is not there",
        "The path of an import is relative to an import root: a folder given by -I, else "
        "the folder in which ipcgen runs. It is not relative to the importing file.",
    ),
    Entry(
        "IPC0021",
        "files that import each other",
        "Imports form no cycles: each file can be read after those it imports. Move what "
        "both need into a third file.",
    ),
    Entry(
        "IPC0022",
        "a name that another import has",
        "The name after `as` is used for one import and for nothing else in the file.",
    ),
    Entry(
        "IPC0023",
        "a name declared twice",
        "Within a scope (a module, a struct, an enum, a union, channels, an interface, a "
        "list of parameters) a name is declared once. Files of the same module that are "
        "used together share one scope for what stands at their top.",
    ),
    Entry(
        "IPC0024",
        "an unknown name",
        "Nothing that is visible here has this name. A name is looked up in the enclosing "
        "declarations, then in the module, then as a full name in this file and in the "
        "files that it imports itself (not in those that they import). A name imported "
        "with `as` is reached through that word only.",
    ),
    Entry(
        "IPC0025",
        "a name of the wrong kind",
        "The name exists and is something else than what is needed here: a constant where "
        "a type is needed, a type where a value is needed, or the like.",
    ),
    Entry(
        "IPC0026",
        "defined through itself",
        "Following the definition leads back to it, so that it has no value or no type.",
    ),
    # Values and ordinals.
    Entry(
        "IPC0028",
        "a value that does not fit",
        "The value is of another kind than the type, or outside of its range: an int8 "
        "goes from -128 to 127, an enum value from -2147483648 to 2147483647. The value "
        "of an enum has to be one of its own.",
    ),
    Entry(
        "IPC0029",
        "a type that has no constants",
        "Constants and defaults are numbers, booleans, strings and enum values. A field "
        "whose type is a struct can have the default `default`; arrays, maps, unions, any "
        "and handles have none: they begin empty.",
    ),
    Entry(
        "IPC0030",
        "ordinals for some only",
        "In one declaration either everything has an explicit ordinal or nothing has: a "
        "mixture changes its meaning when a line moves.",
    ),
    Entry(
        "IPC0031",
        "an ordinal used twice",
        "An ordinal decides the number of a field on the wire, so two fields cannot share "
        "it.",
    ),
    Entry(
        "IPC0032",
        "a gap between ordinals",
        "Explicit ordinals count from 0 without gaps. The number of something that was "
        "removed is kept with `reserved @N;`, so that nobody uses it again.",
    ),
    Entry(
        "IPC0033",
        "a reserved ordinal or number",
        "`reserved` says that the number was in use once. Old peers and stored messages "
        "still give it the old meaning, so it is not used again.",
    ),
    Entry(
        "IPC0034",
        "a reserved name",
        "`reserved` says that the name was in use once. JSON and other languages still "
        "give it the old meaning, so it is not used again.",
    ),
    Entry(
        "IPC0035",
        "an ordinal that is too large",
        "A field number is the ordinal plus one (plus 1000 from 19000 on), and protobuf "
        "ends at 536870911.",
    ),
    # Attributes.
    Entry(
        "IPC0036",
        "an unknown attribute",
        "The compiler knows every attribute; one that it does not know is most often "
        "misspelt.",
    ),
    Entry(
        "IPC0037",
        "an attribute in the wrong place",
        "The attribute exists and means nothing on this kind of declaration.",
    ),
    Entry(
        "IPC0038",
        "a wrong value for an attribute",
        "Some attributes stand alone, others need a number, a string or a name.",
    ),
    Entry(
        "IPC0039",
        "an attribute given twice",
        "Of two values for one attribute neither could be said to count.",
    ),
    # Types, versions and channels.
    Entry(
        "IPC0040",
        "a type that cannot be a map's key",
        "A map's key is a boolean, a number, a string, an enum, a struct or a union, and "
        "not nullable.",
    ),
    Entry(
        "IPC0041",
        "nothing to make nullable",
        "A type is made nullable once. `any` is never nullable, because null is one of "
        "its values.",
    ),
    Entry(
        "IPC0042",
        "a wrong size for an array",
        "The size of a fixed array is a whole number from 1 to 16777216.",
    ),
    Entry(
        "IPC0043",
        "a constraint that does not apply",
        "`min` and `max` bound numbers and count the elements of arrays and maps; "
        "`min_bytes` and `max_bytes` bound strings and `any`; `pattern` is for strings. "
        "Each is given at most once, and not to an array of fixed size.",
    ),
    Entry(
        "IPC0044",
        "a constraint that makes no sense",
        "The bounds leave no value, a size is negative, or the pattern is none: patterns are "
        "ECMAScript's regular expressions (of Unicode characters, as with the flag `u`) that a "
        "receiver can match in time proportional to the text, so without look-around and "
        "back-references, and with at most 1000 repetitions.",
    ),
    Entry(
        "IPC0045",
        "versions that go backwards",
        "Fields that a later version adds come later: [MinVersion] does not decrease from "
        "one ordinal to the next.",
    ),
    Entry(
        "IPC0046",
        "a newer field that has to be there",
        "A sender of an older version leaves the field out. A struct, union, handle, or "
        "an enum without a zero value, has nothing to stand for an absent one: make it "
        "nullable or give it a default.",
    ),
    Entry(
        "IPC0047",
        "one [Default] for what is extensible",
        "A receiver replaces what it does not know by what is marked [Default]. An "
        "[Extensible] union needs exactly one such field. An [Extensible] enum should "
        "have one such value; without it, unknown numbers are kept. Nothing else has one, "
        "and nothing has two.",
    ),
    Entry(
        "IPC0048",
        "a call without an answer",
        "invoke, sync and ask are calls: their callers wait for an answer, `=> ()` at "
        "least. A [Sync] method of an interface as well.",
    ),
    Entry(
        "IPC0049",
        "an answer that nobody waits for",
        "send, emit, relay and host are messages: nobody waits for an answer. From a "
        "renderer to main use invoke or sync, from main to a renderer ask.",
    ),
    Entry(
        "IPC0050",
        "a channel name used twice",
        "Channels are found by their names on the wire. Two members of one file and the "
        "files it imports cannot share one. The name is [Channel=\"...\"], else the prefix, "
        "a dot and the member's name.",
    ),
    Entry(
        "IPC0051",
        "a channel name of the wrong size",
        "The name of a channel on the wire has 1 to 128 bytes.",
    ),
    Entry(
        "IPC0052",
        "a deadline without a sense",
        "[DeadlineMs] is a whole number of milliseconds from 1 to 2147483647, and only "
        "calls that are answered have one.",
    ),
    Entry(
        "IPC0053",
        "an unknown kind of handle",
        "The kinds are message_pipe, data_pipe_consumer, data_pipe_producer, "
        "shared_buffer and platform.",
    ),
    Entry(
        "IPC0054",
        "an interface used as a type",
        "An interface is not a value. Its ends are: `pending_remote<Foo>` calls it, "
        "`pending_receiver<Foo>` serves it.",
    ),
    Entry(
        "IPC0055",
        "a channel that carries a handle",
        "The messages of channels are bytes and JSON. Handles and the ends of interfaces "
        "cannot travel in them yet, neither directly nor inside of another type.",
    ),
    Entry(
        "IPC0056",
        "a type that has to contain itself",
        "Every value of the type would hold another one, without end. Break the circle "
        "with `?`, an array or a map. This is a warning: mojom accepts such types, and "
        "nothing can ever use them.",
    ),
    Entry(
        "IPC0057",
        "something stable that depends on something that is not",
        "[Stable] promises that old and new versions understand each other. That holds "
        "only when every type it uses makes the same promise.",
    ),
    Entry(
        "IPC0058",
        "a declaration without a body",
        "Only a type marked [Native] is defined somewhere else; any other has a body in "
        "braces.",
    ),
    Entry(
        "IPC0059",
        "a reserved range that makes no sense",
        "A range goes from a smaller to a larger number, and nothing is reserved twice.",
    ),
    Entry(
        "IPC0060",
        "a result that is not an answer",
        "`result<T, E>` stands behind `=>` only: it is how a call ends, with a value or "
        "an error. Inside of data declare a union.",
    ),
    Entry(
        "IPC0061",
        "a union without fields",
        "A union is exactly one of its fields, so it needs at least one.",
    ),
    # What a backend leaves out (warnings).
    Entry(
        "IPC0101",
        "no stubs for `ask`",
        "Main asks a renderer with an `ask` member. The member is checked and stands in "
        "the IR, but the backend named in the message does not generate it yet; the rest "
        "of the file is generated.",
    ),
    Entry(
        "IPC0102",
        "no stubs for `relay`",
        "A `relay` member goes from renderer to renderer through main. The member is "
        "checked and stands in the IR, but the backend named in the message does not "
        "generate it yet; the rest of the file is generated.",
    ),
    Entry(
        "IPC0103",
        "no stubs for `host`",
        "A `host` member goes from a guest to its embedder. The member is checked and "
        "stands in the IR, but the backend named in the message does not generate it yet; "
        "the rest of the file is generated.",
    ),
    Entry(
        "IPC0105",
        "interfaces are not generated",
        "mojom's `interface` is parsed, resolved and stands in the IR, so that mojom "
        "files can be imported for their data types. Calls are declared with `channels`; "
        "nothing is generated for an interface.",
    ),
    Entry(
        "IPC0106",
        "handles are not carried",
        "The declaration holds a handle or an end of an interface (`pending_remote<T>` "
        "and its relatives), directly or through another type. Messages are bytes: the "
        "declaration is left out, and so is whatever holds it.",
    ),
    Entry(
        "IPC0107",
        "native types are not generated",
        "`[Native]` declares a type that is defined somewhere else. There is nothing to "
        "generate from, so the declaration is left out, and so is whatever holds it.",
    ),
    Entry(
        "IPC0108",
        "features are not generated",
        "mojom's `feature` is parsed and stands in the IR. Nothing is generated for it.",
    ),
)

CATALOGUE = {entry.id: entry for entry in _TABLE}
