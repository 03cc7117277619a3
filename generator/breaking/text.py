"""A report, and the table of rules, as people read them."""

from __future__ import annotations

import textwrap
from collections import Counter

from generator.breaking.report import Finding, Flow, Outcome, Payload, Report
from generator.breaking.rules import RULES

_SHOWN_CHANNELS = 4
_HOW = {Payload.BYTES: " (bytes)", Payload.JSON: " (JSON)", Payload.BOTH: ""}


def render_rules() -> str:
    """A line a rule."""
    width = max(map(len, RULES))
    return "".join(f"{rule.id:{width}}  {rule.says}\n" for rule in RULES.values())


def render_report(report: Report) -> str:
    """What breaks first, then the warnings, then how much of each; "" when nothing changed."""
    findings = sorted(report.findings, key=_order)
    parts = [_finding(finding) for finding in findings]
    if summary := _summary(findings):
        parts.append(summary)
    if report.skipped:
        parts.append(_skipped(report.skipped))
    return "\n".join(parts)


def _order(finding: Finding) -> tuple:
    return not finding.breaks, finding.subject, list(RULES).index(finding.rule)


def _finding(finding: Finding) -> str:
    word = "breaks" if finding.breaks else "warning"
    lines = [f"{_where(finding)}{word}: {finding.change} [{finding.rule}]"]
    for (flow, outcome, why), payload in finding.effects.items():
        lines.append(f"  {_effect(flow, outcome, why)}{_HOW[payload]}")
    if finding.stable:
        lines.append("  = the old version promises [Stable]")
    if finding.channels:
        names = finding.channels[:_SHOWN_CHANNELS]
        more = len(finding.channels) - len(names)
        others = f" and {more} more" if more else ""
        lines.append(f"  = carried by {', '.join(names)}{others}")
    return "\n".join(lines) + "\n"


def _where(finding: Finding) -> str:
    """The place in the new version, else in the old one; of a dump the file alone."""
    span = finding.new or finding.old
    if span is None:
        return ""
    return f"{span}: " if span.file.text else f"{span.file.path}: "


def _effect(flow: Flow | None, outcome: Outcome, why: str) -> str:
    if flow is None:
        return why
    if outcome is Outcome.WARNS:
        return f"{flow.sender} sends to {flow.receiver}: {why}"
    return f"{flow.receiver} {outcome.value} what {flow.sender} sends: {why}"


def _summary(findings: list[Finding]) -> str:
    """For each pair of programs, how many changes break it."""
    if not findings:
        return ""
    broken: Counter[str] = Counter()
    for finding in findings:
        pairs = {
            flow.pair
            for flow, outcome, _ in finding.effects
            if flow is not None and outcome is not Outcome.WARNS
        }
        broken.update(pairs)
    lines = [f"{pair}: {_changes(count)} {_verb(count)}\n" for pair, count in sorted(broken.items())]
    breaking = sum(finding.breaks for finding in findings)
    lines.append(f"{breaking} breaking, {_count(len(findings) - breaking, 'warning')}\n")
    return "".join(lines)


def _changes(count: int) -> str:
    return _count(count, "change")


def _verb(count: int) -> str:
    return "breaks" if count == 1 else "break"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _skipped(names: list[str]) -> str:
    text = (
        f"{_count(len(names), 'changed declaration')} that no channel carries: "
        f"{', '.join(sorted(names))}; --all compares them"
    )
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False) + "\n"
