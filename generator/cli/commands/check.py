"""`ipcgen check`: every mistake, and nothing written."""

from __future__ import annotations

import argparse

from generator.cli.compile import add_inputs, compile_files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_inputs(parser)


def run(options: argparse.Namespace) -> int:
    """Prints the diagnostics."""
    return 0 if compile_files(options) else 1
