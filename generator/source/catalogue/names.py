"""Imports and names."""

from generator.source.catalogue.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "IPC0020",
        "an import that is not there",
        """
        The path of an import is relative to an import root: a folder given by -I, else the
        folder in which ipcgen runs. It is not relative to the importing file.
        """,
    ),
    entry(
        "IPC0021",
        "files that import each other",
        """
        Imports form no cycles: each file can be read after those it imports. Move what both
        need into a third file.
        """,
    ),
    entry(
        "IPC0022",
        "a name behind `as` that is taken",
        """
        The name after `as` is used for one import and for nothing else in the file.
        """,
    ),
    entry(
        "IPC0023",
        "a name declared twice",
        """
        Within a scope (a module, a struct, an enum, a union, channels, an interface, a list
        of parameters) a name is declared once. Files of the same module that are used
        together share one scope for what stands at their top.
        """,
    ),
    entry(
        "IPC0024",
        "an unknown name",
        """
        Nothing that is visible here has this name. A name is looked up in the enclosing
        declarations, then in the module, then as a full name in this file and in the files
        that it imports itself (not in those that they import). A name imported with `as` is
        reached through that word only.
        """,
    ),
    entry(
        "IPC0025",
        "a name of the wrong kind",
        """
        The name exists and is something else than what is needed here: a constant where a
        type is needed, a type where a value is needed, or the like.
        """,
    ),
    entry(
        "IPC0026",
        "defined through itself",
        """
        Following the definition leads back to it, so that it has no value or no type.
        """,
    ),
    entry(
        "IPC0062",
        "a name that this build does not have",
        """
        [EnableIf] and [EnableIfNot] leave declarations out, depending on the features that
        --enable gives. What uses such a name has to be left out under the same condition.
        """,
    ),
    entry(
        "IPC0063",
        "a type named like a built-in one",
        """
        bool, string, handle and the numbers are types wherever a type is expected. A
        declared type of that name could never be referred to.
        """,
    ),
)
