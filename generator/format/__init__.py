"""The canonical form of a file, without options: tokens, comments and meaning stay, the space
between them is ours.

Two choices are left to the author, as in gofmt: a blank line between two members (one at most),
and a body on one line, as long as it fits there and holds no comment.
"""

from generator.format.layout import format_source

__all__ = ["format_source"]
