"""What breaks between two versions of a program: `ipcgen breaking`.

    rules.py     the table of rules
    report.py    findings, effects, and who sends to whom
    channels.py  old channels and new ones; the directions in which data travels
    calls.py     what travels with a call and with its answer
    judge.py     one direction: is every value that is sent taken, and taken for the same?
    records.py   ... of structs, parameters and unions     enums.py  ... of enums
    absence.py   what a field means that is not there      bounds.py ... sets of values
    promises.py  reserved numbers, [Stable], constants: what holds whoever sends
    text.py      the report as text

The two sides of an application need not be updated at once, so both mixed pairs are judged apart,
and bytes and JSON too: fields are numbers in the one and names in the other. What is asked is
always the same: does the receiver take every value that the sender's schema allows, and does it
mean the same there? A field that the receiver does not know is skipped, and breaks nothing.

Data that no channel carries is judged, in both directions, where it is [Stable], or with `all`.
tests/generator/breaking/mutation holds these answers against real bytes between real programs.
"""

from __future__ import annotations

from generator import ir
from generator.breaking.channels import Directions, compare_channels
from generator.breaking.promises import compare_declarations, stable_removed
from generator.breaking.reach import carried, is_stable, key_of, ref_of
from generator.breaking.report import Payload, Place, Report
from generator.breaking.rules import RULES, Rule
from generator.breaking.text import render_report, render_rules
from generator.source.catalogue import Entry

__all__ = ["RULES", "Payload", "Report", "Rule", "compare", "find", "render_report", "render_rules"]


def compare(
    old: ir.Program, new: ir.Program, *, all: bool = False, payload: Payload = Payload.BOTH
) -> Report:
    """Everything that changed in a way that a rule is about."""
    report = Report(payload)
    directions = Directions(old, new, report)
    compare_channels(old, new, directions, report)
    reached = carried(old) | carried(new)
    after = {key_of(decl): decl for module in new.modules for decl in module.walk()}
    for module in old.modules:
        for decl in module.walk():
            other = after.get(key_of(decl))
            wanted = all or is_stable(decl) or not ref_of(decl)
            if other is None:
                if is_stable(decl):
                    stable_removed(decl, report)
            elif wanted or key_of(decl) in reached:
                compare_declarations(decl, other, report)
                if wanted and key_of(decl) not in reached:
                    _compare_alone(decl, other, directions)
            elif decl != other:
                report.skipped.append(decl.full_name)
    _mark_stable(old, report)
    return report


def find(id: str) -> Entry | None:
    """What `ipcgen explain` says of a rule."""
    rule = RULES.get(id)
    return Entry(rule.id, rule.says, rule.advice) if rule else None


def _compare_alone(old: ir.Decl, new: ir.Decl, directions: Directions) -> None:
    """Data that no channel carries: whoever writes it, and whoever reads it."""
    mine, yours = ref_of(old), ref_of(new)
    if mine is None or yours is None:
        return
    for age in ("new", "old"):
        judge = directions.judge(age, "writer", "reader")
        sent, received = (mine, yours) if judge.sender_is_old else (yours, mine)
        judge.value(sent, received, Place(new.full_name, old.where, new.where))


def _mark_stable(old: ir.Program, report: Report) -> None:
    stable = [decl.full_name for module in old.modules for decl in module.walk() if is_stable(decl)]
    for finding in report.findings:
        finding.stable = any(
            finding.subject == name or finding.subject.startswith((f"{name}.", f"{name} "))
            for name in stable
        )
