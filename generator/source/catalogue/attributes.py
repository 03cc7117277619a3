"""Attributes: which there are, where they stand, what they take."""

from generator.source.catalogue.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "IPC0036",
        "an unknown attribute",
        """
        The compiler knows every attribute; one that it does not know is most often
        misspelt.
        """,
    ),
    entry(
        "IPC0037",
        "an attribute in the wrong place",
        """
        The attribute exists and means nothing on this kind of declaration.
        """,
    ),
    entry(
        "IPC0038",
        "a wrong value for an attribute",
        """
        Some attributes stand alone, others need a number, a string or a name.
        """,
    ),
    entry(
        "IPC0039",
        "an attribute given twice",
        """
        Of two values for one attribute neither could be said to count.
        """,
    ),
    entry(
        "IPC0064",
        "attributes that do not go together",
        """
        [NoInterrupt] says how a [Sync] method waits, so it needs that beside it. [EnableIf]
        and [EnableIfNot] are two conditions, and a declaration has one.
        """,
    ),
)
