"""Channels and their answers."""

from generator.source.catalogue.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "IPC0048",
        "a call without an answer",
        """
        invoke, sync and ask are calls: their callers wait for an answer, `=> ()` at least.
        A [Sync] method of an interface as well.
        """,
    ),
    entry(
        "IPC0049",
        "an answer that nobody waits for",
        """
        send, emit, relay and host are messages: nobody waits for an answer. From a renderer
        to main use invoke or sync, from main to a renderer ask.
        """,
    ),
    entry(
        "IPC0050",
        "a channel name used twice",
        """
        Channels are found by their names on the wire. Two members of one file and the files
        it imports cannot share one. The name is [Channel="..."], else the prefix, a dot and
        the member's name.
        """,
    ),
    entry(
        "IPC0051",
        "a channel name of the wrong size",
        """
        The name of a channel on the wire has 1 to 128 bytes.
        """,
    ),
    entry(
        "IPC0052",
        "a deadline without a sense",
        """
        [DeadlineMs] is a whole number of milliseconds from 1 to 2147483647, and only calls
        that are answered have one.
        """,
    ),
    entry(
        "IPC0065",
        "a bound for messages that bounds nothing",
        """
        [MaxBytes] is the number of bytes that the parameters of a channel have at most, as
        they travel. No message on any pipe is larger than 67108864 bytes.
        """,
    ),
    entry(
        "IPC0055",
        "a channel that carries a handle",
        """
        The messages of channels are bytes and JSON. Handles and the ends of interfaces
        cannot travel in them yet, neither directly nor inside of another type.
        """,
    ),
    entry(
        "IPC0060",
        "a result that is not an answer",
        """
        `result<T, E>` stands behind `=>` only: it is how a call ends, with a value or an
        error. Inside of data declare a union.
        """,
    ),
    entry(
        "IPC0080",
        "a name that is derived from channels",
        """
        Other languages need names for what has none in the file. The parameters and the
        answer of a member `Read`, or `read`, of channels `Notes` are `NotesReadParams` and
        `NotesReadResponse`, and a struct `Item` inside of `Notes` is `Notes_Item`. No other
        type can be called that, and no two members can be the same but for their first
        letter or for underscores.
        """,
    ),
)
