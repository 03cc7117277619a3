"""What a backend leaves out, in warnings, for the rest is generated; and what it cannot do."""

from generator.source.catalogue.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "IPC0105",
        "interfaces are not generated",
        """
        mojom's `interface` is parsed, resolved and stands in the IR, so that mojom files
        can be imported for their data types. Calls are declared with `channels`; nothing is
        generated for an interface.
        """,
    ),
    entry(
        "IPC0106",
        "handles are not carried",
        """
        The declaration holds a handle or an end of an interface (`pending_remote<T>` and
        its relatives), directly or through another type. Messages are bytes: the
        declaration is left out, and so is whatever holds it.
        """,
    ),
    entry(
        "IPC0107",
        "native types are not generated",
        """
        `[Native]` declares a type that is defined somewhere else. There is nothing to
        generate from, so the declaration is left out, and so is whatever holds it.
        """,
    ),
    entry(
        "IPC0108",
        "features are not generated",
        """
        mojom's `feature` is parsed and stands in the IR. Nothing is generated for it.
        """,
    ),
    entry(
        "IPC0111",
        "two things with one name in C++",
        """
        C++ needs names that the file does not have. Channels `Notes` become the classes
        `NotesIpcMain`, `NotesIpcRenderer` and `NotesWebContents` and the functions
        `BindNotes` and `NotesSchema`; an enum `Kind` inside of a struct `Note` is
        `Note_Kind` outside of it; what listens for `Changed` is set by `OnChanged` and
        `OnceChanged`, removed by `RemoveChangedListener`, and of type `ChangedListener`;
        and a word that C++ keeps for itself, `class`, is written `class_`. Something else
        is already called that, and nothing is generated. Other languages do not mind.
        """,
    ),
)
