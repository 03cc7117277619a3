"""Characters, words and numbers: what the lexer refuses."""

from generator.source.catalogue.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "IPC0001",
        "a character that means nothing",
        """
        The character, or the run of characters, is part of no word, number, string, comment
        or mark of the language. Names are made of ASCII letters, digits and `_`; strings
        stand in straight double quotes; an ordinal is `@` followed at once by digits.
        """,
    ),
    entry(
        "IPC0002",
        "a string without its end",
        r"""
        A string ends on the line on which it begins. Close it with a double quote; a quote
        inside of it is written \".
        """,
    ),
    entry(
        "IPC0003",
        "a comment without its end",
        """
        A comment that begins with `/*` goes on to the next `*/`, and there is none in the
        rest of the file. Such comments do not nest.
        """,
    ),
    entry(
        "IPC0004",
        "an escape that does not exist",
        r"""
        In a string a backslash begins an escape: \n, \t, \r, \0, \a, \b, \f, \v, \\, \",
        \', \?, \xHH or \uHHHH. Surrogates (D800 to DFFF) are no characters. A backslash
        itself is written twice.
        """,
    ),
    entry(
        "IPC0005",
        "not a number",
        """
        Numbers are decimal (42, -7), hexadecimal (0x2a) or floating (1.5, .5, 6e23). There
        are no octal numbers, so a decimal number or an ordinal does not begin with 0, and
        there are no suffixes.
        """,
    ),
    entry(
        "IPC0006",
        "not UTF-8",
        """
        A source file is UTF-8 text. The place that is shown is the first byte that is not.
        """,
    ),
)
