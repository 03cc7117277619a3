"""Constants, defaults, ordinals and what is reserved."""

from generator.source.catalogue.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "IPC0028",
        "a value that does not fit",
        """
        The value is of another kind than the type, or outside of its range: an int8 goes from
        -128 to 127, an enum value from -2147483648 to 2147483647, a float up to about 3.4e38
        and a double up to about 1.8e308. Infinity is written `double.INFINITY`, and never
        meant by a number that is too large. The value of an enum has to be one of its own.
        """,
    ),
    entry(
        "IPC0029",
        "a type that has no constants",
        """
        Constants and defaults are numbers, booleans, strings and enum values. A field whose
        type is a struct can have the default `default`; arrays, maps, unions, any and
        handles have none: they begin empty.
        """,
    ),
    entry(
        "IPC0030",
        "ordinals for some only",
        """
        In one declaration either everything has an explicit ordinal or nothing has: a
        mixture changes its meaning when a line moves.
        """,
    ),
    entry(
        "IPC0031",
        "an ordinal used twice",
        """
        An ordinal decides the number of a field on the wire, so two fields cannot share it.
        """,
    ),
    entry(
        "IPC0032",
        "a gap between ordinals",
        """
        Explicit ordinals count from 0 without gaps (the methods of mojom's interfaces may
        have some). The number of something that was removed is kept with `reserved @N;`, so
        that nobody uses it again.
        """,
    ),
    entry(
        "IPC0033",
        "a reserved ordinal or number",
        """
        `reserved` says that the number was in use once. Old peers and stored messages still
        give it the old meaning, so it is not used again.
        """,
    ),
    entry(
        "IPC0034",
        "a reserved name",
        """
        `reserved` says that the name was in use once. JSON and other languages still give
        it the old meaning, so it is not used again.
        """,
    ),
    entry(
        "IPC0035",
        "an ordinal that is too large",
        """
        A field number is the ordinal plus one (plus 1000 from 19000 on), and protobuf ends
        at 536870911.
        """,
    ),
    entry(
        "IPC0059",
        "a reserved range that makes no sense",
        """
        A range goes from a smaller to a larger number, and nothing is reserved twice.
        """,
    ),
    entry(
        "IPC0066",
        "a default that holds itself",
        """
        A struct that holds itself by way of `?` ends where that is null. With `= default`
        every new one would begin with another, without end.
        """,
    ),
)
