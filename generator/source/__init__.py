"""What a diagnostic stands on: files, spans, the catalogue of diagnostics, their rendering."""

from generator.source.catalogue import CATALOGUE, Entry
from generator.source.decode import decode
from generator.source.diagnostic import Diagnostic, Label, Severity, error, warning
from generator.source.file import SourceFile, Span
from generator.source.render import render

__all__ = [
    "CATALOGUE",
    "Diagnostic",
    "Entry",
    "Label",
    "Severity",
    "SourceFile",
    "Span",
    "decode",
    "error",
    "render",
    "warning",
]
