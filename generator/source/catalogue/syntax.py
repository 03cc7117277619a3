"""Form: what the parser refuses."""

from generator.source.catalogue.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "IPC0010",
        "something else was expected",
        """
        The grammar has no place here for what was found. The message names what could stand
        here. Parsing goes on behind the mistake, so each further message is a mistake of
        its own.
        """,
    ),
    entry(
        "IPC0011",
        "a form that mojom gave up",
        """
        Interfaces used to be passed as `Foo`, `Foo&`, `associated Foo` and `associated
        Foo&`. Today these are `pending_remote<Foo>`, `pending_receiver<Foo>`,
        `pending_associated_remote<Foo>` and `pending_associated_receiver<Foo>`.
        """,
    ),
    entry(
        "IPC0012",
        "`module` in the wrong place",
        """
        A file names its module at most once, before imports and definitions.
        """,
    ),
    entry(
        "IPC0013",
        "an import behind a definition",
        """
        Imports come after `module` and before the first definition, so that a reader finds
        everything a file depends on in one place.
        """,
    ),
    entry(
        "IPC0014",
        "nested too deep",
        """
        A type may be nested 32 deep, and a name may stand for another at most 32 times in a
        row. The wire has the same limit. Give the inner part a struct of its own.
        """,
    ),
    entry(
        "IPC0015",
        "not part of the language yet",
        """
        `stream<T>`, `streams` and `policy` are kept for what the language will have. They
        are refused today so that files which use the words do not change their meaning
        later.
        """,
    ),
    entry(
        "IPC0016",
        "`any...` in the wrong place",
        """
        `any...` stands for all the remaining arguments of a channel, whatever they are. It
        can only be the last parameter of a member of `channels`, only `any` can have the
        dots, and an answer has none.
        """,
    ),
    entry(
        "IPC0017",
        "no default value here",
        """
        Only fields of structs have default values. A union has the one field that was set,
        and every parameter is passed; a nullable one may be left out at the end of JSON
        arguments.
        """,
    ),
    entry(
        "IPC0018",
        "a channel without a verb",
        """
        A member of `channels` begins with its verb. From renderer to main: send (no
        answer), invoke (answered), sync (answered, the caller waits). From main to
        renderer: emit (no answer), ask (answered). Between renderers: relay. From a guest
        to its embedder: host.
        """,
    ),
)
