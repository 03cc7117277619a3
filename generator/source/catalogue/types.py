"""Types, their constraints, and how they change from version to version."""

from generator.source.catalogue.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "IPC0040",
        "a type that cannot be a map's key",
        """
        A map's key is a boolean, a number, a string, an enum, a struct or a union, and not
        nullable.
        """,
    ),
    entry(
        "IPC0041",
        "nothing to make nullable",
        """
        A type is made nullable once. `any` is never nullable, because null is one of its
        values.
        """,
    ),
    entry(
        "IPC0042",
        "a wrong size for an array",
        """
        The size of a fixed array is a whole number from 1 to 16777216.
        """,
    ),
    entry(
        "IPC0043",
        "a constraint that does not apply",
        """
        `min` and `max` bound numbers and count the elements of arrays and maps; `min_bytes`
        and `max_bytes` bound strings and `any`; `pattern` is for strings. Each is given at
        most once, and not to an array of fixed size.
        """,
    ),
    entry(
        "IPC0044",
        "a constraint that makes no sense",
        """
        The bounds leave no value, a size is negative, or the pattern is none: patterns are
        ECMAScript's regular expressions (of Unicode characters, as with the flag `u`) that
        a receiver can match in time proportional to the text, so without look-around and
        back-references, and with at most 1000 repetitions.
        """,
    ),
    entry(
        "IPC0045",
        "versions that go backwards",
        """
        Fields that a later version adds come later: [MinVersion] does not decrease from one
        ordinal to the next.
        """,
    ),
    entry(
        "IPC0046",
        "a newer field that has to be there",
        """
        A sender of an older version leaves the field out. A struct, union, handle, or an
        enum without a zero value, has nothing to stand for an absent one: make it nullable
        or give it a default.
        """,
    ),
    entry(
        "IPC0047",
        "one [Default] for what is extensible",
        """
        A receiver replaces what it does not know by what is marked [Default]. An
        [Extensible] union needs exactly one such field, of a type that can be null, zero or
        false. An [Extensible] enum should have
        one such value; without it, unknown numbers are kept. Nothing else has one, and
        nothing has two.
        """,
    ),
    entry(
        "IPC0053",
        "an unknown kind of handle",
        """
        The kinds are message_pipe, data_pipe_consumer, data_pipe_producer, shared_buffer
        and platform.
        """,
    ),
    entry(
        "IPC0054",
        "an interface used as a type",
        """
        An interface is not a value. Its ends are: `pending_remote<Foo>` calls it,
        `pending_receiver<Foo>` serves it.
        """,
    ),
    entry(
        "IPC0056",
        "a type that has to contain itself",
        """
        Every value of the type would hold another one, without end. Break the circle with
        `?`, or with an array or a map that may be empty. This is a warning: mojom accepts
        such types, and nothing can ever use them.
        """,
    ),
    entry(
        "IPC0057",
        "something stable that depends on something that is not",
        """
        [Stable] promises that old and new versions understand each other. That holds only
        when every type it uses makes the same promise.
        """,
    ),
    entry(
        "IPC0058",
        "a declaration without a body",
        """
        Only a type marked [Native] is defined somewhere else; any other has a body in
        braces.
        """,
    ),
    entry(
        "IPC0061",
        "a union without fields",
        """
        A union is exactly one of its fields, so it needs at least one.
        """,
    ),
)
