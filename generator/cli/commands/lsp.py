"""`ipcgen lsp`: a language server on stdin and stdout; an editor starts it."""

from __future__ import annotations

import argparse
import sys

from generator.lsp import Server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stdio", action="store_true", help="the only way there is; some editors say it"
    )


def run(_: argparse.Namespace) -> int:
    """Serves until the editor says goodbye. Whatever else prints, prints to stderr."""
    output = sys.stdout.buffer
    sys.stdout = sys.stderr
    # Not sys.stdin: Python closes it at exit, and aborts when a thread still waits for input.
    return Server(open(sys.stdin.fileno(), "rb", closefd=False), output).run()
