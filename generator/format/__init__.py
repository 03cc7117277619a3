"""The one layout of a file, without options: tokens, comments and meaning stay, the space between
them is ours, and so is the comma behind the last value of an enum.

Some choices are left to the author, as in gofmt: a blank line between two members (one at most),
a body on one line as long as it fits there and holds no comment, attributes of a member above it
or before it, and whether the names of channels stand below each other.

    layout      a file: what stands where, from its tree
    statements  a statement as a document
    doc         a document as lines: where they are broken
    gaps        comments and blank lines between two tokens
    rows        the lines, and the comments at their ends
    spacing     whether there is a space between two tokens
    difference  what would change
"""

from generator.format.difference import difference
from generator.format.layout import format_source

__all__ = ["difference", "format_source"]
