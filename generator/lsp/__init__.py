"""A language server over the compiler's own front end: LSP 3.17, stdio, one thread that decides.

    framing, positions, documents   what travels, and where things are in it
    workspace, snapshot             which files are compiled together, and what their names mean
    diagnostics, hover, navigation, rename, symbols, formatting, completion (context, proposals)
                                    one answer each, made of a snapshot
    server                          messages in, answers and diagnostics out
"""

from generator.lsp.server import Server

__all__ = ["Server"]
